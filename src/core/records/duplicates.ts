import { compareNames } from '#shared/domain/sort-key.ts';
import type { DuplicatePairs } from '#shared/contract/merge.ts';
import { nameField } from '#shared/domain/title.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visible } from '../kernel/db/schema.ts';
import { plain } from '../model/interchange/headings.ts';
import { closeness, distinctive } from '../model/interchange/likeness.ts';

interface Row {
  row: number;
  id: string;
  title: string;
  university: string | null;
}

type Pair = DuplicatePairs['pairs'][number];

const page = 2000;
/** From here on two names may be two spellings of one. */
const alike = 0.85;
/** A name is compared with so many that begin or end as it does. */
const mostCompared = 60;

/** Figures and single letters tell names apart: Optics 1 and Optics 2, Team A and Team B. */
const marksOf = (name: string): string =>
  name
    .split(' ')
    .filter((word) => word.length === 1 || /\p{N}/u.test(word))
    .join(' ');

/** Pairs of one type: each name is compared with those of its university that begin or end as it does. Yields records done. */
function* pairsOf(db: ReadHandle, type: EntityType): Generator<number, Pair[], void> {
  const university = type === 'university' ? 'NULL' : 'university_id';
  const sql = `SELECT rowid AS row, id, coalesce(name, '') AS title, ${university} AS university FROM ${tableOf[type]}
    WHERE ${visible()} AND rowid > ? ORDER BY rowid LIMIT ${page}`;
  const groups = new Map<string, { row: Row; name: string }[]>();
  const pairs: Pair[] = [];
  let done = 0;
  for (let after = -1; ;) {
    const rows = db.all<Row>(sql, [after]);
    for (const row of rows) {
      if (++done % 50 === 0) yield done;
      const name = plain(row.title);
      if (name === '') continue;
      const short = distinctive(name);
      const near = [`b${short.slice(0, 4)}`, `e${short.slice(-5)}`].map((end) => {
        const key = `${row.university ?? ''} ${end}`;
        const group = groups.get(key) ?? [];
        groups.set(key, group);
        return group;
      });
      for (const other of new Set(near.flat())) {
        if (marksOf(name) !== marksOf(other.name)) continue;
        const likeness = short === distinctive(other.name) ? 1 : closeness(short, distinctive(other.name));
        if (likeness < alike) continue;
        const named = ({ id, title, university: of }: Row) => ({ id, title, university: of });
        pairs.push({ type, one: named(other.row), other: named(row), likeness });
      }
      const entry = { row, name };
      for (const group of near) if (group.length < mostCompared) group.push(entry);
    }
    if (rows.length < page) return pairs;
    after = rows.at(-1)?.row ?? after;
  }
}

/** Pairs of records that may be the same, the likest first. Yields how many records it has looked at. */
export function* findDuplicates(
  db: ReadHandle,
  { type, limit }: { type?: EntityType | undefined; limit: number },
): Generator<number, DuplicatePairs, void> {
  const pairs: Pair[] = [];
  for (const one of type === undefined ? entityTypes : [type])
    if (nameField(one) !== null) pairs.push(...(yield* pairsOf(db, one)));
  pairs.sort((a, b) => b.likeness - a.likeness || compareNames(a.one.title, b.one.title));
  return { pairs: pairs.slice(0, limit), count: pairs.length };
}
