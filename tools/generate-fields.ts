import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TSInterfaceDeclaration, TSType } from 'oxc-parser';
import type { FieldTable, FieldType, KindFields } from '../api/fields.ts';
import { exportedName, load, lookUp, type Module, nameOf, PACKAGES_FOLDER } from './type-declarations.ts';

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

const OUTPUT = new URL('../api/fields.generated.json', import.meta.url);

const types: FieldType[] = [null];
const typeIds = new Map<object, number>();
const definitions: Record<string, number> = {};

/** @returns the table as written to the repository. */
export function fieldTable(): FieldTable {
  const kinds: Record<string, KindFields> = {};
  for (const [index, name] of PACKAGES.entries()) {
    for (const file of declarationFiles(fileURLToPath(new URL(name, PACKAGES_FOLDER))))
      addKind(file, index, kinds);
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
    const definition = (exportedName(declaration, module) ?? declaration.id.name).slice(1);
    kinds[`${apiVersion}/${kind}`] = [structOf(declaration, module, true), packageIndex, definition];
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
  const exported = exportedName(declaration, module);
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

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(OUTPUT, fieldTableText(fieldTable()));
