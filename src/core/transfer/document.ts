import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { jsonPath } from './json-path.ts';
import type { Segment } from './json-path.ts';
import { sections } from './keys.ts';
import type { InexactNumber, ParsedDocument } from './parse.ts';
import type { Problems } from './problems.ts';
import { refusal } from './refuse.ts';

/** A parsed file that has the outer form of frames-json. */
export interface FramesDocument {
  root: JsonObject;
  /** The exact digits of a number that was too long for JavaScript. */
  exactText: (holder: object, key: Segment) => string | undefined;
  /** All such numbers within a record. */
  inexactIn: (record: object) => readonly InexactNumber[];
}

/**
 * Checks the outer form: an object with at least one list that is known, and what should be lists is. Throws BAD_FILE with
 * reason not_an_object, list_that_is_no_list or nothing_to_import. Notes sections that are not known, and keys given twice.
 */
export function openDocument(parsed: ParsedDocument, problems: Problems): FramesDocument {
  const { value: root } = parsed;
  if (!isJsonObject(root)) {
    throw refusal(
      'not_an_object',
      `The file holds ${kindOf(root)} where an object with lists of records is expected.`,
      { path: '$' },
    );
  }
  for (const path of parsed.duplicateKeys) {
    problems.add(
      path,
      'duplicate_key',
      'last_wins',
      'The key is given more than once; the last value counts.',
    );
  }
  let known = 0;
  for (const [key, value] of Object.entries(root)) {
    if (!sections.has(key)) {
      problems.add([key], 'unknown_section', 'ignored', 'FRAMES knows no such section; it is not imported.');
      continue;
    }
    known += 1;
    if (Array.isArray(value)) continue;
    const path = jsonPath([key]);
    throw refusal('list_that_is_no_list', `${path} should be a list of records and is ${kindOf(value)}.`, {
      path,
    });
  }
  if (known === 0) {
    const lists = [...sections.keys()].join(', ');
    throw refusal('nothing_to_import', `The file has none of the lists that can be imported: ${lists}.`, {
      path: '$',
    });
  }
  return { root, ...indexNumbers(parsed.inexactNumbers) };
}

/** A record lies two steps into the file: its section, its index. */
const recordDepth = 2;

function indexNumbers(numbers: readonly InexactNumber[]): Pick<FramesDocument, 'exactText' | 'inexactIn'> {
  const texts = new Map<object, Map<Segment, string>>();
  const byRecord = new Map<object, InexactNumber[]>();
  for (const number of numbers) {
    const holder = number.within.at(-1);
    const record = number.within[recordDepth];
    if (!holder || !record) continue;
    entry(texts, holder, () => new Map<Segment, string>()).set(number.path.at(-1) as Segment, number.text);
    entry(byRecord, record, (): InexactNumber[] => []).push(number);
  }
  return {
    exactText: (holder, key) => texts.get(holder)?.get(key),
    inexactIn: (record) => byRecord.get(record) ?? [],
  };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'an object'
    : `a ${typeof value === 'boolean' ? 'yes-or-no value' : typeof value}`;
}
