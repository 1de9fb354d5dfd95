import Database from 'better-sqlite3';
import type { DisclosureLevel, ApprovedQuestion, ConversationTurn } from '#shared/contract/ask.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { NameIndex } from '../../model/name-index.ts';
import { questionTables } from '../question-schema.ts';
import type { Meaning } from '../propose/lexicon.ts';

/** What the model sees besides the tables, by level. All of it is in the request body, which the person sees before it is sent. */
export interface Disclosed {
  /** The project of the conversation. */
  about: { id: string; name: string } | null;
  names: readonly { type: string; id: string; name: string }[];
  approved: readonly Pick<ApprovedQuestion, 'question' | 'sql'>[];
  earlier: readonly Pick<ConversationTurn, 'question' | 'sql'>[];
  rows: Readonly<Record<string, readonly unknown[]>>;
}

export const nothingDisclosed: Disclosed = { about: null, names: [], approved: [], earlier: [], rows: {} };

/** Types whose names are listed. People are named only if the question names them. */
const listed: ReadonlySet<EntityType> = new Set<EntityType>(['university', 'project', 'team']);
const mostNames = 200;
const sampleRows = 3;
const longestValue = 80;

/** Whether a level includes another. */
export function allowsDisclosure(level: DisclosureLevel, needed: 'names' | 'rows'): boolean {
  return level === 'rows' || level === needed;
}

/** The records that the question names, and those of the listed types. */
export function namesFor(
  names: NameIndex,
  found: ReadonlyMap<string, readonly Meaning[]>,
): Disclosed['names'] {
  const named = [...found.values()]
    .flat()
    .flatMap((one) => (one.is === 'name' ? [{ type: one.type, id: one.id, name: one.title }] : []));
  const others = [...names.live(listed)]
    .map(({ type, id, title }) => ({ type: type as string, id, name: title }))
    .toSorted((a, b) => compareNames(a.name, b.name));
  const all = new Map([...named, ...others].map((one) => [one.id, one]));
  return [...all.values()].slice(0, mostNames);
}

/** The first rows of each table of the question database. */
export function sampleOf(file: string): Disclosed['rows'] {
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
        typeof value === 'string' && value.length > longestValue ? `${value.slice(0, longestValue)}…` : value,
      ]),
  );
}
