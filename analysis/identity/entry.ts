/** The object of a manifest from which an identity, or a failure, comes. */
export interface Source {
  readonly kind: string;
  readonly name: string;
}

/** A registration entry of SPIRE, as the controller manager declares it. */
export interface Entry {
  readonly spiffeID: string;
  readonly parentID: string;
  /** `type:value` each. */
  readonly selectors: readonly string[];
  readonly dnsNames: readonly string[];
  /** Seconds; 0 for the server's default. */
  readonly x509SvidTtl: number;
  /** Seconds; 0 for the server's default. */
  readonly jwtSvidTtl: number;
  /** Names of trust domains. */
  readonly federatesWith: readonly string[];
  readonly hint: string;
  readonly admin: boolean;
  readonly downstream: boolean;
  readonly source: Source;
}

/**
 * Why an object gives a pod no entry:
 *
 * - `template-parse`: Go does not parse a template, so the object counts for no pod
 * - `template-execute`: a template fails for this pod, or renders no DNS name or selector
 * - `invalid-spiffe-id`: a template renders no SPIFFE ID of the trust domain for this pod
 * - `invalid-object`: the object has a value that the API server or the controller refuses
 */
export type FailureCode = 'template-parse' | 'template-execute' | 'invalid-spiffe-id' | 'invalid-object';

export interface Failure {
  readonly source: Source;
  readonly code: FailureCode;
  readonly detail: string;
}

/** A part of the answer that data of the running cluster decides. */
export interface Open {
  readonly source: Source;
  /** Field of the entry, or `entry` where even its existence is open. */
  readonly field: keyof Entry | 'entry';
  /** The data, e.g. `.PodMeta.UID`. */
  readonly on: readonly string[];
}
