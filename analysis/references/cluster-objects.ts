import type { NamedTarget } from './reference.ts';

const CLUSTER_ROLES: ReadonlySet<string> = new Set(['admin', 'cluster-admin', 'edit', 'view']);

/** @returns whether every cluster has an object without anyone writing it. */
export function everyClusterHas({ group, kind, namespace, name }: NamedTarget): boolean {
  switch (`${group}/${kind}`) {
    case '/ServiceAccount':
      return name === 'default';
    case '/ConfigMap':
      return (
        name === 'kube-root-ca.crt' ||
        (namespace === 'kube-system' && name === 'extension-apiserver-authentication')
      );
    case '/Service':
      return namespace === 'default' && name === 'kubernetes';
    case 'rbac.authorization.k8s.io/ClusterRole':
      return CLUSTER_ROLES.has(name) || name.startsWith('system:');
    case 'rbac.authorization.k8s.io/Role':
      return (
        namespace === 'kube-system' &&
        (name === 'extension-apiserver-authentication-reader' || name.startsWith('system:'))
      );
    case 'scheduling.k8s.io/PriorityClass':
      return name === 'system-cluster-critical' || name === 'system-node-critical';
    case 'argoproj.io/AppProject':
      return name === 'default';
    default:
      return false;
  }
}
