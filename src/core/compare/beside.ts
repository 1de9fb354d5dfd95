import { visible } from '../kernel/db/schema.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readTitle } from '../model/titles.ts';
import { parse } from '../history/effect.ts';
import { portions } from '../kernel/chunks.ts';
import { rowsOf } from './states.ts';

/** Records whose links are read together. */
const together = 100;

/** A record as it stands in the picture. */
export interface Standing {
  id: string;
  type: NodeType;
  title: string;
  university: string | null;
}

/** A link and what it joins. */
export interface Joined {
  id: string;
  from: string;
  to: string;
  title: string;
}

const joining = (column: string): string =>
  `SELECT id, payload FROM interfaces WHERE ${visible()} AND ${column} IN (SELECT value FROM json_each(?))`;

/** The ends of a link, or null where it has none. */
export function endsOf(payload: Record<string, unknown>): { from: string; to: string } | null {
  const { from, to } = payload;
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : null;
}

/** The links that one side has at some records. Yields how many records it has looked at. */
export function* linksAt(db: ReadHandle, ids: readonly string[]): Generator<number, Joined[], void> {
  const found = new Map<string, Joined>();
  for (const some of portions(ids, together)) {
    for (const column of ['from_id', 'to_id'])
      for (const { id, payload } of db.all<{ id: string; payload: string }>(joining(column), [
        JSON.stringify(some),
      ])) {
        const read = parse(payload);
        const ends = endsOf(read);
        if (ends && !found.has(id)) found.set(id, { id, ...ends, title: readTitle(db, 'interface', read) });
      }
    yield some.length;
  }
  return [...found.values()];
}

/** Those of some records that a side has. Yields how many it has looked for. */
export function* standingIn(
  db: ReadHandle,
  ids: readonly string[],
): Generator<number, Map<string, Standing>, void> {
  const found = new Map<string, Standing>();
  for (const some of portions(ids, together)) {
    for (const type of nodeType.options)
      for (const row of rowsOf(db, type, some).values())
        if (row.deleted === 0) found.set(row.id, standing(type, row.id, parse(row.payload)));
    yield some.length;
  }
  return found;
}

export function standing(type: NodeType, id: string, payload: Record<string, unknown>): Standing {
  const { university_id: university } = payload;
  return {
    id,
    type,
    title: titleOf(type, payload as Parameters<typeof titleOf>[1]),
    university: typeof university === 'string' ? university : null,
  };
}
