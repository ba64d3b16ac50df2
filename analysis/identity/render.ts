import {
  executeTemplate,
  type GoValue,
  type Template,
  TemplateError,
  textOf,
  Undetermined,
  type Unknowns,
} from '../go-template/index.ts';
import type { ClusterSpiffeId } from './cluster-spiffe-id.ts';
import type { Entry, Failure, FailureCode, Open } from './entry.ts';
import type { ServiceNames } from './service-names.ts';
import { InvalidIdentity, isDnsName, refuseInvalidSelector, trustDomainOf } from './spiffe-id.ts';

/** Everything that the entries of one pod are rendered from. */
export interface Rendering {
  readonly data: GoValue;
  readonly unknowns: Unknowns;
  readonly trustDomain: string;
  readonly parentID: Template;
  readonly serviceNames: ServiceNames;
}

/** What an object gives a pod: an entry unless something fails, or is open as a whole. */
export interface Rendered {
  readonly entry?: Entry;
  readonly failure?: Failure;
  readonly open: readonly Open[];
}

/** A text that a template gave, in which `<PodMeta.UID>` and the like stand for what is unknown. */
interface Text {
  readonly text: string;
  readonly unknown: readonly string[];
}

/** What goes wrong with a field; the first failure counts, whatever else is open. */
class FieldFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** @returns the entry that a ClusterSPIFFEID gives a pod that it selects. */
export function renderEntry(object: ClusterSpiffeId, rendering: Rendering): Rendered {
  const { source } = object;
  const open: Open[] = [];
  const undetermined: string[] = [];
  const field = <T>(name: keyof Entry, step: (texts: Text[]) => T): T | undefined => {
    const texts: Text[] = [];
    try {
      const value = step(texts);
      const on = [...new Set(texts.flatMap(({ unknown }) => unknown))];
      if (on.length > 0) open.push({ source, field: name, on });
      return value;
    } catch (error) {
      if (!(error instanceof Undetermined)) throw error;
      undetermined.push(error.message);
      return undefined;
    }
  };
  try {
    const spiffeID = field('spiffeID', (texts) =>
      spiffeIdOf('spiffeIDTemplate', object.spiffeID, rendering, texts),
    );
    const parentID = field('parentID', (texts) =>
      spiffeIdOf('parentIDTemplate', rendering.parentID, rendering, texts),
    );
    const dnsNames = field('dnsNames', (texts) => dnsNamesOf(object, rendering, texts));
    const selectors = field('selectors', (texts) => selectorsOf(object, rendering, texts));
    if (spiffeID === undefined || parentID === undefined || dnsNames === undefined || selectors === undefined)
      return { open: [{ source, field: 'entry', on: [...new Set(undetermined)] }] };
    const { x509SvidTtl, jwtSvidTtl, federatesWith, hint, admin, downstream } = object;
    const rest = { x509SvidTtl, jwtSvidTtl, federatesWith, hint, admin, downstream, source };
    return { entry: { spiffeID, parentID, selectors, dnsNames, ...rest }, open };
  } catch (error) {
    if (!(error instanceof FieldFailure)) throw error;
    return { failure: { source, code: error.code, detail: error.message }, open: [] };
  }
}

function spiffeIdOf(name: string, template: Template, rendering: Rendering, texts: Text[]): string {
  const rendered = execute(name, template, rendering, texts);
  checked(rendered, (id) => {
    const authority = /^spiffe:\/\/[^/]*/.exec(rendered.text)?.[0] ?? rendered.text;
    if (rendered.unknown.some((each) => authority.includes(placeholder(each))))
      throw new Undetermined(rendered.unknown.join(', '));
    inCode('invalid-spiffe-id', `${name} gives ${shown(rendered.text)}`, () => {
      const trustDomain = trustDomainOf(id);
      if (trustDomain !== rendering.trustDomain)
        throw new InvalidIdentity(`expected trust domain ${rendering.trustDomain} but got ${trustDomain}`);
    });
  });
  return rendered.text;
}

