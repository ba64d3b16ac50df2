import { fileURLToPath } from 'node:url';
import type { IConstruct } from 'constructs';

/** A place in the source code. */
export interface SourceLocation {
  /** Absolute path, or the URL of a source that is no file. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** Enough for the few constructor frames of this folder and the caller above them; each frame costs memory. */
const FRAMES = 8;

const HERE = new URL('.', import.meta.url).href;
/** Where the installed package ends: its own charts are then no better answer than its constructs. */
const PACKAGE = HERE.includes('/node_modules/') ? new URL('..', import.meta.url).href : HERE;

const sites = new WeakMap<IConstruct, { readonly stack?: string }>();

/**
 * Remembers where a construct is made. The engine formats a stack only when it is read, so this costs a few
 * microseconds.
 *
 * @param below the constructor whose caller is wanted
 */
export function recordConstructionSite(construct: IConstruct, below: NewableFunction): void {
  const site: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(site, below);
  Error.stackTraceLimit = limit;
  sites.set(construct, site);
}

/** @returns the code that made this object: the first frame outside this package's constructs. */
export function constructionSite(construct: IConstruct): SourceLocation | undefined {
  const frames = framesOf(sites.get(construct)?.stack ?? '');
  const outside = (prefix: string) => frames.find((frame) => !frame.url.startsWith(prefix));
  const frame = outside(PACKAGE) ?? outside(HERE);
  return frame && { file: frame.file, line: frame.line, column: frame.column };
}

interface Frame extends SourceLocation {
  readonly url: string;
}

function framesOf(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split('\n')) {
    const match = /^\s+at (?:.*? \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/.exec(text);
    const place = match?.[1];
    if (place === undefined) continue;
    const isUrl = place.startsWith('file:');
    const url = isUrl ? place : `file://${place}`;
    if (/\/node_modules\/(?:cdk8s|constructs)\//.test(url)) continue;
    frames.push({
      url,
      file: isUrl ? fileURLToPath(place) : place,
      line: Number(match?.[2]),
      column: Number(match?.[3]),
    });
  }
  return frames;
}
