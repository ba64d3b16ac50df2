/** Orders texts by their code units, which is the same on every machine; for `sort`. */
export function compareText(first: string, second: string): number {
  return first === second ? 0 : first < second ? -1 : 1;
}
