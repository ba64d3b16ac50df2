import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import type { JsonObject, Manifest } from '../../core/manifest.ts';
import { RULES } from './rules.ts';

/** One Deployment in so many breaks one rule; all rules are broken equally often. */
const BREAK_EVERY = 5;

/**
 * Half Deployments, a quarter Services, a quarter ConfigMaps, as a repository of small services has them. The same
 * count gives the same objects.
 */
export function* generate(count: number): Generator<Manifest> {
  for (let index = 0; index < count; index++) {
    const name = `shop-${String(index >> 2).padStart(5, '0')}-${index % 4}`;
    const metadata = {
      name,
      namespace: `team-${index % 40}`,
      labels: { app: name, 'app.kubernetes.io/part-of': 'shop' },
    };
    if (index % 4 === 2) {
      yield { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { app: name }, ports: [PORT] } };
    } else if (index % 4 === 3) {
      yield {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata,
        data: { 'app.yaml': `name: ${name}\nlevel: info\n`, MODE: 'x' },
      };
    } else {
      const deployment = (index >> 2) * 2 + (index % 4);
      const rule =
        deployment % BREAK_EVERY === 0 ? RULES[(deployment / BREAK_EVERY) % RULES.length] : undefined;
      const pod: JsonObject = soundPod(name);
      yield {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: rule === undefined ? pod : rule.breakPod(pod),
          },
        },
      };
    }
  }
}

/**
 * Writes the objects below `folder`, which is made anew, in files of `perFile` objects.
 *
 * @returns how many files there are
 */
export function writeObjects(folder: string, count: number, perFile: number): number {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let texts: string[] = [];
  let files = 0;
  const flush = (): void => {
    if (texts.length === 0) return;
    writeFileSync(join(folder, `objects-${String(files++).padStart(5, '0')}.yaml`), texts.join('---\n'));
    texts = [];
  };
  for (const manifest of generate(count)) {
    texts.push(dump(manifest, { noRefs: true, lineWidth: -1 }));
    if (texts.length === perFile) flush();
  }
  flush();
  return files;
}

const PORT = { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' };

function soundPod(name: string): JsonObject {
  const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10 };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'web',
        image: `registry.example.com/shop/${name}:v1.4.2`,
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        env: [
          { name: 'MODE', valueFrom: { configMapKeyRef: { name, key: 'MODE' } } },
          { name: 'LOG_LEVEL', value: 'info' },
        ],
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        livenessProbe: probe,
        readinessProbe: { ...probe, httpGet: { path: '/readyz', port: 8080 } },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
  };
}
