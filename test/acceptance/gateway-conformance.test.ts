import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Answer, answerQuestions } from '../../ask/index.ts';
import { buildInventory, type Inventory, parseManifests } from '../../inventory/index.ts';
import { hasGo } from './has-go.ts';

/** The conformance tests of Gateway API, as a Go module. */
const MODULE = 'sigs.k8s.io/gateway-api/conformance@v1.6.3';

type Fields = Readonly<Record<string, unknown>>;

/** Requests to one Gateway. */
interface Group {
  readonly file: string;
  readonly manifests: readonly string[];
  readonly gateway: string;
  readonly cases: readonly Fields[];
}

/** Files whose expectations manifests alone do not decide. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'backendtlspolicy-conflict-resolution.go': 'TLS between gateway and backend',
  'backendtlspolicy-invalid-ca-certificate-ref.go': 'TLS between gateway and backend',
  'backendtlspolicy-invalid-kind.go': 'TLS between gateway and backend',
  'backendtlspolicy-san.go': 'TLS between gateway and backend',
  'gateway-with-clientcertificate-validation.go': 'certificates of clients',
  'gateway-with-clientcertificate-validation-insecure-fallback.go': 'certificates of clients',
  'httproute-redirect-port-and-scheme.go': 'several Gateways are asked from one list',
  'httproute-reference-grant.go': 'the ReferenceGrant is deleted midway',
  'httproute-retry.go': 'what the backend answers',
  'httproute-timeout-backend-request.go': 'how long the backend takes',
  'httproute-timeout-request.go': 'how long the backend takes',
};

/** The same, of the tests of meshes. */
const LEFT_OUT_IN_MESH: Readonly<Record<string, string>> = {
  'grpcroute-weight.go': 'the request is gRPC only by its port',
  'httproute-named-rule.go': 'it expects the path of another case, and does not look at it',
};

/** Gateways that the tests name only after their cases. */
const GATEWAYS: Readonly<Record<string, readonly string[]>> = {
  'gateway-http-listener-isolation.go': [
    'http-listener-isolation',
    'http-listener-isolation-with-hostname-intersection',
  ],
};

const NAMES: Readonly<Record<string, string>> = {
  $InfraBackendServiceNameV1: 'infra-backend-v1',
  $InfraBackendServiceNameV2: 'infra-backend-v2',
  $InfraBackendServiceNameV3: 'infra-backend-v3',
};

interface Loaded {
  readonly folder: string;
  readonly groups: readonly Group[];
  readonly meshGroups: readonly Group[];
}

