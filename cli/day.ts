import { InvalidArgumentError } from 'commander';
import { isDay } from '../policies/exceptions-file.ts';

/** Reads the value of `--today`. @throws InvalidArgumentError where it is no day of the calendar */
export function parseDay(value: string): string {
  if (isDay(value)) return value;
  const form = /^\d{4}-\d{2}-\d{2}$/.test(value);
  throw new InvalidArgumentError(form ? 'there is no such day in the calendar.' : 'write it as YYYY-MM-DD.');
}
