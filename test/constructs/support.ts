import { App, Chart } from 'cdk8s';
import { port } from '../../constructs/index.ts';

/** A chart of namespace `agents` to build in. */
export function chart(): Chart {
  return new Chart(new App(), 'platform', { namespace: 'agents' });
}

export const http = port('http', 8080);

/** Bounds that every container must have. */
export const resources = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '1', memory: '512Mi' },
} as const;

/** The least that makes a container. */
export const container = { name: 'main', image: 'registry.example/app:1.0.0', resources } as const;

/** The same, listening on {@link http}. */
export const server = { ...container, ports: [http] } as const;
