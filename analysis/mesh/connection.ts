import type { Json } from '../../core/manifest.ts';
import type { Address } from '../sets/index.ts';
import type { MeshProxy } from './model.ts';

/** The peer of a connection, as its certificate says. */
export interface Identity {
  /** `TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT`; undefined where it is not known. */
  readonly principal: string | undefined;
  /** Undefined where it is not known. */
  readonly namespace: string | undefined;
}

/** What a proxy sees of a connection. */
export interface Connection {
  readonly proxy: MeshProxy;
  /** The mesh's. */
  readonly trustDomain: string;
  /** Null for a plaintext connection, whose peer has none; undefined where it is not known. */
  readonly identity: Identity | null | undefined;
  /** Undefined where it is not known. */
  readonly sourceIp: Address | undefined;
  readonly destinationIps: readonly Address[];
  readonly port: number | undefined;
  readonly sni: string | undefined;
  /** Undefined for a connection whose content the proxy does not read. */
  readonly request: MeshRequest | undefined;
}

/** A request; what is undefined is not known. */
export interface MeshRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly host: string | undefined;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Claims of the validated token; null without one. */
  readonly claims: Json;
}

/** @returns the identity that a principal is. */
export function identityOf(principal: string): Identity {
  return { principal, namespace: /\/ns\/([^/]*)\/sa\//.exec(principal)?.[1] };
}
