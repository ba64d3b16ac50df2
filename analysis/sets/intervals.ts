/**
 * A set of points as half-open intervals `[start, end)`, in normal form: ascending, none empty, none touching the
 * next. Two sets are equal iff their intervals are.
 */
export type Intervals<T extends number | bigint> = readonly (readonly [start: T, end: T])[];

/** @returns the set of points that lie in any of the intervals, which may be unordered, overlapping or empty. */
export function intervals<T extends number | bigint>(
  parts: Iterable<readonly [start: T, end: T]>,
): Intervals<T> {
  const ordered = [...parts].filter(([start, end]) => start < end);
  ordered.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const normal: [T, T][] = [];
  for (const [start, end] of ordered) {
    const last = normal.at(-1);
    if (last === undefined || last[1] < start) normal.push([start, end]);
    else if (last[1] < end) last[1] = end;
  }
  return normal;
}

export function union<T extends number | bigint>(left: Intervals<T>, right: Intervals<T>): Intervals<T> {
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  return intervals([...left, ...right]);
}

export function intersection<T extends number | bigint>(
  left: Intervals<T>,
  right: Intervals<T>,
): Intervals<T> {
  const common: [T, T][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const [a, b] = [left[i], right[j]];
    if (a === undefined || b === undefined) break;
    const start = a[0] > b[0] ? a[0] : b[0];
    const end = a[1] < b[1] ? a[1] : b[1];
    if (start < end) common.push([start, end]);
    if (a[1] < b[1]) i += 1;
    else j += 1;
  }
  return common;
}

/** @returns the points of `left` that are not in `right`. */
export function difference<T extends number | bigint>(left: Intervals<T>, right: Intervals<T>): Intervals<T> {
  const rest: [T, T][] = [];
  let j = 0;
  for (const [start, end] of left) {
    let from = start;
    for (; j < right.length; j += 1) {
      const hole = right[j];
      if (hole === undefined || hole[0] >= end) break;
      if (hole[0] > from) rest.push([from, hole[0]]);
      if (hole[1] > from) from = hole[1];
      // a hole that reaches beyond may cut the next interval as well
      if (hole[1] > end) break;
    }
    if (from < end) rest.push([from, end]);
  }
  return rest;
}

export function contains<T extends number | bigint>(set: Intervals<T>, point: T): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [start, end] = set[middle] ?? [];
    if (start === undefined || end === undefined) return false;
    if (point < start) high = middle;
    else if (point >= end) low = middle + 1;
    else return true;
  }
  return false;
}

/** @returns whether every point of `part` is in `whole`. */
export function covers<T extends number | bigint>(whole: Intervals<T>, part: Intervals<T>): boolean {
  return difference(part, whole).length === 0;
}

export function sameIntervals<T extends number | bigint>(left: Intervals<T>, right: Intervals<T>): boolean {
  return (
    left.length === right.length &&
    left.every(([start, end], index) => start === right[index]?.[0] && end === right[index]?.[1])
  );
}
