import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEnvironment, readEnvironment } from '../../charts/index.ts';
import { InputError } from '../../core/problem.ts';

const MINIMAL = `platform: agentweaver
environment: test
zone: example.test
imageTag: v1.2.3
identity:
  clientId: 00000000-0000-0000-0000-000000000001
  tenantId: 00000000-0000-0000-0000-000000000002
`;

/** Every problem as `line:column what; remedy`. */
function problemsOf(text: string): string[] {
  try {
    parseEnvironment(text, 'env.yaml');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^env\.yaml:/, ''));
  }
  return [];
}

describe('an environment file', () => {
  test('needs only zone, tag and identity', () => {
    expect(parseEnvironment(MINIMAL, 'env.yaml')).toMatchObject({
      file: 'env.yaml',
      platform: 'agentweaver',
      environment: 'test',
      parameters: {
        zone: 'example.test',
        imageTag: 'v1.2.3',
        registry: 'agentweaverregistry.azurecr.io',
        keyVault: 'agentweaver-kv',
        githubOrganization: 'microsoft',
        database: { provider: 'postgres', subnet: '10.225.0.0/28' },
        workspace: { storageClass: 'azurefile-csi-premium', createStorageClass: false, size: '50Gi' },
        preview: { enabled: false, firstPort: 3000, lastPort: 9000 },
        sandbox: { githubRange: '140.82.112.0/20', a2aPort: 8088, copilotEgress: false },
      },
    });
  });

  test('keeps platform and environment out of the parameters', () => {
    const { parameters } = parseEnvironment(MINIMAL, 'env.yaml');
    expect(parameters).not.toHaveProperty('platform');
    expect(parameters).not.toHaveProperty('environment');
  });

  test.each(['v1.2.3', 'v1.2.3-rc.1', '0123abc', '0123456789abcdef0123456789abcdef01234567'])(
    'takes the image tag %s',
    (tag) => expect(problemsOf(MINIMAL.replace('v1.2.3', `"${tag}"`))).toEqual([]),
  );

  test.each(['latest', 'latest-release', 'main', 'v1', '1.2.3', 'abcdef', 'v1.2.3\\n'])(
    'fails on the image tag %j',
    (tag) => {
      const [problem] = problemsOf(MINIMAL.replace('v1.2.3', `"${tag}"`));
      expect(problem).toContain('never "latest"');
    },
  );
});

