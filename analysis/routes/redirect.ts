import type { Json } from '../../core/manifest.ts';
import { textAt, valueAt } from '../../inventory/index.ts';
import type { Redirect } from './answer.ts';
import { modifiedTarget } from './path-modifier.ts';
import type { HttpRequest } from './request.ts';
import type { RequestMatch } from './request-match.ts';

/** Where the request came in. */
export interface Entrance {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** Whether it is the proxy of a mesh, not a Gateway. */
  readonly mesh: boolean;
}

const WELL_KNOWN_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** @param target of the request, as filters before the redirect leave it */
export function redirectOf(
  settings: Json,
  request: HttpRequest,
  target: string,
  match: RequestMatch,
  entrance: Entrance,
): Redirect {
  const written = textAt(settings, 'scheme');
  const scheme = written ?? entrance.scheme;
  const given = valueAt(settings, 'port');
  const derived = written === undefined ? entrance.port : (WELL_KNOWN_PORTS[written] ?? entrance.port);
  const port = typeof given === 'number' ? given : derived;
  const host = textAt(settings, 'hostname') ?? (request.host === '' ? undefined : request.host);
  const path = modifiedTarget(target, valueAt(settings, 'path'), match);
  const status = valueAt(settings, 'statusCode');
  const shownPort = WELL_KNOWN_PORTS[scheme] === port ? '' : `:${port}`;
  return {
    scheme,
    ...(host === undefined ? {} : { host }),
    port,
    path,
    status: typeof status === 'number' ? status : 302,
    location: host === undefined ? path : `${scheme}://${host}${shownPort}${path}`,
  };
}
