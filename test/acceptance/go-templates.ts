import fc from 'fast-check';

/* Templates at random: most of them parse, and many do something. */

const OPERANDS = [
  '.',
  '$',
  '.PodMeta',
  '.PodMeta.Name',
  '.PodMeta.UID',
  '.PodMeta.Labels',
  '.PodMeta.Labels.app',
  '.PodMeta.Labels.nope',
  '.PodMeta.Finalizers',
  '.PodMeta.OwnerReferences',
  '.PodSpec.Containers',
  '.PodSpec.Priority',
  '.PodSpec.HostNetwork',
  '.PodSpec.Affinity',
  '.PodSpec.SecurityContext.RunAsUser',
  '.PodSpec.NodeSelector',
  '.NodeMeta.Labels.zone',
  '.Name',
  '(index .PodSpec.Containers 0).Name',
  '(index .PodSpec.Containers 0).Args',
  '$x',
  '$y',
  'nil',
  'true',
  'false',
  '0',
  '1',
  '2',
  '-1',
  '1.5',
  '0x1F',
  '1e3',
  '""',
  '"a"',
  '"é"',
  '"app"',
  '"web-0"',
  '"%s-%v"',
  '"%d"',
  '"%q"',
  '`r`',
  "'x'",
];

const FUNCTIONS =
  'and or not len index slice print printf println html js urlquery eq ne lt le gt ge call'.split(' ');

const { expression } = fc.letrec<{ expression: string; call: string; argument: string }>((tie) => ({
  call: fc
    .tuple(fc.constantFrom(...FUNCTIONS), fc.array(tie('argument'), { maxLength: 3 }))
    .map(([name, args]) => [name, ...args].join(' ')),
  argument: fc.oneof(
    { arbitrary: fc.constantFrom(...OPERANDS), weight: 3 },
    { arbitrary: tie('expression').map((inside) => `(${inside})`), weight: 1 },
  ),
  expression: fc.oneof(
    fc.constantFrom(...OPERANDS),
    { arbitrary: tie('call'), weight: 2 },
    fc.tuple(tie('expression'), tie('call')).map(([first, then]) => `${first} | ${then}`),
  ),
}));

/** One action each. */
export const EXPRESSIONS: fc.Arbitrary<string> = expression.map((inside) => `{{${inside}}}`);

const HEADS = ['if', 'with', 'range', 'range $x :=', 'range $y, $x :=', 'with $y :='];
const SIMPLE = ['{{break}}', '{{continue}}', '{{/* c */}}', '{{template "t" .}}', '{{template "t"}}'];

/** Text and actions, nested. */
export const ACTIONS: fc.Arbitrary<string> = fc.letrec<{ body: string; statement: string }>((tie) => ({
  body: fc.array(tie('statement'), { maxLength: 3 }).map((statements) => statements.join('')),
  statement: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('x', ' ', '\n', 'é'),
    fc.constantFrom(...SIMPLE),
    EXPRESSIONS,
    expression.map((inside) => `{{- ${inside} -}}`),
    fc
      .tuple(fc.constantFrom('$x := ', '$x = '), expression)
      .map(([variable, inside]) => `{{${variable}${inside}}}`),
    fc
      .tuple(fc.constantFrom(...HEADS), expression, tie('body'), fc.option(tie('body')))
      .map(
        ([head, inside, list, other]) =>
          `{{${head} ${inside}}}${list}${other === null ? '' : `{{else}}${other}`}{{end}}`,
      ),
    fc
      .tuple(expression, tie('body'))
      .map(([inside, list]) => `{{if ${inside}}}${list}{{else if ${inside}}}1{{end}}`),
    tie('body').map((list) => `{{define "t"}}${list}{{end}}`),
    fc.tuple(expression, tie('body')).map(([inside, list]) => `{{block "u" ${inside}}}${list}{{end}}`),
  ),
})).body;

const PIECES =
  '{{ }} {{end}} {{if§1}} - . $ $x := = ( ) | , " ` \' if end else range with define block "a" nil true 1 1. .5 0x i _ a .A len print /* */ \\ é e + %'
    .split(' ')
    .map((piece) => piece.replace('§', ' '));

/** Anything, to the last corner of the lexer. */
export const TOKENS: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(' ', '\n', '\t', ...PIECES), { maxLength: 14 })
  .chain((pieces) => fc.constantFrom(pieces.join(''), `{{${pieces.join('')}}}`));

const FORMAT = /^(%[-+ 0#]{0,2}[0-9]{0,2}(\.[0-9]?)?(\[[12]\])?[vdsqxXtcUobeEfFgG%Tp!zO]|a){1,3}$/;

const FORMATTED = [
  '1',
  '-5',
  '300',
  '2.5',
  '1e7',
  '"ab"',
  '"é"',
  "'x'",
  'true',
  'nil',
  '.PodMeta.UID',
  '.PodMeta.Labels',
  '.PodSpec.Priority',
  '(index .PodSpec.Containers 0).Args',
];

/** Directives with flags, widths and indexes, well-formed or not. */
export const FORMATS: fc.Arbitrary<string> = fc
  .tuple(fc.stringMatching(FORMAT), fc.array(fc.constantFrom(...FORMATTED), { maxLength: 2 }))
  .map(([format, args]) => `{{printf ${JSON.stringify(format)} ${args.join(' ')}}}`);
