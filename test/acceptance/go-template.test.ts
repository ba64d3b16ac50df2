import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NODE, outcomeOf, POD } from '../analysis/go-template/render.ts';
import { ACTIONS, EXPRESSIONS, FORMATS, TOKENS } from './go-templates.ts';
import { hasGo } from './has-go.ts';

/** What Go's text/template makes of a template. */
interface Answer {
  readonly phase: 'done' | 'parse' | 'execute';
  /** Base64. */
  readonly output: string | null;
  readonly error?: string;
}

const SOURCE = join(import.meta.dirname, 'go-template-oracle');
const TYPES = join(import.meta.dirname, '../../analysis/identity/go-types.generated.json');

let folder: string;

function oracle(args: readonly string[], input = ''): Buffer {
  return execFileSync(join(folder, 'oracle'), args, { input, maxBuffer: 512 * 1024 * 1024 });
}

function go(templates: readonly string[]): Answer[] {
  const questions = templates.map((Template) => ({ Template, Pod: POD, Node: NODE }));
  return JSON.parse(oracle([], JSON.stringify(questions)).toString()) as Answer[];
}

/** The shortest templates of which Go and we say different things, and how many of ours are not told. */
function compared(arbitrary: fc.Arbitrary<string>, numRuns: number): { different: string[]; told: number } {
  const templates = [...new Set(fc.sample(arbitrary, { numRuns, seed: 31 }))];
  const answers = go(templates);
  let told = 0;
  const different = templates.filter((template, index) => {
    const theirs = answers[index];
    const ours = outcomeOf(template);
    if (ours.phase === 'undetermined') return false;
    told += 1;
    if (theirs?.phase !== ours.phase) return true;
    return (
      theirs.phase === 'done' && Buffer.from(theirs.output ?? '', 'base64').toString('latin1') !== ours.bytes
    );
  });
  return {
    different: different.sort((a, b) => a.length - b.length).slice(0, 10),
    told: told / templates.length,
  };
}

describe.skipIf(!hasGo())('templates give us what they give Go (needs go on PATH)', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-oracle-'));
    execFileSync('go', ['build', '-o', join(folder, 'oracle'), '.'], { cwd: SOURCE, stdio: 'pipe' });
  }, 600_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('the types are those of k8s.io/api', () => {
    expect(JSON.parse(readFileSync(TYPES, 'utf8'))).toEqual(JSON.parse(oracle(['types']).toString()));
  });

  test.each([
    ['expressions', EXPRESSIONS, 10_000],
    ['actions', ACTIONS, 10_000],
    ['tokens in any order', TOKENS, 10_000],
    ['formats of printf', FORMATS, 5_000],
  ])('%s', (_, arbitrary, runs) => {
    const { different, told } = compared(arbitrary, runs);
    expect(different).toEqual([]);
    expect(told).toBeGreaterThan(0.3);
  });
});
