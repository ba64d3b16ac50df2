import { type LoadedPolicy, loadPolicy } from '@open-policy-agent/opa-wasm';

/** What a call of an entrypoint gave: a value, `undefined` where the rule is undefined, or why it broke off. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** A module with its data, ready for calls. */
export interface ModuleInstance {
  /** @param input JSON, or none for rules that read only data */
  call(entrypoint: string, input?: ArrayBuffer): Answer;
  /** Starts afresh. Needed after an answer that is not ok: a call that broke off leaves its stack behind. */
  restart(): Promise<void>;
}

/** 4 MiB; the SDK's default is less than the static data of a module that uses regular expressions. */
const INITIAL_PAGES = 64;

/** @param documents the JSON that rules see as `data` */
export async function openModule(
  module: WebAssembly.Module,
  documents: ArrayBuffer,
): Promise<ModuleInstance> {
  const open = async (): Promise<LoadedPolicy> => {
    const policy = await loadPolicy(module, { initial: INITIAL_PAGES });
    policy.setData(documents);
    return policy;
  };
  let policy = await open();
  return {
    call: (entrypoint, input) => answerOf(() => policy.evaluate(input, entrypoint)),
    restart: async () => {
      policy = await open();
    },
  };
}

function answerOf(evaluate: () => unknown): Answer {
  try {
    const [first] = evaluate() as readonly { readonly result: unknown }[];
    return { ok: true, value: first?.result };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** The SDK throws strings, plain objects and errors. */
function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
