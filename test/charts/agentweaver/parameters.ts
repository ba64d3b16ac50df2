import type { Parameters } from '../../../charts/agentweaver/parameters.ts';
import { parseEnvironment } from '../../../charts/index.ts';

/**
 * @param options further lines of the environment file
 * @param change what else is done to its text
 * @returns checked parameters of an installation for tests
 */
export function agentweaverParameters(options = '', change = (file: string) => file): Parameters {
  const file = `platform: agentweaver
environment: test
zone: example.test
imageTag: v1.2.3
registry: registry.example.test
keyVault: test-kv
identity:
  clientId: 00000000-0000-0000-0000-000000000001
  tenantId: 00000000-0000-0000-0000-000000000002
${options}
`;
  return parseEnvironment(change(file), 'test.yaml').parameters as Parameters;
}
