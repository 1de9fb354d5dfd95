import type { Json } from '#shared/domain/json.ts';
import { linesOf } from '../../../text/notes-lines.ts';
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

/** How notes become others, by their lines. */
export function notesDiff(before: Json, after: Json): TextPiece[] {
  return sequenceDiff(linesOf(before), linesOf(after)).map(({ kind, items }) => ({
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
