import type { ReadHandle } from '../../kernel/db/connection.ts';
import { locate, locateIn } from '../../log/records/locate.ts';
import type { Located } from '../../log/records/locate.ts';
import { deletionOf, wentWith } from '../../model/went-with.ts';
import type { Deletion } from '../../model/went-with.ts';
import { referredBy } from './found.ts';
import type { Found, Kept } from './found.ts';

const isThere = (db: ReadHandle, { type, id }: Kept): boolean => locateIn(db, type, id)?.deleted === false;

/** What went with universities, as a backup has it. */
export interface Went {
  /** What was deleted with one, or was never here, and links that went so and have both ends again. */
  contents: Located[];
  /** Links of these that went so and still lack an end. */
  apart: Located[];
}

/**
 * What went with universities that are asked for and are not there, as a backup has it. Who deleted one of them by itself meant that.
 * Yields how many it has looked at.
 */
export function* findWent(db: ReadHandle, found: Found): Generator<number, Went, void> {
  const comes = new Set(found.asked.filter((one) => !isThere(db, one)).map(({ id }) => id));
  const gone = new Map(
    found.asked
      .filter(({ type, id }) => type === 'university' && comes.has(id))
      .map(({ id }) => [id, deletionOf(db, id)] as const),
  );
  const went: Went = { contents: [], apart: [] };
  if (gone.size === 0) return went;
  const asked = new Set(found.asked.map(({ id }) => id));
  for (const [done, one] of found.contents.entries()) {
    yield done;
    if (asked.has(one.id) || isThere(db, one)) continue;
    if (one.type !== 'interface') {
      if (!contentComes(db, one, gone)) continue;
    } else {
      // Links come last of all: what comes is known then.
      if (!linkWent(db, one, gone, comes)) continue;
      const whole = referredBy(one).every(
        (end) => comes.has(end) || asked.has(end) || locate(db, end)?.deleted === false,
      );
      if (!whole) {
        went.apart.push(one);
        continue;
      }
    }
    comes.add(one.id);
    went.contents.push(one);
  }
  return went;
}

type Universities = ReadonlyMap<string, Deletion | undefined>;

function contentComes(db: ReadHandle, { id, payload }: Located, gone: Universities): boolean {
  const university = payload['university_id'];
  if (typeof university !== 'string' || !gone.has(university)) return false;
  const how = deletionOf(db, id);
  return !how || wentWith(how, { id: university, deletion: gone.get(university) });
}

/** Whether a link of something that comes went because of an end, or with all of a university, or was never here. */
function linkWent(db: ReadHandle, link: Located, gone: Universities, comes: ReadonlySet<string>): boolean {
  if (!referredBy(link).some((end) => comes.has(end))) return false;
  const how = deletionOf(db, link.id);
  if (!how || how.because !== null) return true;
  return [...gone.values()].some((university) => university?.change === how.change);
}
