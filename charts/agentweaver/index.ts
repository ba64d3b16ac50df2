import { definePlatform } from '../platform.ts';
import { Agentweaver } from './chart.ts';
import { conflicts } from './conflicts.ts';
import { externals } from './externals.ts';
import { Parameters } from './parameters.ts';
import { template } from './template.ts';

/** Agentweaver on AKS: an API, a worker, an MCP server and a web front end over Kata sandboxes. */
export const agentweaver = definePlatform({
  name: 'agentweaver',
  summary: 'AI agents in Kata sandboxes on Azure Kubernetes Service',
  schema: Parameters,
  packs: ['workload', 'references', 'rbac', 'secrets', 'gateway', 'gitops', 'agentweaver'],
  conflicts,
  externals,
  compose: (scope, environment, parameters) =>
    new Agentweaver(scope, `agentweaver-${environment}`, parameters),
  template,
});
