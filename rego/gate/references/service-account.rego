# METADATA
# title: ServiceAccounts that are named exist
# description: |
#   Pods of an account that does not exist are refused, which only the events of the ReplicaSet tell. A
#   binding to such an account grants nothing, until somebody makes an account of that name.
# custom:
#   id: references-service-account
#   severity: high
#   pack: references
#   scope: graph
#   kinds:
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - Job.batch
#     - CronJob.batch
#     - SandboxTemplate.extensions.agents.x-k8s.io
#     - Sandbox.agents.x-k8s.io
#     - RoleBinding.rbac.authorization.k8s.io
#     - ClusterRoleBinding.rbac.authorization.k8s.io
#   remediation: >-
#     Correct the name, or add the ServiceAccount. If something outside of the input makes it, declare it
#     as external with the reason.
#   references:
#     - https://kubernetes.io/docs/concepts/security/service-accounts/
#   exceptionable: true
package sluice.references.service_account

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"service-account"})