function load(): Loaded {
  const download = execFileSync('go', ['mod', 'download', '-json', MODULE], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { Dir: folder } = JSON.parse(download.toString()) as { Dir: string };
  const cwd = join(import.meta.dirname, 'gateway-conformance-cases');
  const groupsIn = (tests: string): Group[] => {
    const output = execFileSync('go', ['run', '.', tests], { cwd, maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(output.toString()) as Group[];
  };
  return {
    folder,
    groups: groupsIn(join(folder, 'tests')),
    meshGroups: groupsIn(join(folder, 'tests/mesh')),
  };
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** Whether a case holds only literals, so that it can be asked as it stands. */
function isLiteral(expected: Fields): boolean {
  const { Path, Host } = fields(expected['Request']);
  return ![Path, Host, expected['host'], expected['statusCode']].some(
    (value) => typeof value === 'string' && /^[?$]/.test(value),
  );
}

function question(gateway: string, expected: Fields): object {
  const sent = fields(expected['Request']);
  const metadata = fields(expected['RequestMetadata']);
  const call = ['EchoRequest', 'EchoTwoRequest', 'EchoThreeRequest'].find((name) => name in expected);
  const grpc = call && {
    service: 'gateway_api_conformance.echo_basic.grpcecho.GrpcEcho',
    method: call.replace('Request', ''),
  };
  const { Host, Path, Method, Headers } = sent;
  // without a host the tests use the address of the gateway
  const host = expected['host'] ?? metadata['Authority'] ?? (Host === '' ? undefined : Host) ?? '192.0.2.1';
  const path = expected['serverName'] === undefined ? (Path ?? '/') : '/detect-misdirected-requests';
  return {
    type: 'route',
    gateway: `gateway-conformance-infra/${gateway}`,
    ...(grpc && { grpc }),
    request: {
      host,
      ...(grpc === undefined && { path }),
      ...(typeof Method === 'string' && { method: Method }),
      headers: metadata['Metadata'] ?? Headers ?? {},
      ...(expected['serverName'] !== undefined && { sni: expected['serverName'], tls: true }),
    },
  };
}

/** A request to the Service that its host names, from the namespace that the name of the case tells. */
function meshQuestion(expected: Fields): object {
  const { Host, Path, Headers } = fields(expected['Request']);
  const host = typeof Host === 'string' && Host !== '' ? Host : 'echo';
  const consumer = /^request from consumer/.test(String(expected['TestCaseName']));
  return {
    type: 'route',
    service: `gateway-conformance-mesh/${host.replace(/[.:].*/, '')}`,
    from: {
      namespace: consumer ? 'gateway-conformance-mesh-consumer' : 'gateway-conformance-mesh',
      labels: {},
    },
    request: { host, path: Path === '' ? '/' : (Path ?? '/'), headers: Headers ?? {} },
  };
}

/** What of an answer is not as a case expects it. */
function differences(answer: Answer, expected: Fields): string[] {
  if (answer.error !== undefined) return [answer.error.message];
  const response = fields(expected['Response']);
  return [
    ...statusDifferences(answer, expected, response),
    ...backendDifferences(answer, expected),
    ...requestDifferences(answer, fields(expected['ExpectedRequest'])),
    ...redirectDifferences(answer, expected['RedirectRequest']),
    ...responseDifferences(answer, response, fields(expected['BackendSetResponseHeaders'])),
  ];
}

function statusDifferences(answer: Answer, expected: Fields, response: Fields): string[] {
  if (answer['grpcStatus'] !== undefined) {
    const code = response['Code'] === '$Unimplemented' ? 12 : 0;
    return answer['grpcStatus'] === code ? [] : [`gRPC status ${answer['grpcStatus']}, expected ${code}`];
  }
  const one = expected['statusCode'] ?? response['StatusCode'] ?? 200;
  const several = (response['StatusCodes'] ?? [one]) as readonly unknown[];
  return several.includes(answer['status']) ? [] : [`status ${answer['status']}, expected ${several}`];
}

function backendDifferences(answer: Answer, expected: Fields): string[] {
  if (answer['status'] !== 200) return [];
  const written = String(expected['Backend'] ?? expected['backend'] ?? '');
  const name = NAMES[written] ?? written;
  const backends = answer['backends'] as readonly { readonly name: string }[];
  if (name === '' || backends.some((backend) => backend.name === name)) return [];
  return [`backends ${backends.map((backend) => backend.name)}, expected ${name}`];
}

function requestDifferences(answer: Answer, expected: Fields): string[] {
  const seen = fields(answer['request']);
  const { Path, Host, Headers } = fields(expected['Request']);
  const absent = (expected['AbsentHeaders'] ?? []) as readonly string[];
  return [
    ...(Path && seen['path'] !== Path ? [`path ${seen['path']}, expected ${Path}`] : []),
    ...(Host && seen['host'] !== Host ? [`host ${seen['host']}, expected ${Host}`] : []),
    ...headerDifferences(fields(seen['headers']), fields(Headers), absent),
  ];
}

function redirectDifferences(answer: Answer, expected: unknown): string[] {
  if (expected === undefined) return [];
  const redirect = fields(answer['redirect']);
  const { Scheme, Host, Port, Path } = fields(expected);
  const usual = redirect['scheme'] === 'https' ? 443 : 80;
  const wanted: Fields = {
    scheme: Scheme,
    host: Host,
    path: Path,
    port: Port === undefined ? usual : Number(Port),
  };
  return Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined || redirect[name] === value
      ? []
      : [`redirect ${name} ${redirect[name]}, expected ${value}`],
  );
}

function responseDifferences(answer: Answer, expected: Fields, fromBackend: Fields): string[] {
  const headers = fields(answer['responseHeaders']);
  // headers of the backend itself are not in the answer
  const own = Object.entries(fields(expected['Headers'])).filter(([name]) => !hasHeader(fromBackend, name));
  const valid = Object.entries(fields(expected['ValidHeaderValues'])).flatMap(([name, values]) => {
    const actual = String(header(headers, name)).replaceAll(' ', '');
    const allowed = (values as readonly string[]).map((value) => value.replaceAll(' ', ''));
    return allowed.includes(actual)
      ? []
      : [`response header ${name} ${actual}, expected ${allowed.join(' or ')}`];
  });
  const absent = (expected['AbsentHeaders'] ?? []) as readonly string[];
  return [...headerDifferences(headers, Object.fromEntries(own), absent), ...valid];
}

function headerDifferences(actual: Fields, expected: Fields, absent: readonly string[]): string[] {
  return [
    ...Object.entries(expected).flatMap(([name, value]) =>
      header(actual, name) === value ? [] : [`header ${name} ${header(actual, name)}, expected ${value}`],
    ),
    ...absent.filter((name) => hasHeader(actual, name)).map((name) => `header ${name} is there`),
  ];
}

function header(headers: Fields, name: string): unknown {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function hasHeader(headers: Fields, name: string): boolean {
  return header(headers, name) !== undefined;
}

function inventoryOf(folder: string, manifests: readonly string[]): Inventory {
  const files = manifests.map((file) => join(folder, file));
  return buildInventory(files.flatMap((file) => parseManifests(readFileSync(file, 'utf8'), file)));
}

/** Answers that are not as the cases expect. */
async function wrongAnswers(
  inventory: Inventory,
  cases: readonly Fields[],
  ask: (expected: Fields) => object,
): Promise<object[]> {
  const questions = cases.map(ask);
  const wrong: object[] = [];
  let place = 0;
  for await (const answer of answerQuestions(inventory, questions)) {
    const found = differences(answer, cases[place] ?? {});
    if (found.length > 0) wrong.push({ question: questions[place], found });
    place += 1;
  }
  return wrong;
}

describe.skipIf(!hasGo())('the requests of the conformance tests go where they should', () => {
  const { folder, groups, meshGroups } = hasGo() ? load() : { folder: '', groups: [], meshGroups: [] };
  const literal = (list: readonly Group[], leftOut: Readonly<Record<string, string>>): Group[] =>
    list
      .filter(({ file }) => !(file in leftOut))
      .map((group) => ({ ...group, cases: group.cases.filter(isLiteral) }));
  const asked = literal(groups, LEFT_OUT).flatMap((group) =>
    (GATEWAYS[group.file] ?? [group.gateway])
      .filter((gateway) => gateway !== '')
      .map((gateway) => ({ ...group, gateway })),
  );
  const askedInMesh = literal(meshGroups, LEFT_OUT_IN_MESH).filter(({ manifests }) => manifests !== null);

  test('there are hundreds', () => {
    expect(asked.flatMap(({ cases }) => cases).length).toBeGreaterThan(300);
    expect(askedInMesh.flatMap(({ cases }) => cases).length).toBeGreaterThan(50);
  });

  test.each(asked)('$file at $gateway', async ({ manifests, gateway, cases }) => {
    const inventory = inventoryOf(folder, ['base/manifests.yaml', ...manifests]);
    expect(await wrongAnswers(inventory, cases, (expected) => question(gateway, expected))).toEqual([]);
  });

  test.each(askedInMesh)('$file in a mesh', async ({ manifests, cases }) => {
    const inventory = inventoryOf(folder, ['mesh/manifests.yaml', ...manifests]);
    expect(await wrongAnswers(inventory, cases, meshQuestion)).toEqual([]);
  });
});
