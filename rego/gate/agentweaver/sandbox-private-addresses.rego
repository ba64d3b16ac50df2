# METADATA
# title: Sandboxes reach no private address
# description: |
#   Pods, Services, the database's subnet and the cloud's metadata service have private and link-local addresses.
#   An address block that touches them, without excluding them, lets an agent's commands probe the cluster or ask
#   the metadata service for the node's identity.
# custom:
#   id: agentweaver-sandbox-private-addresses
#   severity: critical
#   pack: agentweaver
#   scope: graph
#   kinds: [NetworkPolicy, CiliumNetworkPolicy]
#   remediation: >-
#     Narrow the block, or exclude 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 169.254.0.0/16 from it.
#   references: ["https://www.rfc-editor.org/rfc/rfc1918", "https://www.rfc-editor.org/rfc/rfc3927", "agentweaver:N6"]
#   exceptionable: false
package sluice.agentweaver.sandbox_private_addresses

import data.sluice.lib.agentweaver_network as network

deny contains {"object": block.object, "path": block.path, "message": $"sandboxes may reach {private}, which {block.cidr} holds or touches"} if {
	some block in network.sandbox_blocks
	some private in ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"]
	net.cidr_intersects(block.cidr, private)
	shared := _smaller(block.cidr, private)
	count([except |
		some except in block.except
		is_string(except)
		net.cidr_contains(except, shared)
	]) == 0
}

# Two blocks that intersect hold one another.
_smaller(cidr, private) := cidr if {
	net.cidr_contains(private, cidr)
} else := private
