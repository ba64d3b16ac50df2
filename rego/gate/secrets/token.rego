# METADATA
# title: No token of a known service stands in a manifest
# description: |
#   Providers give their tokens a recognizable form so that they can be found where they should not be. A
#   value of such a form anywhere in a manifest, in an annotation or a configuration file within a ConfigMap
#   included, is almost surely a live credential, and public from the moment it is pushed.
# custom:
#   id: secrets-token
#   severity: critical
#   pack: secrets
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Revoke the token now, then reference its replacement by a Secret that is not in Git.
#   references:
#     - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#     - https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
#   exceptionable: true
package sluice.secrets.token

import data.sluice.lib.credentials

deny contains {"path": path, "message": $"this looks like {what}"} if {
	credentials.marked(_marks)
	some [path, value] in credentials.texts
	some what, pattern in _patterns
	regex.match(pattern, value)
}

_marks := [
	"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "hooks.slack.com/", "AKIA", "ASIA", "AIza",
	"sk-", "hf_", "npm_", "k_live_", "SG.", "hvb.", "hvs.", "AGE-SECRET-KEY-", "eyJ",
]

_patterns := {
	"a GitHub token": `\b(gh[opusr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})`,
	"a GitLab token": `\bglpat-[A-Za-z0-9_-]{20,}`,
	"a Slack token": `\bxox[abeprs]-[A-Za-z0-9-]{10,}`,
	"a Slack webhook": `hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{16,}`,
	"an AWS access key": `\b(AKIA|ASIA)[A-Z0-9]{16}\b`,
	"a Google API key": `\bAIza[A-Za-z0-9_-]{35}`,
	"an Anthropic API key": `\bsk-ant-[A-Za-z0-9_-]{20,}`,
	"an OpenAI API key": `\bsk-((proj|svcacct|admin)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{32,})`,
	"a Hugging Face token": `\bhf_[A-Za-z0-9]{30,}`,
	"an npm token": `\bnpm_[A-Za-z0-9]{36}`,
	"a Stripe key": `\b[rs]k_live_[A-Za-z0-9]{20,}`,
	"a SendGrid key": `\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}`,
	"a Vault token": `\bhv[bs]\.[A-Za-z0-9_-]{24,}`,
	"an age key": `\bAGE-SECRET-KEY-1[A-Z0-9]{50,}`,
	"a JSON web token": `\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}`,
}
