/** What a value that must not stand in a file looks like, and the name to give it in an error. */
const SECRET_SHAPES: readonly (readonly [name: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ['a GitHub token', /\b(?:gh[opsur]_|github_pat_)[A-Za-z0-9_]{16,}/],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\./],
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a Slack token', /\bxox[abeprs]-[A-Za-z0-9-]{10,}/],
  ['an API key', /\bsk-[A-Za-z0-9_-]{20,}/],
  [
    'a connection string with a secret in it',
    /\b(?:password|pwd|accountkey|sharedaccesskey|instrumentationkey|client_?secret)\s*=/i,
  ],
  ['an address with a password in it', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i],
];

/** @returns what kind of secret a text looks like, e.g. `a private key`; undefined if it looks like none. */
export function secretShape(text: string): string | undefined {
  return SECRET_SHAPES.find(([, shape]) => shape.test(text))?.[0];
}
