import { typeName } from '../../../text/names.ts';
import type { NetNode } from './model.ts';

/** What tells nodes of one name apart: the type, and whose it is. `titles` knows the names behind ids. */
export function whoseNode(
  { type, university }: Pick<NetNode, 'type' | 'university'>,
  titles: ReadonlyMap<string, string>,
): string {
  const name = type === 'university' ? undefined : titles.get(university ?? '');
  return name === undefined ? typeName(type) : `${typeName(type)} · ${name}`;
}
