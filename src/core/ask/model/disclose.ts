import Database from 'better-sqlite3';
import type { DisclosureLevel, ApprovedQuestion, ConversationTurn } from '#shared/contract/ask.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { NameIndex } from '../../model/name-index.ts';
import { questionTables } from '../question-schema.ts';
import type { Meaning } from '../propose/lexicon.ts';

/** The data in a request in addition to the schema, by level. All of it is in the request body, which the person sees before sending. */
export interface Disclosure {
  /** The project of the conversation. */
  project: { id: string; name: string } | null;
  names: readonly { type: string; id: string; name: string }[];
  approved: readonly Pick<ApprovedQuestion, 'question' | 'sql'>[];
  earlier: readonly Pick<ConversationTurn, 'question' | 'sql'>[];
  rows: Readonly<Record<string, readonly unknown[]>>;
}

export const nothingDisclosed: Disclosure = { project: null, names: [], approved: [], earlier: [], rows: {} };

/** Types whose names are listed. People are named only if the question names them. */
const listedTypes: ReadonlySet<EntityType> = new Set<EntityType>(['university', 'project', 'team']);
const maxNames = 200;
const sampleRows = 3;
const maxValueLength = 80;

/** Whether a level includes another. */
export function allowsDisclosure(level: DisclosureLevel, needed: 'names' | 'rows'): boolean {
  return level === 'rows' || level === needed;
}

/** The records that the question names, then all records of the listed types. */
export function collectNames(
  names: NameIndex,
  found: ReadonlyMap<string, readonly Meaning[]>,
): Disclosure['names'] {
  const namesInQuestion = [...found.values()]
    .flat()
    .flatMap((one) => (one.is === 'name' ? [{ type: one.type, id: one.id, name: one.title }] : []));
  const others = [...names.visibleNames(listedTypes)]
    .map(({ type, id, title }) => ({ type: type as string, id, name: title }))
    .toSorted((a, b) => compareNames(a.name, b.name));
  const recordsById = new Map([...namesInQuestion, ...others].map((one) => [one.id, one]));
  return [...recordsById.values()].slice(0, maxNames);
}

/** The first rows of each table of the question database. */
export function readSample(file: string): Disclosure['rows'] {
  const db = new Database(file, { readonly: true });
  try {
    return Object.fromEntries(
      questionTables.flatMap(({ name }) => {
        const rows = db.prepare(`SELECT * FROM "${name}" LIMIT ${sampleRows}`).all() as Record<
          string,
          unknown
        >[];
        return rows.length === 0 ? [] : [[name, rows.map(shorten)] as const];
      }),
    );
  } finally {
    db.close();
  }
}

/** The row without empty columns; long texts are cut. */
function shorten(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null && value !== '')
      .map(([column, value]) => [
        column,
        typeof value === 'string' && value.length > maxValueLength
          ? `${value.slice(0, maxValueLength)}…`
          : value,
      ]),
  );
}
