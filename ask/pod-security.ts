import Type from 'typebox';
import {
  CHECKS,
  checkViolations,
  InvalidField,
  podOf,
  podViolations,
} from '../analysis/pod-security/index.ts';
import { identityText } from '../core/manifest.ts';
import { OBJECT, objectOf } from './object.ts';
import { type Context, QuestionError, questionType } from './question.ts';

/** `pod-security`: whether the Pod Security Standards admit a pod, and what they forbid in it. */
export const podSecurity = questionType(
  {
    object: OBJECT,
    level: Type.Optional(Type.Enum(['privileged', 'baseline', 'restricted'])),
    version: Type.Optional(
      Type.String({
        pattern: '^(latest|v?1\\.\\d{1,3})$',
        description: 'of the standards: latest, or such as 1.34',
      }),
    ),
    check: Type.Optional(Type.Enum(CHECKS.map(({ id }) => id))),
  },
  ({ object, level, version, check }, context) => {
    const minor = minorOf(version ?? 'latest', context.options.kubernetesVersion);
    const single = CHECKS.find(({ id }) => id === check);
    const violations = inTypes(() => {
      const pod = podFor(object, context);
      if (single !== undefined) return checkViolations(pod, single, minor);
      if (level === undefined)
        throw new QuestionError(
          'malformed',
          'neither level nor check; give privileged, baseline or restricted',
        );
      return podViolations(pod, level, minor);
    });
    return { allowed: violations.length === 0, violations };
  },
);

function podFor(value: unknown, { inventory }: Context): NonNullable<ReturnType<typeof podOf>> {
  const object = objectOf(inventory, value, 'object');
  const pod = podOf(object, inventory);
  if (pod === undefined)
    throw new QuestionError(
      'unsupported',
      `${identityText(object.identity)} has no pod spec at a place known here`,
    );
  return pod;
}

/** Versions of the standards newer than the cluster count as the cluster's own. */
function minorOf(version: string, kubernetesVersion: string): number {
  const [, cluster] = kubernetesVersion.split('.');
  const [, asked = cluster] = version.split('.');
  return Math.min(Number(asked), Number(cluster));
}

function inTypes<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof InvalidField) throw new QuestionError('invalid-object', `object ${error.message}`);
    throw error;
  }
}
