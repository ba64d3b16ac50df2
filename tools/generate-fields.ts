import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, type Statement, type TSInterfaceDeclaration, type TSType } from 'oxc-parser';
import type { FieldTable, FieldType, KindFields } from '../api/fields.ts';

/**
 * Derives `api/fields.generated.json`, the names of all fields of all kinds, from the type declarations of
 * kubernetes-models and its sisters. Their validators accept unknown fields, and so does an API server unless it is
 * asked not to: a typo would be dropped in silence.
 *
 * Run: node tools/generate-fields.ts
 */

const PACKAGES = [
  'kubernetes-models',
  '@kubernetes-models/gateway-api',
  '@kubernetes-models/cilium',
] as const;

/** API versions that no supported Kubernetes serves; their kinds are unknown, as they are to the API server. */
const REMOVED = /^(extensions|apps\/v1beta|authentication|authorization)/;

const MODULES = new URL('../node_modules/', import.meta.url);
const OUTPUT = new URL('../api/fields.generated.json', import.meta.url);

/** What a type declaration file declares and imports, by local name. */
interface Module {
  readonly file: string;
  readonly interfaces: Map<string, TSInterfaceDeclaration>;
  readonly aliases: Map<string, TSType>;
  readonly imports: Map<string, { readonly from: string; readonly name: string }>;
  /** Exported name to local name, where they differ. */
  readonly renamed: Map<string, string>;
}

type Declaration = {
  readonly module: Module;
  readonly interface?: TSInterfaceDeclaration;
  readonly alias?: TSType;
};

const modules = new Map<string, Module>();
const types: FieldType[] = [null];
const typeIds = new Map<object, number>();
const definitions: Record<string, number> = {};

/** @returns the table as written to the repository. */
export function fieldTable(): FieldTable {
  const kinds: Record<string, KindFields> = {};
  for (const [index, name] of PACKAGES.entries()) {
    for (const file of declarationFiles(fileURLToPath(new URL(name, MODULES)))) addKind(file, index, kinds);
  }
  return { packages: PACKAGES, kinds: sorted(kinds), definitions: sorted(definitions), types };
}

/** @returns the table as text, one type a line, so that a new version of a package shows as a readable difference. */
export function fieldTableText({ packages, kinds, definitions, types }: FieldTable): string {
  const block = (value: object) =>
    Object.entries(value)
      .map(([key, item]) => `    ${JSON.stringify(key)}: ${JSON.stringify(item)}`)
      .join(',\n');
  const list = types.map((type) => `    ${JSON.stringify(type)}`).join(',\n');
  return `{
  "packages": ${JSON.stringify(packages)},
  "kinds": {\n${block(kinds)}\n  },
  "definitions": {\n${block(definitions)}\n  },
  "types": [\n${list}\n  ]\n}\n`;
}

function declarationFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(({ name, parentPath }) => /^[A-Z]\w*\.d\.ts$/.test(name) && !parentPath.includes('_schemas'))
    .map(({ name, parentPath }) => join(parentPath, name))
    .sort();
}

function addKind(file: string, packageIndex: number, kinds: Record<string, KindFields>): void {
  const module = load(file);
  for (const declaration of module.interfaces.values()) {
    const apiVersion = literalOf(declaration, 'apiVersion');
    const kind = literalOf(declaration, 'kind');
    if (apiVersion === undefined || kind === undefined || REMOVED.test(apiVersion) || kind.endsWith('List'))
      continue;
    const local = declaration.id.name;
    const exported = [...module.renamed].find(([, name]) => name === local)?.[0] ?? local;
    kinds[`${apiVersion}/${kind}`] = [structOf(declaration, module, true), packageIndex, exported.slice(1)];
  }
}

function literalOf(declaration: TSInterfaceDeclaration, field: string): string | undefined {
  for (const member of declaration.body.body) {
    if (member.type !== 'TSPropertySignature' || nameOf(member.key) !== field) continue;
    const type = member.typeAnnotation?.typeAnnotation;
    if (type?.type === 'TSLiteralType' && 'value' in type.literal) return String(type.literal.value);
  }
  return undefined;
}

/** @param isKind whether it is a whole object, whose status no manifest sets */
function structOf(declaration: TSInterfaceDeclaration, module: Module, isKind = false): number {
  const known = typeIds.get(declaration);
  if (known !== undefined) return known;
  const fields: Record<string, number> = {};
  const id = types.push(fields) - 1;
  typeIds.set(declaration, id);
  const exported = [...module.renamed].find(([, name]) => name === declaration.id.name)?.[0];
  if (exported !== undefined && !isKind) definitions[exported.slice(1)] = id;
  for (const { expression } of declaration.extends) {
    if (expression.type !== 'Identifier' || expression.name === 'TypeMeta') continue;
    const base = types[typeOfName(expression.name, module)];
    if (base !== null && base !== undefined && !Array.isArray(base)) Object.assign(fields, base);
  }
  for (const member of declaration.body.body) {
    if (member.type !== 'TSPropertySignature')
      throw new Error(`${module.file}: ${member.type} in an interface`);
    const name = nameOf(member.key);
    const type = member.typeAnnotation?.typeAnnotation;
    fields[name] = type === undefined || (isKind && name === 'status') ? 0 : typeOf(type, module);
  }
  return id;
}

