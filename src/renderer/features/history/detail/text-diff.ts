import type { Json } from '#shared/domain/json.ts';
import { linesOf } from '../../../text/notes-lines.ts';

/** A run of items that both sides have, or only one. */
export interface Piece {
  kind: 'same' | 'removed' | 'added';
  items: readonly string[];
}

/** Limit of comparisons; beyond it the middle is shown as replaced. */
const mostSteps = 1_000_000;

type Table = readonly Uint32Array[];

function tailTable(a: readonly string[], b: readonly string[]): Table {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = table[i] as Uint32Array;
    const below = table[i + 1] as Uint32Array;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] =
        a[i] === b[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  return table;
}

function middle(a: readonly string[], b: readonly string[]): Piece[] {
  if (a.length * b.length > mostSteps) {
    return [
      { kind: 'removed', items: a },
      { kind: 'added', items: b },
    ];
  }
  const table = tailTable(a, b);
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: 'same', items: [a[i] as string] });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'removed', items: [a[i++] as string] });
    } else {
      pieces.push({ kind: 'added', items: [b[j++] as string] });
    }
  }
  return pieces;
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function commonEnd(a: readonly string[], b: readonly string[], start: number): number {
  let length = 0;
  const most = Math.min(a.length, b.length) - start;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.kind === piece.kind)
      result[result.length - 1] = { ...last, items: [...last.items, ...piece.items] };
    else if (piece.items.length > 0) result.push(piece);
  }
  return result;
}

/** How `before` becomes `after`, in order: without additions it is `before`, without removals `after`. */
export function sequenceDiff(before: readonly string[], after: readonly string[]): Piece[] {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  return joined([
    { kind: 'same', items: before.slice(0, start) },
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    { kind: 'same', items: before.slice(before.length - end) },
  ]);
}

/** A piece of text that both sides have, or only one. */
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
  return sequenceDiff(linesOf(before), linesOf(after)).map(({ kind, items }) => ({
    kind,
    text: items.join('\n'),
  }));
}

/** Whether too little is common for one text. */
export function isRewritten(pieces: readonly TextPiece[]): boolean {
  const length = (kinds: readonly TextPiece['kind'][]): number =>
    pieces.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { text }) => sum + text.trim().length, 0);
  return length(['same']) * 2 < length(['removed', 'added']);
}
