# METADATA
# title: Services get their address from the cluster
# description: |
#   A cluster IP belongs to one cluster's address range. In Git it keeps the Service from being made
#   anywhere else, and cannot be changed once set. "None", for a headless Service, is meant.
# custom:
#   id: gitops-service-cluster-ip
#   severity: low
#   pack: gitops
#   scope: object
#   kinds: [Service]
#   remediation: >-
#     Remove clusterIP and clusterIPs; refer to the Service by its DNS name.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/
#   exceptionable: true
package sluice.gitops.service_cluster_ip

import data.sluice.lib.objects

deny contains {"path": "/spec/clusterIP", "message": $"address {address} belongs to one cluster"} if {
	address := objects.string_of(objects.field(objects.spec(input), "clusterIP"), "None")
	address != "None"
}
