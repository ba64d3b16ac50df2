import type { Json } from '../../core/manifest.ts';
import { textAt, valueAt } from '../../inventory/index.ts';
import { replacePrefix, splitTarget } from './path.ts';
import type { RequestMatch } from './request-match.ts';

/** A request target with its path replaced, its query kept. */
export function modifiedTarget(target: string, modifier: Json | undefined, match: RequestMatch): string {
  const { path, query } = splitTarget(target);
  switch (textAt(modifier, 'type')) {
    case 'ReplaceFullPath': {
      const full = valueAt(modifier, 'replaceFullPath');
      return (typeof full === 'string' && full !== '' ? full : '/') + query;
    }
    case 'ReplacePrefixMatch': {
      const replacement = valueAt(modifier, 'replacePrefixMatch');
      const prefix = match.path.type === 'prefix' ? match.path.prefix : '';
      return replacePrefix(path, prefix, typeof replacement === 'string' ? replacement : '') + query;
    }
    default:
      return target;
  }
}
