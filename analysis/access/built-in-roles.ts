import { identityOf, type Manifest } from '../../core/manifest.ts';
import roles from './built-in-roles.generated.json' with { type: 'json' };
import { type Role, roleOf } from './role.ts';

/** @returns the ClusterRoles that the API server makes by itself, such as `view`; the input may bind them. */
export function builtInRoles(): readonly Role[] {
  return roles.flatMap((written) => {
    const manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', ...written };
    // the labels are those of one role each, which TypeScript takes for optional keys of them all
    const role = roleOf({
      manifest: manifest as unknown as Manifest,
      identity: identityOf(manifest as unknown as Manifest),
    });
    return typeof role === 'string' ? [] : [role];
  });
}