function typeOf(type: TSType, module: Module): number {
  switch (type.type) {
    case 'TSParenthesizedType':
      return typeOf(type.typeAnnotation, module);
    case 'TSArrayType':
      return typeOf(type.elementType, module);
    case 'TSTypeLiteral':
      return literalType(type, module);
    case 'TSUnionType':
    case 'TSIntersectionType':
      return merged(type.types.map((member) => typeOf(member, module)));
    case 'TSTypeReference': {
      if (type.typeName.type !== 'Identifier') return 0;
      const { name } = type.typeName;
      const [first] = type.typeArguments?.params ?? [];
      if (name === 'Array' && first !== undefined) return typeOf(first, module);
      return typeOfName(name, module);
    }
    default:
      return 0;
  }
}

/** Objects with fields, or with an index signature, which makes them maps. */
function literalType(type: Extract<TSType, { type: 'TSTypeLiteral' }>, module: Module): number {
  const known = typeIds.get(type);
  if (known !== undefined) return known;
  const [first] = type.members;
  if (first === undefined) return 0;
  if (first.type === 'TSIndexSignature') {
    const value = typeOf(first.typeAnnotation.typeAnnotation, module);
    return value === 0 || type.members.length > 1 ? 0 : types.push([value]) - 1;
  }
  const fields: Record<string, number> = {};
  const id = types.push(fields) - 1;
  typeIds.set(type, id);
  for (const member of type.members) {
    if (member.type !== 'TSPropertySignature') throw new Error(`${module.file}: ${member.type} in a type`);
    const annotation = member.typeAnnotation?.typeAnnotation;
    fields[nameOf(member.key)] = annotation === undefined ? 0 : typeOf(annotation, module);
  }
  return id;
}

/** One type that allows every field of several. */
function merged(ids: readonly number[]): number {
  const structures = [...new Set(ids.filter((id) => id !== 0))];
  const [only] = structures;
  if (only === undefined || structures.length === 1) return only ?? 0;
  const fields: Record<string, number> = {};
  for (const id of structures) {
    const type = types[id];
    if (type === null || type === undefined || Array.isArray(type)) return 0;
    Object.assign(fields, type);
  }
  return types.push(fields) - 1;
}

function typeOfName(name: string, module: Module): number {
  const found = lookUp(name, module);
  if (found === undefined) return 0;
  if (found.interface !== undefined) return structOf(found.interface, found.module);
  return found.alias === undefined ? 0 : typeOf(found.alias, found.module);
}

function lookUp(name: string, module: Module): Declaration | undefined {
  const local = module.renamed.get(name) ?? name;
  const declared = module.interfaces.get(local);
  if (declared !== undefined) return { module, interface: declared };
  const alias = module.aliases.get(local);
  if (alias !== undefined) return { module, alias };
  const imported = module.imports.get(local);
  if (imported === undefined) return undefined;
  return lookUp(imported.name, load(resolveFile(imported.from, module.file)));
}

function resolveFile(specifier: string, from: string): string {
  const base = specifier.startsWith('.')
    ? join(dirname(from), specifier)
    : fileURLToPath(new URL(specifier, MODULES));
  const file = `${base.replace(/\.js$/, '')}.d.ts`;
  if (!existsSync(file)) throw new Error(`${from} imports ${specifier}, which has no declarations`);
  return file;
}

function load(file: string): Module {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const module: Module = {
    file,
    interfaces: new Map(),
    aliases: new Map(),
    imports: new Map(),
    renamed: new Map(),
  };
  modules.set(file, module);
  for (const statement of program.body) declare(statement, module);
  return module;
}

function declare(statement: Statement, module: Module): void {
  if (statement.type === 'ImportDeclaration') {
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ImportSpecifier') continue;
      module.imports.set(specifier.local.name, {
        from: statement.source.value,
        name: nameOf(specifier.imported),
      });
    }
    return;
  }
  if (statement.type !== 'ExportNamedDeclaration') return;
  const { declaration } = statement;
  if (declaration?.type === 'TSInterfaceDeclaration') module.interfaces.set(declaration.id.name, declaration);
  if (declaration?.type === 'TSTypeAliasDeclaration')
    module.aliases.set(declaration.id.name, declaration.typeAnnotation);
  for (const { exported, local } of statement.specifiers) {
    if (nameOf(exported) !== nameOf(local)) module.renamed.set(nameOf(exported), nameOf(local));
  }
}

function nameOf(key: { readonly type: string; readonly name?: unknown; readonly value?: unknown }): string {
  return String(key.type === 'Identifier' ? key.name : key.value);
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(OUTPUT, fieldTableText(fieldTable()));
