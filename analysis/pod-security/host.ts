import { type Check, containersText, plural, quoted, sortedUnique } from './check.ts';
import { boolAt, integerAt, mapAt, mapsAt, type Node, pathAt, textAt } from './field.ts';
import type { Container, Pod } from './pod.ts';

/** A pod shares no namespace with its node. */
export const hostNamespaces: Check = {
  id: 'hostNamespaces',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check({ spec }) {
        const fields = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => boolAt(spec, field) === true);
        if (fields.length === 0) return undefined;
        return {
          reason: 'host namespaces',
          detail: fields.map((field) => `${field}=true`).join(', '),
          paths: fields.map((field) => pathAt(spec, field)),
        };
      },
    },
  ],
};

/** No volume is a folder of the node. */
export const hostPathVolumes: Check = {
  id: 'hostPathVolumes',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check({ spec }) {
        const volumes = mapsAt(spec, 'volumes').filter((volume) => mapAt(volume, 'hostPath') !== undefined);
        if (volumes.length === 0) return undefined;
        const names = volumes.map((volume) => textAt(volume, 'name') ?? '');
        return {
          reason: 'hostPath volumes',
          detail: `${plural(volumes.length, 'volume')} ${quoted(names)}`,
          paths: volumes.map((volume) => pathAt(volume, 'hostPath')),
        };
      },
    },
  ],
};

/** No container takes a port of the node. */
export const hostPorts: Check = {
  id: 'hostPorts',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check(pod) {
        const found = pod.containers.flatMap((container) =>
          hostPortsOf(pod, container).map(({ port, path }) => ({ container, port, path })),
        );
        if (found.length === 0) return undefined;
        const containers = [...new Set(found.map(({ container }) => container))];
        const ports = sortedUnique(found.map(({ port }) => String(port)));
        const use = plural(containers.length, 'uses', 'use');
        return {
          reason: 'hostPort',
          detail: `${containersText(containers)} ${use} ${plural(ports.length, 'hostPort')} ${ports.join(', ')}`,
          paths: found.map(({ path }) => path),
        };
      },
    },
  ],
};

function hostPortsOf(pod: Pod, container: Container): { port: number; path: string }[] {
  // the API server fills in the host ports of a pod in the network of its node, though not those of a template
  const filled = pod.standalone && boolAt(pod.spec, 'hostNetwork') === true;
  return mapsAt(container.node, 'ports').flatMap((written) => {
    const own = integerAt(written, 'hostPort') ?? 0;
    const port = own !== 0 || !filled ? own : (integerAt(written, 'containerPort') ?? 0);
    return port === 0 ? [] : [{ port, path: pathAt(written, 'hostPort') }];
  });
}

/** No probe or lifecycle hook makes the kubelet speak to another host than the pod. */
export const hostProbesAndHostLifecycle: Check = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  versions: [
    {
      since: 34,
      check({ containers }) {
        const found = containers.flatMap(({ name, node }) =>
          handlersOf(node)
            .flatMap((handler) => [mapAt(handler, 'httpGet'), mapAt(handler, 'tcpSocket')])
            .flatMap((action) => {
              const host = textAt(action, 'host') ?? '';
              return action === undefined || host === ''
                ? []
                : [{ name, host, path: pathAt(action, 'host') }];
            }),
        );
        if (found.length === 0) return undefined;
        const names = sortedUnique(found.map(({ name }) => name));
        const hosts = sortedUnique(found.map(({ host }) => host));
        const who = `${plural(names.length, 'container')} ${quoted(names)} ${plural(names.length, 'uses', 'use')}`;
        return {
          reason: 'probe or lifecycle host',
          detail: `${who} ${plural(hosts.length, 'probe or lifecycle host')} ${quoted(hosts)}`,
          paths: found.map(({ path }) => path),
        };
      },
    },
  ],
};

function handlersOf(container: Node): (Node | undefined)[] {
  const lifecycle = mapAt(container, 'lifecycle');
  return [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((field) => mapAt(container, field)),
    ...['postStart', 'preStop'].map((field) => mapAt(lifecycle, field)),
  ];
}
