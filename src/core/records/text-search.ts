import { fold } from '#shared/domain/fold.ts';
import type { TextHit } from '#shared/contract/entities.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { visible } from '../kernel/db/schema.ts';
import type { Services } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';
import { pagesOf } from '../network/pages.ts';

/** So much of a text is shown around what was found, in characters. */
const around = 40;
/** Others may have their turn after so many records. */
const often = 200;

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');

/** Texts of a payload by their fields; of what is nested all texts of a field together. What a reference leads to has a name of its own; values of a list are for filters. */
function* textsOf(
  type: EntityType,
  payload: JsonObject,
): Generator<[field: string, text: string], void, void> {
  for (const [field, value] of Object.entries(payload)) {
    const kind = fieldOf(type, field)?.kind;
    if (
      kind === 'reference' ||
      kind === 'references' ||
      kind === 'choice' ||
      field === 'from' ||
      field === 'to'
    )
      continue;
    const text = [...textsIn(value)].join(' · ');
    if (text !== '') yield [field, text];
  }
}

function* textsIn(value: Json | undefined): Generator<string, void, void> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object')
    for (const one of Object.values(value)) yield* textsIn(one);
}

/** What stands around the first of the words, with … where it goes on. Folding may change how long a text is: then its beginning. */
function excerptOf(text: string, words: readonly string[]): string {
  const folded = fold(text);
  const found = folded.length === text.length ? folded.indexOf(words[0] ?? '') : 0;
  const from = found <= around ? 0 : text.lastIndexOf(' ', found - around / 2) + 1;
  const to = Math.min(text.length, found + 2 * around);
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
}

/**
 * Live records with all words in one of their texts (names, descriptions, notes, custom fields, whatever is nested), as they come.
 * Yields how many it has looked at.
 */
export function* searchTexts(
  { read, names }: Pick<Services, 'read' | 'names'>,
  { text, limit }: { text: string; limit: number },
): Generator<number, TextHit[], void> {
  const words = wordsOf(text);
  // As they stand in JSON.
  const escaped = words.map((word) => JSON.stringify(word).slice(1, -1));
  const hits: TextHit[] = [];
  if (words.length === 0) return hits;
  let done = 0;
  for (const type of entityTypes) {
    const rows = { select: 'r.id, r.payload', table: tableOf[type], condition: visible('r') };
    for (const page of pagesOf(read, rows)) {
      for (const [id, stored] of page as [string, string][]) {
        if (++done % often === 0) yield done;
        // Most records have none of the words anywhere, their keys included.
        const folded = fold(stored);
        if (!escaped.every((word) => folded.includes(word))) continue;
        const payload = JSON.parse(stored) as JsonObject;
        for (const [field, value] of textsOf(type, payload)) {
          const its = fold(value);
          if (!words.every((word) => its.includes(word))) continue;
          const university_id = names.find(id)?.university_id ?? null;
          const title = names.title(id) ?? readTitle(read, type, payload);
          hits.push({ id, type, title, university_id, field, excerpt: excerptOf(value, words) });
          break;
        }
        if (hits.length === limit) return hits;
      }
    }
  }
  return hits;
}
