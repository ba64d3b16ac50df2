# METADATA
# title: Roles do not create persistent volumes
# description: |
#   A PersistentVolume may point at any path of a node. Who creates one and claims it reads the kubelet's
#   credentials, and Pod Security admission does not see it, since the pod only mounts a claim.
# custom:
#   id: rbac-persistent-volume-write
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Let a StorageClass provision volumes; grant persistentvolumeclaims instead.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation
#   exceptionable: true
package sluice.rbac.persistent_volume_write

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("", {"persistentvolumes"}, {"create"})
	message := $"grants {rule.verbs} on {rule.resources}, hence on any path of a node"
}
