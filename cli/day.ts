import { InvalidArgumentError } from 'commander';
import { isDay } from '../policies/exceptions-file.ts';

/** Reads the value of `--today`. @throws InvalidArgumentError where it is no day of the calendar */
export function parseDay(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError('write it as YYYY-MM-DD.');
  return value;
}
