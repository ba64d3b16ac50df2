import type { Location, Log, ReportingDescriptor, Result, Suppression } from 'sarif';
import { identityText } from '../core/manifest.ts';
import type { Exception } from '../policies/exception.ts';
import type { Finding, Severity } from '../policies/finding.ts';
import type { GateResult } from '../policies/gate.ts';
import type { Rule } from '../policies/rule.ts';

const LEVELS: Readonly<Record<Severity, Result.level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** Code scanning services order findings by this score; the figures are the middle of each CVSS band. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
};

/** SARIF 2.1.0 (OASIS): what code scanning services take. Excepted findings are results with a suppression. */
export function sarifReport({ rules, findings, excepted, errors, verdict }: GateResult): string {
  const ids = rules.map(({ id }) => id);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sluice',
            rules: rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          ...findings.map((finding) => resultOf(finding, ids)),
          ...excepted.map(({ finding, exception }) => resultOf(finding, ids, exception)),
        ],
        invocations: [
          {
            executionSuccessful: verdict !== 'broken',
            toolExecutionNotifications: errors.map(({ rule, object = 'the input', reason }) => ({
              level: 'error',
              message: { text: `${rule} could not be evaluated at ${object}: ${reason}` },
              associatedRule: { id: rule, index: ids.indexOf(rule) },
            })),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({
  id,
  title,
  description,
  severity,
  remediation,
  references,
  pack,
}: Rule): ReportingDescriptor {
  const link = references.find((reference) => reference.startsWith('https://'));
  return {
    id,
    name: title,
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: {
      text: remediation,
      markdown: `${remediation}\n\n${references.map((reference) => `- ${reference}`).join('\n')}`,
    },
    ...(link === undefined ? {} : { helpUri: link }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [pack], 'security-severity': SCORES[severity], severity },
  };
}

function resultOf(finding: Finding, ids: readonly string[], exception?: Exception): Result {
  const { rule, severity, message, object, path, fingerprint } = finding;
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: LEVELS[severity],
    message: { text: `${identityText(object)}: ${message}` },
    locations: [locationOf(finding)],
    partialFingerprints: { 'sluice/v1': fingerprint },
    properties: { severity, path },
    ...(exception === undefined ? {} : { suppressions: [suppression(exception)] }),
  };
}

function locationOf({ file, line, object, path, construct }: Finding): Location {
  const logical = { fullyQualifiedName: `${identityText(object)}${path}`, kind: 'resource' };
  const made = construct === undefined ? [] : [{ fullyQualifiedName: construct, kind: 'construct' }];
  return {
    ...(file === ''
      ? {}
      : { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } } }),
    logicalLocations: [logical, ...made],
  };
}

/** Paths become relative references as they are; `-` is standard input. */
function uriOf(file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}

function suppression({ reason, owner, expires }: Exception): Suppression {
  return { kind: 'external', status: 'accepted', justification: `${reason} (${owner}, until ${expires})` };
}
