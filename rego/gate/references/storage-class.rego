# METADATA
# title: Storage classes that claims name exist
# description: |
#   A claim of a class that the cluster does not have stays Pending, and the pods with it. Classes usually
#   come with the cluster; declared as externals, they document what the platform asks of it.
# custom:
#   id: references-storage-class
#   severity: medium
#   pack: references
#   scope: graph
#   kinds:
#     - PersistentVolumeClaim
#     - StatefulSet.apps
#     - SandboxTemplate.extensions.agents.x-k8s.io
#     - Sandbox.agents.x-k8s.io
#   remediation: >-
#     Correct the name, or declare the class as external.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/storage-classes/
#   exceptionable: true
package sluice.references.storage_class

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"storage-class", "persistent-volume"})
