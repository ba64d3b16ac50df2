import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemaOf } from '../../../api/index.ts';
import {
  agentClaim,
  commandClaim,
  PREVIEW_LIMITS,
  type Preview,
  previewPodLabels,
  previewRoute,
  previewService,
} from '../../../charts/agentweaver/runtime/index.ts';
import { agentweaverParameters } from './parameters.ts';

const RUN = '0F8FAD5B-d9cb-469f-a165-70867728950e';
/** Not a real token: three words, then 26 characters that say so. */
const TOKEN = `calm-blue-fox-${'example'.repeat(4).slice(0, 26)}`;

describe('a sandbox claim', () => {
  test('for commands takes a pod of the generic pool', () => {
    expect(commandClaim(RUN)).toEqual({
      apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
      kind: 'SandboxClaim',
      metadata: { name: 'run-0f8fad5bd9cb469f', namespace: 'agentweaver' },
      spec: {
        warmPoolRef: { name: 'agentweaver-sandbox' },
        lifecycle: { ttlSecondsAfterFinished: 600, shutdownPolicy: 'Delete' },
      },
    });
  });

  test('for a command without a run is named after the given random text, in the same form', () => {
    expect(commandClaim({ random: RUN })).toEqual(commandClaim(RUN));
    expect(() => commandClaim({ random: '0f8fad5b-d9cb' })).toThrow(/random text of 12 characters may name/);
    expect(() => commandClaim({ random: '../x' })).toThrow(/makes no object name/);
  });

  test('for an agent takes an AgentHost pod', () => {
    const { metadata, spec } = agentClaim(RUN);
    expect(metadata.name).toBe('agent-0f8fad5bd9cb');
    expect(spec.warmPoolRef).toEqual({ name: 'agentweaver-agent-host' });
  });

  test('sets no variables and no volumes, which would start a cold pod', () => {
    for (const { spec } of [commandClaim(RUN), agentClaim(RUN)]) {
      expect(Object.keys(spec).sort()).toEqual(['lifecycle', 'warmPoolRef']);
    }
  });

  test('is of a kind whose schema is known', () => {
    expect(schemaOf(commandClaim(RUN).apiVersion, commandClaim(RUN).kind)).toBeDefined();
  });

  test.each(['', '---', 'über', 'a b', '../x'])('fails on the run id %j', (id) => {
    expect(() => commandClaim(id)).toThrow(/makes no object name; use letters, digits and dashes/);
    expect(() => agentClaim(id)).toThrow(RangeError);
  });
});

describe('the label of a previewed run', () => {
  const label = (runId: string): string => Object.values(previewPodLabels(runId))[0] ?? '';

  test('is the sanitized id and the start of its hash', () => {
    expect(previewPodLabels('run/7')).toEqual({ 'agentweaver.dev/preview-run': 'run-7-6e0431c4' });
  });

  test('keeps apart what sanitizing makes equal', () => {
    expect(label('run/7')).not.toBe(label('run:7'));
  });

  test('is a label value for any id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (runId) => {
        expect(label(runId)).toMatch(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/);
      }),
    );
  });
});

