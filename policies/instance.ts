import { createRequire } from 'node:module';
import type { LoadedPolicy } from '@open-policy-agent/opa-wasm';
import { InputError } from '../core/problem.ts';

// The SDK's ES module exports only loadPolicy, whose look at the global Response costs 40 ms of loading fetch.
const { loadPolicySync } = createRequire(import.meta.url)('@open-policy-agent/opa-wasm') as {
  loadPolicySync(module: WebAssembly.Module, memory: WebAssembly.MemoryDescriptor): LoadedPolicy;
};

/** What a call of an entrypoint gave: a value, `undefined` where the rule is undefined, or why it broke off. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** A module with its data, ready for calls. */
export interface ModuleInstance {
  /** @param input JSON, or none for rules that read only data */
  call(entrypoint: string, input?: ArrayBuffer): Answer;
}

/** 4 MiB; the SDK's default is less than the static data of a module that uses regular expressions. */
const INITIAL_PAGES = 64;

/**
 * @param documents the JSON that rules see as `data`
 * @throws InputError when the documents do not fit into the 4 GiB that a module can have
 */
export function openModule(module: WebAssembly.Module, documents: ArrayBuffer): ModuleInstance {
  const open = (): LoadedPolicy => {
    const policy = loadPolicySync(module, { initial: INITIAL_PAGES });
    try {
      policy.setData(documents);
    } catch (error) {
      const what = `${documents.byteLength} bytes of manifests do not fit into the memory of a policy module (${reasonOf(error)})`;
      throw new InputError([{ where: 'gate', what, remedy: 'gate parts of them by themselves' }]);
    }
    return policy;
  };
  let policy: LoadedPolicy | undefined = open();
  return {
    call(entrypoint, input) {
      policy ??= open();
      try {
        const [first] = policy.evaluate(input, entrypoint) as readonly { readonly result: unknown }[];
        return { ok: true, value: first?.result };
      } catch (error) {
        // a call that broke off leaves its stack behind: after some five hundred there is none left
        policy = undefined;
        return { ok: false, reason: reasonOf(error) };
      }
    },
  };
}

/** The SDK throws strings, plain objects and errors. */
function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
