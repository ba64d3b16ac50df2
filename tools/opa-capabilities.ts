import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOpa, OPA_MODULE, OPA_VERSION } from '../policies/build/opa.ts';

/**
 * Writes rego/capabilities.json: the builtins that OPA compiles into the WASM module itself. Everything else
 * would be a host function, whose JavaScript form differs from OPA's own; with these capabilities its use is
 * a build error. Run it when the pinned version of opa changes: `node tools/opa-capabilities.ts`.
 */
const FEATURES = ['keywords_in_refs', 'rego_v1', 'template_strings'];

interface Capabilities {
  readonly builtins: readonly { readonly name: string }[];
}

function moduleFolder(): string {
  const answer = execFileSync('go', ['mod', 'download', '-json', `${OPA_MODULE}@${OPA_VERSION}`], {
    encoding: 'utf8',
  });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

/** Names of the builtins in the compiler's table, which is keyed by Go variables. */
function nativeBuiltins(folder: string): Set<string> {
  const declared = readFileSync(join(folder, 'v1/ast/builtins.go'), 'utf8');
  const names = new Map<string, string>();
  for (const [, variable = '', name = ''] of declared.matchAll(/var (\w+) = &Builtin\{\s*Name:\s*"([^"]+)"/g))
    names.set(variable, name);
  const compiler = readFileSync(join(folder, 'internal/compiler/wasm/wasm.go'), 'utf8');
  const table = compiler.slice(
    compiler.indexOf('builtinsFunctions = '),
    compiler.indexOf('builtinsUsingRE2'),
  );
  const native = new Set<string>();
  for (const [, variable = ''] of table.matchAll(/ast\.(\w+)\.Name:/g)) {
    const name = names.get(variable);
    if (name === undefined)
      throw new Error(`builtin ${variable} of the WASM compiler is not declared in builtins.go`);
    native.add(name);
  }
  // planned away or given by the module's own runtime, so not in the table
  for (const name of ['eq', 'assign', 'internal.member_2', 'internal.member_3']) native.add(name);
  return native;
}

const opa = await findOpa();
const all = JSON.parse(
  execFileSync(opa, ['capabilities', '--current'], { encoding: 'utf8' }),
) as Capabilities;
const native = nativeBuiltins(moduleFolder());
const builtins = all.builtins.filter(({ name }) => native.has(name));
const missing = [...native].filter((name) => !builtins.some((builtin) => builtin.name === name));
const file = fileURLToPath(new URL('../rego/capabilities.json', import.meta.url));
writeFileSync(
  file,
  `${JSON.stringify(
    {
      builtins,
      features: FEATURES,
      wasm_abi_versions: [
        { version: 1, minor_version: 1 },
        { version: 1, minor_version: 2 },
        { version: 1, minor_version: 3 },
      ],
    },
    null,
    1,
  )}\n`,
);
process.stdout.write(
  `${builtins.length} builtins in ${file}${missing.length > 0 ? `; not known to opa: ${missing.join(', ')}` : ''}\n`,
);
