# METADATA
# title: Disruption budgets select pods
# description: |
#   A budget that selects no pods protects none; a drain evicts all replicas at once although a budget seems
#   to be there.
# custom:
#   id: references-disruption-budget
#   severity: medium
#   pack: references
#   scope: graph
#   kinds: [PodDisruptionBudget.policy]
#   remediation: >-
#     Make the selector fit the labels of the pod template.
#   references:
#     - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#   exceptionable: true
package sluice.references.disruption_budget

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"pdb-selector"})
