import { InvalidArgumentError } from 'commander';

/**
 * The parser of an option that takes several names, separated by commas or given again, so that it may stand
 * before a command's own arguments without taking them too.
 *
 * @throws InvalidArgumentError when no name is given
 * @example command.option('--pack <names>', 'packs to check', listOption);
 */
export function listOption(value: string, before: readonly string[] | undefined): string[] {
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('give at least one name.');
  return [...(before ?? []), ...names];
}
