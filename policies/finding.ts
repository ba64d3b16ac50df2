import type { ObjectIdentity } from '../core/manifest.ts';

/** How much a finding matters, most severe first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One violation of one rule, in the shape that every report format shares. */
export interface Finding {
  /** Rule id, e.g. `workload-image-pinned`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, naming the container, field or value. */
  readonly message: string;
  /** What to do about it, from the rule's metadata. */
  readonly remediation: string;
  readonly object: ObjectIdentity;
  /** JSON pointer (RFC 6901) into the object, `''` for the whole object. */
  readonly path: string;
  /** File as given on the command line, with `/` separators. */
  readonly file: string;
  /** 1-based line of `path` in `file`. */
  readonly line: number;
  /** Construct path from the synth index, where there is one. */
  readonly construct?: string;
  /** Stable over reordering, reformatting and moved lines: SHA-256 of rule, object identity and path, 16 hex. */
  readonly fingerprint: string;
}
