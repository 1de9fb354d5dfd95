import type { Json } from '#shared/domain/json.ts';
import { sequenceDiff } from './sequence.ts';

/** A stretch of text that both sides have, or only one. */
export interface TextPiece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Words, each with the blanks before it, so that nothing is lost. */
const wordsOf = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/g) ?? [];

/** How one text becomes another, by words. */
export function textDiff(before: string, after: string): TextPiece[] {
  return sequenceDiff(wordsOf(before), wordsOf(after)).map(({ kind, items }) => ({
    kind,
    text: items.join(''),
  }));
}

/** JSON as it is read: two blanks a level. */
export function prettyJson(value: Json): string {
  return JSON.stringify(value, null, 2);
}

/** How one JSON value becomes another, by lines of its pretty form. */
export function jsonDiff(before: Json, after: Json): TextPiece[] {
  const lines = (value: Json): string[] => prettyJson(value).split('\n');
  return sequenceDiff(lines(before), lines(after)).map(({ kind, items }) => ({
    kind,
    text: items.join('\n'),
  }));
}

/** True when so little stayed that both sides are better read one after the other. */
export function isRewritten(pieces: readonly TextPiece[]): boolean {
  const length = (kinds: readonly TextPiece['kind'][]): number =>
    pieces.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { text }) => sum + text.trim().length, 0);
  return length(['same']) * 2 < length(['removed', 'added']);
}
