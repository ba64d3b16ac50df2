# METADATA
# title: No connection string carries its password
# description: |
#   Connection strings, command lines and URLs with the password inside slip through reviews because the
#   name of the field does not say "password". References such as $(PASSWORD) are fine.
# custom:
#   id: secrets-connection-string
#   severity: high
#   pack: secrets
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Take the password out: refer to a variable that comes from a Secret, or use workload identity and no
#     password at all.
#   references:
#     - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   exceptionable: true
package sluice.secrets.connection_string

import data.sluice.lib.credentials

deny contains {"path": path, "message": $"{what} stands here in clear"} if {
	_suspicious
	some [path, value] in credentials.texts
	some what, pattern in _patterns
	some match in regex.find_all_string_submatch_n(pattern, value, -1)
	credentials.literal(match[1])
}

_suspicious if credentials.marked([
	"assword=", "asswd=", "wd=", "ASSWORD=", "ASSWD=", "WD=", "Key=", "key=", "KEY=",
])

_suspicious if {
	credentials.marked(["://"])
	credentials.marked(["@"])
}

_patterns := {
	"a password": `(?i)(?:^|[;,&?\s"'=])\w*(?:password|passwd|pwd)=("[^"]+"|'[^']+'|[^;,&\s"']+)`,
	"an account key": `(?i)(?:AccountKey|SharedAccessKey|SharedSecretKey|AccessKey)=([^;,\s"']+)`,
	"an instrumentation key": `(?i)InstrumentationKey=([^;,\s"']+)`,
	"a URL with its password": `[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s:@"']*:([^/\s@"']+)@`,
}
