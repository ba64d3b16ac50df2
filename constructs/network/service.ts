import type { Construct } from 'constructs';
import type { IService, IServiceSpec } from 'kubernetes-models/v1';
import { defined } from '../defined.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import type { PodGroup } from '../labels/selector.ts';
import { type Check, checkAt, verify } from '../validate/check.ts';
import { type Port, portText, samePort } from '../workload/port.ts';

/** Pods and the ports on which they listen: a workload, or pods that someone else makes. */
export interface ListeningPods<P extends Port = Port> extends PodGroup {
  readonly ports: readonly P[];
}

/** A port of a Service in front of a port of its pods. */
export interface ServicePort<P extends Port = Port> {
  readonly target: P;
  /** @default the target's number */
  readonly port?: number;
  /** @default the target's name */
  readonly name?: string;
  /** What is spoken, such as `kubernetes.io/h2c`. @default left to implementations */
  readonly appProtocol?: string;
}

/** Props of {@link Service}. */
export interface ServiceProps<P extends Port> extends ObjectProps {
  /** The pods it stands for. */
  readonly pods: ListeningPods<P>;
  /** Ports of these pods: as they are, or behind another number or name. */
  readonly ports: readonly [
    NoInfer<P> | ServicePort<NoInfer<P>>,
    ...(readonly (NoInfer<P> | ServicePort<NoInfer<P>>)[]),
  ];
  /** `None` gives each pod a name instead of one address to all. @default an address */
  readonly clusterIP?: 'None';
  /** @default ClusterIP */
  readonly type?: 'ClusterIP' | 'LoadBalancer' | 'NodePort';
  /** Keeps a client at one pod for so many seconds. @default none */
  readonly sessionAffinitySeconds?: number;
}

/** One port of one Service, as a route or a URL takes it. */
export interface Backend {
  readonly service: string;
  readonly namespace: string | undefined;
  readonly port: number;
}

/**
 * A stable name and address for pods.
 *
 * @example
 * const service = new Service(chart, 'web-service', { name: 'web', pods: web, ports: [{ target: http, port: 80 }] });
 * service.backend(http);   // for a route
 * service.url(http);       // http://web:80 for pods of the same namespace
 */
export class Service<P extends Port = Port> extends KubeObject<IService> {
  readonly pods: ListeningPods<P>;
  readonly #ports: readonly Required<Pick<ServicePort<P>, 'target' | 'port' | 'name'>>[];

  constructor(scope: Construct, id: string, props: ServiceProps<P>) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    check.dnsLabel('metadata.name', metadata.name);
    const given = props.ports.map((entry): ServicePort<P> => ('target' in entry ? entry : { target: entry }));
    const ports = given.map((entry) => ({ name: entry.target.name, port: entry.target.number, ...entry }));
    check.sameNamespace('pods', 'the workload', props.pods.namespace);
    checkServicePorts(check, ports, props.pods);
    const seconds = props.sessionAffinitySeconds;
    if (seconds !== undefined) check.integer('sessionAffinitySeconds', seconds, 1, 86400);
    check.done();
    const spec = defined<IServiceSpec>({
      type: props.type ?? 'ClusterIP',
      clusterIP: props.clusterIP,
      selector: { ...props.pods.podSelector },
      ports: ports.map(({ target, port, name, appProtocol }) => ({
        name,
        port,
        targetPort: target.number,
        protocol: target.protocol,
        ...(appProtocol === undefined ? {} : { appProtocol }),
      })),
      sessionAffinity: seconds === undefined ? undefined : 'ClientIP',
      sessionAffinityConfig: seconds === undefined ? undefined : { clientIP: { timeoutSeconds: seconds } },
    });
    super(scope, id, { apiVersion: 'v1', kind: 'Service', metadata, spec });
    this.pods = props.pods;
    this.#ports = ports;
  }

  /**
   * @param target a port of the pods that this Service carries
   * @throws InputError when it carries no such port
   */
  backend(target: P): Backend {
    const found = this.#ports.find((entry) => samePort(entry.target, target));
    verify(this.node.path, (check) => {
      const own = this.#ports.map((entry) => portText(entry.target)).join(', ');
      check.that(
        found !== undefined,
        '',
        `the Service has no port for ${portText(target)}`,
        `its targets: ${own}`,
      );
    });
    return { service: this.name, namespace: this.namespace, port: found?.port ?? target.number };
  }

  /**
   * @param scheme @default http
   * @returns the address for pods of the same namespace, such as `http://web:80`
   */
  url(target: P, scheme = 'http'): string {
    return `${scheme}://${this.name}:${this.backend(target).port}`;
  }
}

type CheckedPort = Required<Pick<ServicePort, 'target' | 'port' | 'name'>>;

function checkServicePorts(check: Check, ports: readonly CheckedPort[], pods: ListeningPods): void {
  const own = pods.ports.map(portText).join(', ') || 'none';
  for (const [index, { name, port, target }] of ports.entries()) {
    const listens = pods.ports.some((candidate) => samePort(candidate, target));
    check.that(listens, 'ports', `the pods have no port ${portText(target)}`, `its ports: ${own}`);
    check.dnsLabel('ports', name);
    check.portNumber('ports', port);
    const clash = ports
      .slice(0, index)
      .some(
        (other) => other.name === name || (other.port === port && other.target.protocol === target.protocol),
      );
    check.that(
      !clash,
      'ports',
      `two ports share the name ${name} or the number ${port}`,
      'give each its own',
    );
  }
}
