import type { Json } from '#shared/domain/json.ts';
import { notesLines } from '../../../text/notes-lines.ts';

/** Adjacent items that are in both sequences, or in only one. */
export interface Piece {
  kind: 'same' | 'removed' | 'added';
  items: readonly string[];
}

/** Above this number of comparisons, everything between the common start and end is shown as replaced. */
const maxComparisons = 1_000_000;

/** At [i][j], the length of the longest common subsequence of `a` from index i and `b` from index j. */
type LcsTable = readonly Uint32Array[];

function buildLcsTable(a: readonly string[], b: readonly string[]): LcsTable {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = table[i] as Uint32Array;
    const nextRow = table[i + 1] as Uint32Array;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] =
        a[i] === b[j] ? (nextRow[j + 1] as number) + 1 : Math.max(nextRow[j] as number, row[j + 1] as number);
    }
  }
  return table;
}

function diffMiddle(a: readonly string[], b: readonly string[]): Piece[] {
  if (a.length * b.length > maxComparisons) {
    return [
      { kind: 'removed', items: a },
      { kind: 'added', items: b },
    ];
  }
  const table = buildLcsTable(a, b);
  const lcsLength = (i: number, j: number): number => table[i]?.[j] ?? 0;
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: 'same', items: [a[i] as string] });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || lcsLength(i + 1, j) >= lcsLength(i, j + 1))) {
      pieces.push({ kind: 'removed', items: [a[i++] as string] });
    } else {
      pieces.push({ kind: 'added', items: [b[j++] as string] });
    }
  }
  return pieces;
}

function commonStartLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function commonEndLength(a: readonly string[], b: readonly string[], start: number): number {
  let length = 0;
  const maxLength = Math.min(a.length, b.length) - start;
  while (length < maxLength && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}

function mergeAdjacent(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const lastPiece = result.at(-1);
    if (lastPiece?.kind === piece.kind)
      result[result.length - 1] = { ...lastPiece, items: [...lastPiece.items, ...piece.items] };
    else if (piece.items.length > 0) result.push(piece);
  }
  return result;
}

/** The pieces in order: those without additions make up `before`, those without removals `after`. */
export function sequenceDiff(before: readonly string[], after: readonly string[]): Piece[] {
  const start = commonStartLength(before, after);
  const end = commonEndLength(before, after, start);
  return mergeAdjacent([
    { kind: 'same', items: before.slice(0, start) },
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    { kind: 'same', items: before.slice(before.length - end) },
  ]);
}

/** A text that is in both versions, or in only one. */
export interface TextPiece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Words with the spaces before them. */
const wordsOf = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/g) ?? [];

export function textDiff(before: string, after: string): TextPiece[] {
  return sequenceDiff(wordsOf(before), wordsOf(after)).map(({ kind, items }) => ({
    kind,
    text: items.join(''),
  }));
}

export function notesDiff(before: Json, after: Json): TextPiece[] {
  return sequenceDiff(notesLines(before), notesLines(after)).map(({ kind, items }) => ({
    kind,
    text: items.join('\n'),
  }));
}

/** Whether the texts have too little in common to be shown as one merged text. */
export function isRewritten(pieces: readonly TextPiece[]): boolean {
  const lengthOf = (kinds: readonly TextPiece['kind'][]): number =>
    pieces.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { text }) => sum + text.trim().length, 0);
  return lengthOf(['same']) * 2 < lengthOf(['removed', 'added']);
}
