import Database from 'better-sqlite3';
import type { DisclosureLevel, ApprovedQuestion, ConversationTurn } from '#shared/contract/ask.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { NameIndex } from '../../model/name-index.ts';
import { questionTables } from '../question-schema.ts';
import type { Meaning } from '../propose/lexicon.ts';

/** The data in a request in addition to the schema, by level. All of it is in the request body, which the person sees before sending. */
export interface Disclosure {
  project: { id: string; name: string } | null;
  names: readonly { type: string; id: string; name: string }[];
  approvedQuestions: readonly Pick<ApprovedQuestion, 'question' | 'sql'>[];
  earlierQuestions: readonly Pick<ConversationTurn, 'question' | 'sql'>[];
  rows: Readonly<Record<string, readonly unknown[]>>;
}

export const emptyDisclosure: Disclosure = {
  project: null,
  names: [],
  approvedQuestions: [],
  earlierQuestions: [],
  rows: {},
};

/** Types whose names are listed. People are named only if the question names them. */
const listedTypes: ReadonlySet<EntityType> = new Set<EntityType>([
  'university',
  'project',
  'organisation',
  'team',
]);
const maxNames = 200;
const rowsPerTable = 3;
const maxValueLength = 80;

/** Whether a level includes another. */
export function allowsDisclosure(level: DisclosureLevel, needed: 'names' | 'rows'): boolean {
  return level === 'rows' || level === needed;
}

/** The records that the question names, then all records of the listed types. */
export function collectNames(
  names: NameIndex,
  meaningsByPhrase: ReadonlyMap<string, readonly Meaning[]>,
): Disclosure['names'] {
  const namesInQuestion = [...meaningsByPhrase.values()]
    .flat()
    .flatMap((meaning) =>
      meaning.is === 'name' ? [{ type: meaning.type, id: meaning.id, name: meaning.title }] : [],
    );
  const listedNames = [...names.visibleNames(listedTypes)]
    .map(({ type, id, title }) => ({ type: type as string, id, name: title }))
    .toSorted((a, b) => compareNames(a.name, b.name));
  const recordsById = new Map([...namesInQuestion, ...listedNames].map((record) => [record.id, record]));
  return [...recordsById.values()].slice(0, maxNames);
}

/** The first rows of each table of the question database. */
export function readSample(file: string): Disclosure['rows'] {
  const db = new Database(file, { readonly: true });
  try {
    return Object.fromEntries(
      questionTables.flatMap(({ name }) => {
        const rows = db.prepare(`SELECT * FROM "${name}" LIMIT ${rowsPerTable}`).all() as Record<
          string,
          unknown
        >[];
        return rows.length === 0 ? [] : [[name, rows.map(shortenRow)] as const];
      }),
    );
  } finally {
    db.close();
  }
}

/** The row without empty columns; long texts are cut. */
function shortenRow(row: Record<string, unknown>): Record<string, unknown> {
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
