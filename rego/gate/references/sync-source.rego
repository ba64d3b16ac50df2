# METADATA
# title: Sources and projects of GitOps objects exist
# description: |
#   A Kustomization or HelmRelease whose source, or an Application whose project does not exist is never
#   synced.
# custom:
#   id: references-sync-source
#   severity: medium
#   pack: references
#   scope: graph
#   kinds:
#     - Kustomization.kustomize.toolkit.fluxcd.io
#     - HelmRelease.helm.toolkit.fluxcd.io
#     - Application.argoproj.io
#   remediation: >-
#     Correct the name or kind, or add the source or project. If something outside of the input makes it,
#     declare it as external with the reason.
#   references:
#     - https://fluxcd.io/flux/components/source/
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
#   exceptionable: true
package sluice.references.sync_source

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"source", "app-project"})
