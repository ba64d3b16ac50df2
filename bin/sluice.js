#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// A synth loads a thousand small modules; from the second run on none of them is compiled again.
enableCompileCache();

// A package holds compiled JavaScript; a checkout runs the TypeScript as written.
const compiled = new URL('../lib/cli/main.js', import.meta.url);
const source = new URL('../cli/main.ts', import.meta.url);
const { main } = await import((existsSync(source) ? source : compiled).href);
await main(process.argv.slice(2));
