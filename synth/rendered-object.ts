import { relative, sep } from 'node:path';
import type { ApiObject } from 'cdk8s';
import { scopeOf } from '../api/kinds.ts';
import { constructionSite, type SourceLocation } from '../constructs/construction-site.ts';
import { identityOf, type Manifest, type ObjectIdentity } from '../core/manifest.ts';

/** An object of the tree and its manifest. */
export interface RenderedObject {
  readonly object: ApiObject;
  readonly manifest: Manifest;
}

/**
 * @returns what the API server knows an object by: it drops the namespace of a cluster-scoped object, which a chart
 * with a namespace writes into every object
 */
export function serverIdentity(manifest: Manifest): ObjectIdentity {
  const identity = identityOf(manifest);
  if (identity.namespace === undefined || scopeOf(identity.apiVersion, identity.kind) !== 'Cluster')
    return identity;
  const { namespace: _, ...rest } = identity;
  return rest;
}

/** @returns where an object was made, for messages: its construct path, and the line of code where that is known. */
export function placeOf({ object }: { readonly object: ApiObject }): string {
  const site = constructionSite(object);
  return site === undefined ? object.node.path : `${object.node.path} (${siteText(site)})`;
}

/** @returns `file:line`, relative to the working directory, with `/` on every system. */
function siteText({ file, line }: SourceLocation): string {
  return `${relative(process.cwd(), file).split(sep).join('/')}:${line}`;
}