describe('an environment file with mistakes', () => {
  test('fails with every mistake at once, in the order of the text', () => {
    const text = MINIMAL.replace('zone: example.test', 'zonee: example.test').replace('v1.2.3', 'latest');
    expect(problemsOf(text)).toEqual([
      '1:1: missing zone; give the DNS zone of the cluster: status.domain of its DefaultDomainCertificate without the leading "*."',
      '3:1: unknown key "zonee"; did you mean "zone"?',
      '4:11: imageTag is "latest"; expected: the tag of the images: a Git commit (7 to 40 hex digits) or a release such as v1.2.3, never "latest"',
    ]);
  });

  test.each([
    [
      'database:\n  provider: postgre\n',
      '9:13: database.provider is "postgre"; did you mean "postgres"? (allowed values: postgres, sqlite)',
    ],
    [
      'database:\n  provider: mysql8x\n',
      '9:13: database.provider is "mysql8x"; allowed values: postgres, sqlite',
    ],
    [
      'preview:\n  enabled: "yes"\n',
      '9:13: preview.enabled is "yes", not true or false; write true or false, without quotes',
    ],
    [
      'preview:\n  enabled: yes\n',
      '9:12: preview.enabled is "yes", not true or false; write true or false, without quotes',
    ],
    [
      'preview:\n  firstPort: 0\n',
      '9:14: preview.firstPort is 0: must be >= 1; expected: the first sandbox port (1 to 65535) that a preview may reach',
    ],
    [
      'preview: true\n',
      '8:10: preview is true, not a mapping of keys and values; expected: sandbox previews; the A2A port is always left out',
    ],
    ['preview: {enabledd: true}\n', '8:11: unknown key "preview.enabledd"; did you mean "enabled"?'],
    [
      'githubOrganization: 42\n',
      '8:21: githubOrganization is 42, not a text; put it in quotes; expected: the GitHub organization whose members may sign in',
    ],
    [
      'keyVault:\n',
      '8:1: keyVault is empty, not a text; expected: the name of the Azure Key Vault (3 to 24 letters, digits and single hyphens)',
    ],
    ['zone: other.test\n', '8:1: duplicate key "zone"; keep one of the two'],
    [
      'sandbox:\n  githubRange: 140.82.112.0/33\n',
      '9:16: sandbox.githubRange is "140.82.112.0/33"; expected: the address range (CIDR) of GitHub that sandboxes may reach on port 443',
    ],
  ])('fails on %j', (addition, problem) => {
    expect(problemsOf(MINIMAL + addition)).toEqual([problem]);
  });

  test.each([
    ['', '1:1: no content; write one document with keys and values'],
    ['# nothing\n', '1:1: no content; write one document with keys and values'],
    ['- a\n', '1:1: not a mapping; write keys and values'],
    ['a: [1\n', '2:1: not valid YAML: deficient indentation'],
    ['a: &x 1\nb: *x\n', '2:5: an alias, which the file does not need; write the value out'],
    ['a: 1\n---\nb: 2\n', '1:1: 2 YAML documents; write one document with keys and values'],
    ['? [a]\n: 1\n', '1:3: a key that is a list or a mapping; keys are plain words'],
    ['environment: x\n', '1:1: missing platform; add "platform: NAME" with one of: agentweaver'],
    ['platform: agentwaver\n', '1:11: unknown platform "agentwaver"; did you mean "agentweaver"?'],
    ['platform: constructor\n', '1:11: unknown platform "constructor"; platforms: agentweaver'],
  ])('fails on %j', (text, problem) => expect(problemsOf(text)).toEqual([problem]));

  test('fails on bytes of any kind with problems, never with a crash', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(Array.isArray(problemsOf(text))).toBe(true);
        expect(Array.isArray(problemsOf(MINIMAL + text))).toBe(true);
      }),
    );
  });

  test('fails on nesting without end', () => {
    expect(problemsOf('['.repeat(100_000))).toHaveLength(1);
  });
});

describe('a secret in an environment file', () => {
  const token = `ghp_${'EXAMPLE'.repeat(4)}`;

  test.each([
    token,
    `Host=db;Username=u;${'Pass'}word=EXAMPLE`,
    `-----BEGIN ${'PRIVATE'} KEY-----`,
    `postgres://user:${'EXAMPLE'}@db/agentweaver`,
    `Endpoint=x;Shared${'AccessKey'}=EXAMPLE`,
  ])('fails without showing it: case %#', (secret) => {
    const problems = problemsOf(MINIMAL.replace('v1.2.3', JSON.stringify(secret)));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^4:1[0-9]: imageTag looks like .*; secrets are named here, never given/);
    expect(problems[0]).not.toContain('EXAMPLE');
  });

  test('fails under an unknown key and as the platform too', () => {
    expect(problemsOf(`${MINIMAL}token: ${token}\n`).join()).not.toContain('EXAMPLE');
    expect(problemsOf(`platform: ${token}\n`)).toEqual([
      expect.stringContaining('looks like a GitHub token'),
    ]);
  });
});

