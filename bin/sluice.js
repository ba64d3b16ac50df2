#!/usr/bin/env node
import { existsSync } from 'node:fs';
// not by name: an older Node.js has no enableCompileCache, and should reach the message below
import * as nodeModule from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `error: sluice needs Node.js 22.18 or newer, this is ${process.versions.node}; in a checkout, make synth brings one\n`,
  );
  process.exit(2);
}

// A synth loads a thousand small modules; from the second run on none of them is compiled again.
nodeModule.enableCompileCache();

// A package holds compiled JavaScript; a checkout runs the TypeScript as written.
const compiled = new URL('../lib/cli/main.js', import.meta.url);
const source = new URL('../cli/main.ts', import.meta.url);
const { main } = await import((existsSync(source) ? source : compiled).href);
await main(process.argv.slice(2));
