/** Whether something holds, or the data of the running cluster that decides it. */
export type Certainty = boolean | readonly string[];

export function both(a: Certainty, b: Certainty): Certainty {
  if (a === false || b === false) return false;
  if (a === true) return b;
  return b === true ? a : [...new Set([...a, ...b])];
}

export function not(a: Certainty): Certainty {
  return typeof a === 'boolean' ? !a : a;
}

export function either(a: Certainty, b: Certainty): Certainty {
  return not(both(not(a), not(b)));
}