describe('a preview', () => {
  const parameters = agentweaverParameters('preview: {enabled: true}');
  const preview: Preview = {
    token: TOKEN,
    runId: 'run/7',
    targetPort: 5173,
    pod: 'agentweaver-sandbox-x1',
    owner: 'octocat',
    startedAt: new Date(0),
  };

  test('has a Service that selects only the pod of its run', () => {
    expect(previewService(preview, parameters)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: `preview-${TOKEN}`,
        namespace: 'agentweaver',
        labels: {
          'app.kubernetes.io/part-of': 'agentweaver',
          'agentweaver.dev/preview-token': TOKEN,
          'agentweaver.dev/preview-run': 'run-7-6e0431c4',
        },
      },
      spec: {
        type: 'ClusterIP',
        selector: { 'agentweaver.dev/preview-run': 'run-7-6e0431c4' },
        ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 5173 }],
      },
    });
  });

  test('has a route on the preview gateway to that Service', () => {
    const { metadata, spec } = previewRoute(preview, parameters);
    expect(spec).toEqual({
      parentRefs: [{ name: 'agentweaver-preview-gateway', namespace: 'agentweaver' }],
      hostnames: [`${TOKEN}-preview.example.test`],
      rules: [{ backendRefs: [{ name: `preview-${TOKEN}`, port: 80 }] }],
    });
    expect(metadata?.annotations).toEqual({
      'agentweaver.dev/preview-expires-at': '1970-01-01T00:30:00.000Z',
      'agentweaver.dev/preview-max-until': '1970-01-01T08:00:00.000Z',
      'agentweaver.dev/preview-run': 'run/7',
      'agentweaver.dev/preview-token': TOKEN,
      'agentweaver.dev/preview-owner': 'octocat',
      'agentweaver.dev/preview-pod': 'agentweaver-sandbox-x1',
      'agentweaver.dev/preview-target-port': '5173',
      'agentweaver.dev/preview-started-at': '1970-01-01T00:00:00.000Z',
    });
  });

  test('ends half an hour after its last use, and eight hours after its start in any case', () => {
    const expiry = (usedAt: Date) =>
      previewRoute({ ...preview, usedAt }, parameters).metadata?.annotations?.[
        'agentweaver.dev/preview-expires-at'
      ];
    expect(expiry(new Date('1970-01-01T01:00:00Z'))).toBe('1970-01-01T01:30:00.000Z');
    expect(expiry(new Date('1970-01-01T07:45:00Z'))).toBe('1970-01-01T08:00:00.000Z');
  });

  test('is bounded in time and in number', () => {
    expect(PREVIEW_LIMITS).toEqual({ idleMinutes: 30, maxHours: 8, perRun: 3, total: 20 });
  });

  test('fails where previews are off, since no policy would let anybody in', () => {
    const off = agentweaverParameters();
    expect(() => previewService(preview, off)).toThrow(/previews are off, .*; set preview.enabled to true/);
    expect(() => previewRoute(preview, off)).toThrow(RangeError);
  });

  test.each([3000, 8087, 8089, 9000])('may reach port %i', (targetPort) => {
    expect(previewService({ ...preview, targetPort }, parameters).spec?.ports).toMatchObject([
      { targetPort },
    ]);
  });

  test.each([2999, 9001, 0, 3000.5, Number.NaN])('fails on port %d', (targetPort) => {
    expect(() => previewService({ ...preview, targetPort }, parameters)).toThrow(/is not from 3000 to 9000/);
    expect(() => previewRoute({ ...preview, targetPort }, parameters)).toThrow(RangeError);
  });

  test('fails on the A2A port, which would open /configure', () => {
    expect(() => previewService({ ...preview, targetPort: 8088 }, parameters)).toThrow(/is the A2A port/);
    const moved = agentweaverParameters('preview: {enabled: true}\nsandbox: {a2aPort: 5173}');
    expect(() => previewService(preview, moved)).toThrow(/is the A2A port/);
  });

  test.each(['', 'abc', `a-b-${'x'.repeat(26)}`, TOKEN.toUpperCase(), `${TOKEN}=`])(
    'fails on the token %j',
    (token) => {
      expect(() => previewService({ ...preview, token }, parameters)).toThrow(
        /a preview token is three words/,
      );
    },
  );

  test('fails on a token too long for one label of the host name', () => {
    const token = `extraordinarily-long-words-${'a'.repeat(26)}`;
    const long = token.replace('words', 'wordswordswords');
    expect(previewRoute({ ...preview, token }, parameters).metadata?.name).toHaveLength(61);
    expect(() => previewRoute({ ...preview, token: long }, parameters)).toThrow(/has at most 55/);
  });
});
