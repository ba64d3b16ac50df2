import { RE2JS } from 're2js';
import Type from 'typebox';
import { parseTemplate, TemplateError } from '../analysis/go-template/index.ts';
import {
  type CloudIdentity,
  cloudIdentities,
  type Identities,
  IGNORED_NAMESPACES,
  identitiesOf,
  PARENT_ID_TEMPLATE,
  type SpireSettings,
  subjectOf,
} from '../analysis/identity/index.ts';
import { dataplaneOf } from '../analysis/mesh/index.ts';
import { podsOf } from '../analysis/reach/index.ts';
import { groupOf, identityText } from '../core/manifest.ts';
import {
  buildInventory,
  type Inventory,
  type InventoryObject,
  type PodTemplate,
  podTemplates,
} from '../inventory/index.ts';
import { OBJECT, objectOf } from './object.ts';
import type { Options } from './options.ts';
import { type Context, QuestionError, questionType } from './question.ts';

const text = (description: string): Type.TString => Type.String({ minLength: 1, description });

/** `identity`: the SPIFFE identities that the SPIRE controller manager gives a pod. */
export const identity = questionType(
  {
    pod: Type.Optional(text('NAMESPACE/NAME')),
    workload: Type.Optional(text('NAMESPACE/KIND/NAME')),
    object: Type.Optional(OBJECT),
    node: Type.Optional(OBJECT),
  },
  (question, context) => {
    const template = templateFor(question, context);
    const { inventory, options } = context;
    const subject = subjectOf(template);
    const node = nodeFor(question.node, subject.nodeName, inventory);
    return {
      ...answerOf(identitiesOf(inventory, subject, node, settingsOf(options))),
      ...inMesh(template, context),
      ...withCloud(cloudIdentities(inventory, subject)),
    };
  },
);

/** The identity by which Istio knows the pod, where it is certain to be in the mesh. */
function inMesh(template: PodTemplate, { inventory, options }: Context): object {
  const { object, namespace } = template;
  const { kind, name } = object.identity;
  const isListed = inventory.objects.includes(object);
  const all = isListed ? inventory : buildInventory([...inventory.objects, object]);
  const pod = podsOf(all).findLast(
    (each) =>
      each.namespace === namespace &&
      (kind === 'Pod' ? each.name === name : each.owner?.kind === kind && each.owner.name === name),
  );
  if (pod === undefined || pod.hostNetwork) return {};
  const dataplane = options.dataplane ?? dataplaneOf(pod, all);
  if (dataplane === undefined || dataplane === 'none') return {};
  const principal = `${options.trustDomain}/ns/${namespace}/sa/${pod.serviceAccount}`;
  return { mesh: { dataplane, principal, spiffeID: `spiffe://${principal}` } };
}

function withCloud(cloud: readonly CloudIdentity[]): object {
  return cloud.length > 0 ? { cloud } : {};
}

function answerOf({ entries, failures, ignored, unknown }: Identities): object {
  return {
    entries,
    failures,
    unknown,
    ...(ignored.length > 0 && {
      ignored: ignored.map(({ source, detail }) => ({ ...source, reason: detail })),
    }),
  };
}

interface Asked {
  readonly pod?: string;
  readonly workload?: string;
  readonly object?: unknown;
}

function templateFor(asked: Asked, { inventory }: Context): PodTemplate {
  const { pod, workload, object } = asked;
  const given = [pod, workload, object].filter((each) => each !== undefined);
  if (given.length !== 1)
    throw new QuestionError('malformed', 'a question has exactly one of pod, workload and object');
  const written = pod ?? workload ?? object;
  const reference = pod === undefined ? written : podReference(pod);
  const field = pod !== undefined ? 'pod' : workload !== undefined ? 'workload' : 'object';
  const found = objectOf(inventory, reference, field);
  const templates = podTemplates(inventory.objects.includes(found) ? inventory : buildInventory([found]));
  // a claim stands for the pods of its template, which has an entry of its own
  const template =
    templates.find((each) => each.claim === found) ??
    templates.find((each) => each.object === found && each.claim === undefined);
  if (template === undefined)
    throw new QuestionError(
      'unsupported',
      `${identityText(found.identity)} makes no pods that are known here`,
    );
  return template;
}

function podReference(pod: string): string {
  const [namespace = '', name = '', ...more] = pod.split('/');
  if (namespace === '' || name === '' || more.length > 0)
    throw new QuestionError('malformed', `pod is ${pod}; write NAMESPACE/NAME`);
  return `${namespace}/Pod/${name}`;
}

/** The Node of the question, else the one of the input on which the pod is. */
function nodeFor(
  value: unknown,
  nodeName: string | undefined,
  inventory: Inventory,
): InventoryObject | undefined {
  if (value === undefined)
    return nodeName === undefined ? undefined : inventory.find('', 'Node', undefined, nodeName);
  const node = objectOf(inventory, value, 'node');
  const { apiVersion, kind, name } = node.identity;
  if (groupOf(apiVersion) !== '' || kind !== 'Node')
    throw new QuestionError('malformed', `node is ${identityText(node.identity)}, which is no Node`);
  if (nodeName !== undefined && nodeName !== name)
    throw new QuestionError('malformed', `node is ${name}, but the pod runs on ${nodeName}`);
  return node;
}

function settingsOf({ trustDomain, clusterName, clusterDomain, spire }: Options): SpireSettings {
  const patterns = (spire.ignoreNamespaces ?? IGNORED_NAMESPACES).map(patternOf);
  // the controller takes an empty setting for none
  const parentIDTemplate = spire.parentIDTemplate || PARENT_ID_TEMPLATE;
  refuseUnparsed(parentIDTemplate);
  return {
    trustDomain,
    clusterName,
    clusterDomain,
    ignores: (namespace) => patterns.some((pattern) => pattern.matcher(namespace).find()),
    className: spire.className ?? '',
    watchClassless: spire.watchClassless ?? false,
    parentIDTemplate,
  };
}

function patternOf(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch {
    throw new QuestionError('malformed', `spire.ignoreNamespaces: ${source} is no regular expression of RE2`);
  }
}

function refuseUnparsed(template: string): void {
  try {
    parseTemplate(template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new QuestionError('malformed', `spire.parentIDTemplate: ${error.message}`);
  }
}
