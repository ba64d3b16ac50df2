import { QuestionError } from './question.ts';

const FORMS =
  'pod:NS/NAME, workload:NS/KIND/NAME, service:NS/NAME, ip:, cidr:, fqdn:, entity:, NS/NAME, NS/LABEL=VALUE,..., any:NS/LABEL=VALUE,...';

/**
 * An endpoint as people write it, in the form of a question: `fqdn:api.github.com`, `shop/Deployment/web`,
 * `shop/web`, `shop/app=web` for all pods of the input with these labels, `any:shop/app=web` for a pod that need
 * not exist, and `any:shop` for one without labels.
 *
 * @param field of the question, for messages
 * @throws QuestionError
 */
export function endpointFromText(text: string, field: string): Readonly<Record<string, unknown>> {
  const [, prefix, rest = ''] = /^(pod|workload|service|ip|cidr|fqdn|entity|any):(.+)$/.exec(text) ?? [];
  if (prefix === 'any') {
    const { namespace, labels } = namespaceAndLabels(rest, field);
    return { namespace, labels };
  }
  if (prefix !== undefined) return { [prefix]: rest };
  if (text.includes('=')) {
    const { namespace, labels } = namespaceAndLabels(text, field);
    return { namespace, having: labels };
  }
  const parts = text.split('/');
  if (parts.includes('') || parts.length < 2 || parts.length > 3)
    throw new QuestionError('malformed', `${field} is ${text}; write one of ${FORMS}`);
  return parts.length === 3 ? { workload: text } : { named: text };
}

function namespaceAndLabels(
  text: string,
  field: string,
): { namespace: string; labels: Record<string, string> } {
  const [, namespace, list] = /^([^/=]+)(?:\/(.*))?$/.exec(text) ?? [];
  const pairs = list === undefined ? [] : list.split(',').map((pair) => /^([^=]+)=([^=]*)$/.exec(pair));
  if (namespace === undefined || !pairs.every((pair) => pair !== null))
    throw new QuestionError('malformed', `${field} is ${text}; write NAMESPACE/LABEL=VALUE,LABEL=VALUE`);
  return { namespace, labels: Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, value])) };
}
