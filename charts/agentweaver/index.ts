import { Chart } from 'cdk8s';
import { definePlatform } from '../platform.ts';
import { conflicts, Parameters } from './parameters.ts';
import { template } from './template.ts';

/** Agentweaver on AKS: an API, a worker, an MCP server and a web front end over Kata sandboxes. */
export const agentweaver = definePlatform({
  name: 'agentweaver',
  summary: 'AI agents in Kata sandboxes on Azure Kubernetes Service',
  schema: Parameters,
  packs: ['workload', 'references', 'rbac', 'secrets', 'gateway', 'gitops', 'agentweaver'],
  conflicts,
  externals: () => [],
  compose: (scope, environment, _parameters) => new Chart(scope, environment),
  template,
});
