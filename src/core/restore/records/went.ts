import type { ReadHandle } from '../../db/connection.ts';
import { locate, locateIn } from '../../entities/locate.ts';
import type { Located } from '../../entities/locate.ts';
import { causeOf } from '../../entities/went-with.ts';
import type { Found, Kept } from './found.ts';

const isThere = (db: ReadHandle, { type, id }: Kept): boolean => locateIn(db, type, id)?.deleted === false;

/**
 * What went with universities that are asked for and are not there, as a backup has it: what was deleted because of them, or was never here,
 * and links that went because of an end and have both again. Who deleted one of them by itself meant that. Yields how many it has
 * looked at.
 */
export function* wentWith(db: ReadHandle, { asked, contents }: Found): Generator<number, Located[], void> {
  const gone = new Set(
    asked.flatMap((one) => (one.type === 'university' && !isThere(db, one) ? one.id : [])),
  );
  const went: Located[] = [];
  if (gone.size === 0) return went;
  const coming = new Set(asked.map(({ id }) => id));
  for (const [done, one] of contents.entries()) {
    yield done;
    if (coming.has(one.id) || isThere(db, one)) continue;
    const comes = one.type === 'interface' ? linkComes(db, one, coming) : contentComes(db, one, gone);
    if (!comes) continue;
    coming.add(one.id);
    went.push(one);
  }
  return went;
}

function contentComes(db: ReadHandle, one: Located, gone: ReadonlySet<string>): boolean {
  const university = one.payload['university_id'];
  if (typeof university !== 'string' || !gone.has(university)) return false;
  const cause = causeOf(db, one.id);
  return cause === undefined || cause === university;
}

/** Links come last of all: what comes is known then. */
function linkComes(db: ReadHandle, link: Located, coming: ReadonlySet<string>): boolean {
  if (causeOf(db, link.id) === null) return false;
  return [link.payload['from'], link.payload['to']].every(
    (end) => typeof end === 'string' && (coming.has(end) || locate(db, end)?.deleted === false),
  );
}
