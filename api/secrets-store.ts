import { type Static, Type } from 'typebox';
import { fields, kindOf, stringMap } from './schema.ts';

/** The Secrets Store CSI driver: secrets of an outside vault as files in a pod. */

const spec = fields({
  provider: Type.Optional(Type.String({ minLength: 1 })),
  /** What the provider reads; all values are texts. */
  parameters: Type.Optional(stringMap),
  /** Kubernetes Secrets that the driver makes from mounted objects. */
  secretObjects: Type.Optional(
    Type.Array(
      fields({
        secretName: Type.Optional(Type.String()),
        type: Type.Optional(Type.String()),
        labels: Type.Optional(stringMap),
        annotations: Type.Optional(stringMap),
        data: Type.Optional(
          Type.Array(fields({ objectName: Type.Optional(Type.String()), key: Type.Optional(Type.String()) })),
        ),
      }),
    ),
  ),
});

export const secretProviderClassV1 = kindOf('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', spec);

/** Which objects of a vault a pod may mount. */
export type ISecretProviderClass = Static<typeof secretProviderClassV1>;