describe('options that cannot go together', () => {
  test.each([
    [
      'database: {provider: sqlite}\njobs: {schemaMigration: true}',
      '9:8: jobs.schemaMigration with database.provider sqlite, but the Job writes to Postgres; remove one of the two',
    ],
    [
      'database: {provider: sqlite}\njobs: {sqliteImport: true}',
      '9:8: jobs.sqliteImport with database.provider sqlite, but the Job writes to Postgres; remove one of the two',
    ],
    [
      'database: {provider: sqlite}\nworkspace: {createStorageClass: true, storageClass: mine}',
      '9:13: workspace.createStorageClass with database.provider sqlite, which uses no persistent volume; remove one of the two',
    ],
    [
      'workspace: {createStorageClass: true}',
      '8:13: workspace.createStorageClass for azurefile-csi-premium, which AKS makes and does not let you change; give workspace.storageClass a name of its own, such as azurefile-csi-premium-uid1000',
    ],
    [
      'gateway: {ingressNamespace: agentweaver}',
      '8:11: gateway.ingressNamespace agentweaver, whose pods are sandboxes too; all of them could call the API; name the namespace of the shared gateways',
    ],
    [
      'preview: {firstPort: 9000, lastPort: 3000}',
      '8:11: preview.firstPort 9000 is above preview.lastPort 3000; swap the two',
    ],
    [
      'preview: {firstPort: 8088, lastPort: 8088}',
      '8:11: preview ports are only the A2A port 8088, which no preview may reach; choose a range with other ports in it',
    ],
    ...['10.0.0.0/8', '10.1.2.0/24', '0.0.0.0/0', '172.0.0.0/8'].map((range) => [
      `sandbox: {githubRange: ${range}}`,
      expect.stringMatching(
        /^8:11: sandbox.githubRange .* overlaps .*; give a public range; no sandbox may reach the inside$/,
      ),
    ]),
    [
      'database: {subnet: 10.225.0.1/28}',
      '8:12: database.subnet 10.225.0.1/28 has host bits set; give the address of the network itself, such as 10.225.0.0/28',
    ],
    ...['52.0.0.0/16', '169.254.0.0/16', '10.0.0.0/7', '0.0.0.0/0'].map((range) => [
      `database: {subnet: ${range}}`,
      `8:12: database.subnet ${range} is in no private network (RFC 1918), where a delegated subnet always is; give the range of that subnet, such as 10.225.0.0/28`,
    ]),
    [
      'sandbox: {githubRange: 140.82.0.0/15}',
      '8:11: sandbox.githubRange 140.82.0.0/15 is wider than /16, so sandboxes could reach far more than GitHub; give a range that GitHub publishes, such as 140.82.112.0/20',
    ],
    [
      'preview: {enabled: true}\nhost: team-preview.example.test',
      '9:1: host team-preview.example.test is a name of the previews, <token>-preview.example.test; choose another name, or leave host out',
    ],
    [
      'defaultDomainCertificate: true\nhost: a.b.example.test',
      '9:1: host a.b.example.test is not covered by the certificate for *.example.test; use one name below example.test, or bring a certificate and set defaultDomainCertificate to false',
    ],
  ])('fails on %j', (addition, problem) => {
    expect(problemsOf(`${MINIMAL}${addition}\n`)).toEqual([problem]);
  });

  test.each([
    'host: team-preview.example.test',
    'preview: {enabled: true}\nhost: preview.example.test',
    'preview: {enabled: true}\nhost: a.team-preview.example.test',
    'sandbox: {githubRange: 140.82.0.0/16}',
    'database: {subnet: 192.168.0.0/16}',
  ])('are not %j', (addition) => {
    expect(problemsOf(`${MINIMAL}${addition}\n`)).toEqual([]);
  });
});

describe('reading from disk', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-environment-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('names the file it read', async () => {
    const file = join(folder, 'a.yaml');
    await writeFile(file, MINIMAL);
    expect((await readEnvironment(file)).file).toBe(file);
  });

  test('fails when there is no such file', async () => {
    await expect(readEnvironment(join(folder, 'none.yaml'))).rejects.toThrow(
      /none\.yaml: no such file; sluice init/,
    );
  });

  test('fails on a folder', async () => {
    await expect(readEnvironment(folder)).rejects.toThrow(/it is a folder, not a file; sluice init/);
  });

  test('fails on a file far larger than any environment', async () => {
    const file = join(folder, 'large.yaml');
    await writeFile(file, '#'.repeat(300_000));
    await expect(readEnvironment(file)).rejects.toThrow(
      /more than 262144 bytes, the most that an environment file may have/,
    );
  });
});
