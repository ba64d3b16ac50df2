# METADATA
# title: Namespaces enforce a Pod Security Standard
# description: |
#   Pod Security admission is built into every cluster and off for every namespace that does not ask for it.
#   Without the label, whoever may create a pod in the namespace may create a privileged one, whatever this
#   repository's manifests say.
# custom:
#   id: workload-pod-security-label
#   severity: medium
#   pack: workload
#   scope: object
#   kinds: [Namespace]
#   remediation: >-
#     Label the namespace pod-security.kubernetes.io/enforce: restricted, or baseline where restricted is
#     too much.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-admission/
#   exceptionable: true
package sluice.workload.pod_security_label

import data.sluice.lib.objects

deny contains {"path": $"/metadata/labels/{escaped}", "message": message} if {
	label := "pod-security.kubernetes.io/enforce"
	escaped := replace(label, "/", "~1")
	level := object.get(objects.labels(input), label, "none")
	level in {"none", "privileged"}
	message := _message[level]
}

_message := {
	"none": "no Pod Security Standard is enforced, so privileged pods are admitted",
	"privileged": "the level privileged admits every pod",
}
