/** Whether something holds; undefined where the input and the question do not say. */
export type Ternary = boolean | undefined;

/** @returns false where any is false, else undefined where any is unknown. */
export function every<Item>(items: Iterable<Item>, test: (item: Item) => Ternary): Ternary {
  let all: Ternary = true;
  for (const item of items) {
    const held = test(item);
    if (held === false) return false;
    if (held === undefined) all = undefined;
  }
  return all;
}

/** @returns true where any is true, else undefined where any is unknown. */
export function some<Item>(items: Iterable<Item>, test: (item: Item) => Ternary): Ternary {
  return not(every(items, (item) => not(test(item))));
}

export function not(value: Ternary): Ternary {
  return value === undefined ? undefined : !value;
}
