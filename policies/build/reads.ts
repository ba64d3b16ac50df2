import type { Problem } from '../../core/problem.ts';
import { DATA_ROOTS } from '../rule.ts';
import { runOpa } from './opa.ts';
import { LIB_FOLDER, libraryFile } from './sources.ts';

type Ref = readonly { readonly type: string; readonly value: unknown }[];

/** What a rule depends on, through every function and library rule it uses. */
export interface Reads {
  /** `input`, and documents below `data`. */
  readonly reads: readonly string[];
  /** Files of the library. */
  readonly libraries: readonly string[];
  readonly problems: readonly Problem[];
}

/** Finds out what a rule depends on. */
export async function dataReads(opa: string, root: string, file: string, query: string): Promise<Reads> {
  const { ok, stdout, stderr } = await runOpa(
    opa,
    ['deps', '--format', 'json', '-d', LIB_FOLDER, '-d', file, query],
    root,
  );
  if (!ok)
    return {
      reads: [],
      libraries: [],
      problems: [
        {
          where: file,
          what: `has no rule deny, or opa cannot tell what it reads: ${(stderr || stdout).trim()}`,
        },
      ],
    };
  const { base = [], virtual = [] } = JSON.parse(stdout) as {
    base?: readonly Ref[];
    virtual?: readonly Ref[];
  };
  const problems: Problem[] = [];
  if (!virtual.some((ref) => ref.map(({ value }) => String(value)).join('.') === query)) {
    problems.push({
      where: file,
      what: 'has no rule deny',
      remedy: 'write `deny contains {"path": ..., "message": ...} if { ... }`',
    });
  }
  const reads = new Set<string>();
  for (const ref of base) {
    const path = staticPath(ref);
    if (path[0] === 'input') reads.add('input');
    else if (documentOf(path) === undefined)
      problems.push({
        where: file,
        what: `reads ${path.join('.')}, which no rule is given`,
        remedy: `read below ${DATA_ROOTS.map((known) => `data.${known.replaceAll('/', '.')}`).join(', ')}`,
      });
    else reads.add(documentOf(path) ?? '');
  }
  return { reads: [...reads].sort(), libraries: librariesAmong(virtual), problems };
}

function librariesAmong(virtual: readonly Ref[]): string[] {
  const paths = virtual.map((ref) => ref.map(({ value }) => String(value)));
  return paths.flatMap(([data, sluice, lib, name]) =>
    data === 'data' && sluice === 'sluice' && lib === 'lib' && name !== undefined ? [libraryFile(name)] : [],
  );
}

/** The part of a reference that is known without evaluation. */
function staticPath(ref: Ref): string[] {
  const dynamic = ref.findIndex(({ type }, index) => index > 0 && type !== 'string');
  return (dynamic < 0 ? ref : ref.slice(0, dynamic)).map(({ value }) => String(value));
}

/** The documented root that a path stands below; of the inventory also the kind, where it is fixed. */
function documentOf(path: readonly string[]): string | undefined {
  const document = path.slice(1).join('/');
  const known = DATA_ROOTS.find(
    (candidate) => document === candidate || document.startsWith(`${candidate}/`),
  );
  return known === 'inventory/kinds' ? path.slice(1, 4).join('/') : known;
}
