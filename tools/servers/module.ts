import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A server built from a Go module of this folder. */
export interface ServerModule {
  /** Name of the program and of its folder here. */
  readonly name: 'etcd' | 'kube-apiserver';
  /** Go module that carries the version. */
  readonly requires: string;
  /** Package to build, seen from the server's folder. */
  readonly target: string;
  /** @returns linker flags that make the program state its version. */
  readonly linkerFlags: (version: string) => string;
}

const KUBERNETES_VERSION = 'k8s.io/component-base/version';

export const SERVER_MODULES: readonly ServerModule[] = [
  {
    name: 'etcd',
    requires: 'go.etcd.io/etcd/server/v3',
    target: '.',
    linkerFlags: () => '-s -w',
  },
  {
    name: 'kube-apiserver',
    requires: 'k8s.io/kubernetes',
    target: 'k8s.io/kubernetes/cmd/kube-apiserver',
    linkerFlags: (version) => {
      const [major = '', minor = ''] = version.slice(1).split('.');
      const set = { gitMajor: major, gitMinor: minor, gitVersion: version };
      return [
        '-s -w',
        ...Object.entries(set).map(([key, value]) => `-X ${KUBERNETES_VERSION}.${key}=${value}`),
      ].join(' ');
    },
  },
];

/** @returns the folder of a server's Go module. */
export function folderOf(server: ServerModule): string {
  return join(import.meta.dirname, server.name);
}

/** @returns the version that a server's go.mod requires, e.g. `v1.34.4`; the only place that names it. */
export function versionOf(server: ServerModule): string {
  const text = readFileSync(join(folderOf(server), 'go.mod'), 'utf8');
  const line = text
    .split('\n')
    .find((candidate) => candidate.includes(`${server.requires} v`) && !candidate.includes('=>'));
  const version = line?.split(`${server.requires} `)[1]?.split(' ')[0];
  if (version === undefined)
    throw new Error(`tools/servers/${server.name}/go.mod requires no ${server.requires}`);
  return version;
}

/** @returns a hash of all that decides what a build gives; a binary beside another hash is stale. */
export function recipeOf(server: ServerModule, goVersion: string): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(folderOf(server), file)));
  hash.update(`${goVersion} ${server.target} ${server.linkerFlags(versionOf(server))}`);
  return hash.digest('hex');
}
