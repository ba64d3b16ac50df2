import { fileURLToPath, pathToFileURL } from 'node:url';
import type { IConstruct } from 'constructs';

/** A place in the source code. */
export interface SourceLocation {
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** Enough for the few constructor frames of this folder and the caller above them; each frame costs memory. */
const FRAMES = 5;

const HERE = new URL('.', import.meta.url).href;
/** Where the installed package ends: its own charts are then no better answer than its constructs. */
const PACKAGE = HERE.includes('/node_modules/') ? new URL('..', import.meta.url).href : HERE;

const LIBRARY = /\/node_modules\/(?:cdk8s|constructs)\//;

/** Where an object keeps its stack, shared by duplicated copies of this package. */
export const SITE = Symbol.for('sluice.constructionSite');

/** A stack that the engine formats only when it is read. */
export interface CapturedSite {
  readonly stack?: string;
}

/**
 * Notes where a construct is being made, at the cost of a few microseconds.
 *
 * @param below the constructor whose caller is wanted
 */
export function captureSite(below: NewableFunction): CapturedSite {
  const site: CapturedSite = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(site, below);
  Error.stackTraceLimit = limit;
  return site;
}

/** @returns the code that made this object: the first frame outside this package's constructs. */
export function constructionSite(construct: IConstruct): SourceLocation | undefined {
  const site = (construct as { readonly [SITE]?: CapturedSite })[SITE];
  let inPackage: Frame | undefined;
  for (const text of site?.stack?.split('\n') ?? []) {
    const frame = frameOf(text);
    if (frame === undefined || frame.url.startsWith(HERE) || LIBRARY.test(frame.url)) continue;
    if (!frame.url.startsWith(PACKAGE)) return locationOf(frame);
    inPackage ??= frame;
  }
  return inPackage && locationOf(inPackage);
}

interface Frame {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

function frameOf(text: string): Frame | undefined {
  const written = text.endsWith(')')
    ? text.slice(text.lastIndexOf(' (') + 2, -1)
    : text.replace(/^ +at /, '');
  const match = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)$/.exec(written);
  if (match === null) return undefined;
  const [, place = '', line, column] = match;
  const url = place.startsWith('file:') ? place : pathToFileURL(place).href;
  return { url, line: Number(line), column: Number(column) };
}

function locationOf({ url, line, column }: Frame): SourceLocation {
  return { file: fileURLToPath(url), line, column };
}
