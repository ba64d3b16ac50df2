import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, type Statement, type TSInterfaceDeclaration, type TSType } from 'oxc-parser';

/** Where the packages are installed whose declarations are read. */
export const PACKAGES_FOLDER = new URL('../node_modules/', import.meta.url);

/** What a type declaration file declares and imports, by local name. */
export interface Module {
  readonly file: string;
  readonly interfaces: Map<string, TSInterfaceDeclaration>;
  readonly aliases: Map<string, TSType>;
  readonly imports: Map<string, { readonly from: string; readonly name: string }>;
  /** Exported name to local name, where they differ. */
  readonly renamed: Map<string, string>;
}

/** What a name stands for. */
export type Declaration = {
  readonly module: Module;
  readonly interface?: TSInterfaceDeclaration;
  readonly alias?: TSType;
};

const modules = new Map<string, Module>();

/** @returns the name under which a package exports an interface beside its own: its full OpenAPI name with an `I` before it. */
export function exportedName(declaration: TSInterfaceDeclaration, module: Module): string | undefined {
  return [...module.renamed].find(([, name]) => name === declaration.id.name)?.[0];
}

/** @returns what a name means in a module, followed through imports; undefined for the language's own. */
export function lookUp(name: string, module: Module): Declaration | undefined {
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
    : fileURLToPath(new URL(specifier, PACKAGES_FOLDER));
  const file = `${base.replace(/\.js$/, '')}.d.ts`;
  if (!existsSync(file)) throw new Error(`${from} imports ${specifier}, which has no declarations`);
  return file;
}

/** @returns a declaration file, parsed once. */
export function load(file: string): Module {
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

/** @returns an identifier's or a string literal's text. */
export function nameOf(key: {
  readonly type: string;
  readonly name?: unknown;
  readonly value?: unknown;
}): string {
  return String(key.type === 'Identifier' ? key.name : key.value);
}
