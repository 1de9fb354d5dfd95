import type { EarlierHit } from '#shared/contract/search.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { Services } from '../model/services.ts';
import { excerptOf } from './excerpt.ts';
import { filterSql } from './filters.ts';
import type { Filters } from './filters.ts';
import { searchWords } from './find.ts';
import { hitRecord } from './hit-record.ts';

/** Values visited, and records shown. */
const [mostLookedAt, most] = [500, 10];

/** Visible records whose fields formerly had all the words, last changed first, each once and without those of `except`. */
export function findEarlier(
  db: Connection,
  services: Pick<Services, 'read' | 'names'>,
  { text, except, ...filters }: Filters & { text: string; except: ReadonlySet<string> },
): EarlierHit[] {
  const words = searchWords(text);
  if (words.length === 0) return [];
  const { sql, values } = filterSql(filters);
  const rows = db.all<{
    record: string;
    type: EntityType;
    university: string | null;
    field: string;
    text: string;
    until: string;
  }>(
    `SELECT e.record, e.type, e.field, e.text, e.until, p.university FROM earlier_words
      JOIN earlier e ON e.id = earlier_words.rowid JOIN passages p ON p.record = e.record
      WHERE earlier_words MATCH :query${sql} GROUP BY e.id ORDER BY e.until DESC, e.id LIMIT ${mostLookedAt}`,
    { ...values, query: words.map((word) => `"${word}" *`).join(' AND ') },
  );
  const seen = new Set(except);
  const first = rows.filter(({ record }) => !seen.has(record) && seen.add(record)).slice(0, most);
  return first.map(({ record, type, university, field, text: value, until }) => ({
    ...hitRecord(services, { record, type, university }),
    field,
    excerpt: excerptOf(value, words, true),
    until,
  }));
}
