import { clause } from '#shared/texts/sentence.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import type { Segment } from '../json/parse.ts';

/** The refusal of a file that has no list or object at a path. It names the list and the number of the item. */
export function shapeFault(path: readonly Segment[], expected: 'list' | 'object') {
  const last = path.at(-1);
  if (last === undefined) return fileRefusal('not_a_graph', { why: clause('readable') });
  const list = String(path.at(-2));
  const why =
    typeof last === 'number'
      ? clause('itemNoObject', { number: last + 1, list })
      : clause(expected === 'list' ? 'noList' : 'noObject', { name: last });
  return fileRefusal('not_a_graph', { why });
}

/** The refusal of a file: the item at a path lacks a key. */
export function missingKeyFault(path: readonly Segment[], key: string) {
  const number = Number(path.at(-1)) + 1;
  return fileRefusal('not_a_graph', { why: clause('itemLacks', { number, list: String(path.at(-2)), key }) });
}
