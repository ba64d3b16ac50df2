import type { InventoryObject } from '../inventory/model.ts';

/** Turns objects into the bytes that a module takes as input; each object once, however many packs ask. */
export interface InputEncoder {
  encode(object: InventoryObject): ArrayBuffer;
}

/** @returns an encoder that keeps what it has encoded. */
export function inputEncoder(): InputEncoder {
  const known = new Map<InventoryObject, ArrayBuffer>();
  return {
    encode(object) {
      let bytes = known.get(object);
      if (bytes === undefined) {
        bytes = encodeJson(object.manifest);
        known.set(object, bytes);
      }
      return bytes;
    },
  };
}

const encoder = new TextEncoder();

/** @returns a value as UTF-8 JSON in a buffer of exactly its length. */
export function encodeJson(value: unknown): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = encoder.encode(wellFormed(JSON.stringify(value)));
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

/** JSON escapes half of a surrogate pair, and nothing else, as `\\udxxx`; OPA refuses the whole document for it. */
function wellFormed(json: string): string {
  return json.includes('\\ud') ? json.replaceAll(/(?<!\\)((?:\\\\)*)\\ud[0-9a-f]{3}/g, '$1\\ufffd') : json;
}