function dnsNamesOf(
  { dnsNames, autoPopulateDNSNames }: ClusterSpiffeId,
  rendering: Rendering,
  texts: Text[],
): string[] {
  const rendered = dnsNames.map((template) => {
    const name = execute('dnsNameTemplates', template, rendering, texts);
    const detail = `dnsNameTemplates give ${shown(name.text)}`;
    checked(name, (sample) =>
      inCode('template-execute', detail, () => {
        if (!isDnsName(sample))
          throw new Undetermined(`whether the version of SPIRE takes the DNS name ${name.text}`);
      }),
    );
    return name.text;
  });
  if (!autoPopulateDNSNames) return [...new Set(rendered)];
  const { names, open } = rendering.serviceNames;
  if (open.length > 0) throw new Undetermined(open.join(', '));
  return [...new Set([...rendered, ...names])];
}

function selectorsOf({ workloadSelectors }: ClusterSpiffeId, rendering: Rendering, texts: Text[]): string[] {
  const uid = execute('selectors', POD_UID, rendering, texts).text;
  const rendered = workloadSelectors.map((template) => {
    const selector = execute('workloadSelectorTemplates', template, rendering, texts);
    checked(selector, (sample) =>
      inCode('template-execute', `workloadSelectorTemplates give ${shown(selector.text)}`, () =>
        refuseInvalidSelector(sample),
      ),
    );
    return selector.text;
  });
  return [uid, ...rendered];
}

const POD_UID: Template = {
  root: [
    { node: 'text', bytes: 'k8s:pod-uid:' },
    {
      node: 'action',
      pipe: {
        node: 'pipe',
        variables: [],
        assigns: false,
        commands: [[{ node: 'field', names: ['PodMeta', 'UID'] }]],
      },
    },
  ],
  named: new Map(),
};

function execute(name: string, template: Template, { data, unknowns }: Rendering, texts: Text[]): Text {
  try {
    const bytes = executeTemplate(template, data, unknowns);
    const text = { text: textOf(unknowns.replace(bytes, placeholder)), unknown: unknowns.namesIn(bytes) };
    texts.push(text);
    return text;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new FieldFailure('template-execute', `${name}: ${error.message}`);
  }
}

/** A text for people. */
function shown(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text);
}

const MAX_SHOWN = 300;

function placeholder(name: string): string {
  return `<${name.replace(/^\./, '')}>`;
}

function inCode(code: FailureCode, detail: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof InvalidIdentity)) throw error;
    throw new FieldFailure(code, `${detail}: ${error.message}`);
  }
}

/** Names and label values, which hold nothing but letters, digits, `-`, `_` and `.`. */
const PLAIN = /\.(Name|Namespace|UID|NodeName|Hostname|Subdomain|ResourceVersion)$|\.Labels\[[^\]]*\]$/;

/** Unknown texts that cannot be empty once the pod runs. */
const PRESENT = /\.(Name|Namespace|UID|NodeName|ResourceVersion)$/;

/** Makes a check with unknown texts empty and not; both must end alike for the result to be certain. */
function checked({ text, unknown }: Text, check: (sample: string) => void): void {
  const unclear = unknown.find((name) => !PLAIN.test(name));
  if (unclear !== undefined) throw new Undetermined(unclear);
  const sample = (filler: string): string =>
    unknown.reduce((at, name) => at.replaceAll(placeholder(name), PRESENT.test(name) ? 'x' : filler), text);
  const results = [...new Set([sample(''), sample('x')])].map((each) => {
    try {
      check(each);
      return undefined;
    } catch (error) {
      if (!(error instanceof FieldFailure)) throw error;
      return error;
    }
  });
  const failures = results.filter((each) => each !== undefined);
  if (failures.length > 0 && failures.length < results.length) throw new Undetermined(unknown.join(', '));
  if (failures[0] !== undefined) throw failures[0];
}
