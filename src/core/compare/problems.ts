import type { Issue } from '#shared/contract/faults.ts';
import { Fault } from '#shared/contract/faults.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { danglingReferences } from '../model/validate.ts';
import { profilesOf } from '../log/session.ts';
import type { Side } from './choice.ts';

/** Most problems that are listed: one is enough to refuse. */
export const most = 200;

/** A record that was written, and the fields of which it must be checked what they refer to; null is all. */
export interface Written {
  type: AuditedType;
  id: string;
  fields: ReadonlySet<string> | null;
}

/**
 * What is wrong with records as they stand now that all is written: references that lead nowhere, and no admin left. Yields how many it
 * has looked at.
 */
export function* problemsIn(db: ReadHandle, written: readonly Written[]): Generator<number, Issue[], void> {
  const problems: Issue[] = [];
  let done = 0;
  for (const { type, id, fields } of written) {
    yield ++done;
    if (!isEntityType(type) && type !== 'profile') continue;
    const record = locateIn(db, type, id);
    // What went along after it had been written refers to nothing any more.
    const stays = record !== undefined && !record.deleted;
    const lost = stays ? danglingReferences(db, type, record.payload, fields ?? undefined) : [];
    problems.push(...lost.map((issue) => ({ ...issue, path: `${type}/${id}/${issue.path}` })));
    if (problems.length >= most) return problems.slice(0, most);
  }
  const profiles = written.some(({ type }) => type === 'profile');
  if (profiles && !profilesOf(db).some(({ role }) => role === 'admin')) {
    problems.push({ path: 'profile', code: 'last_admin', message: 'no profile would be an admin any more' });
  }
  return problems;
}

/** Says of what live refers to and Play deleted the way out as well, where live is what comes. */
export const withWayOut = (problems: readonly Issue[], from: Side): Issue[] =>
  problems.map((one) =>
    from === 'live' && one.gone
      ? {
          ...one,
          code: 'deleted_in_play',
          message: `${one.message} in Play: bring it back there, or promote its deletion`,
        }
      : one,
  );

/** INVALID with all problems, told by the first. */
export function inTheWay(problems: readonly Issue[]): Fault<'INVALID'> {
  const [first, ...more] = problems as [Issue, ...Issue[]];
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  const message = `${first.path}: ${first.message}${others}. Nothing was changed.`;
  return new Fault('INVALID', message, { issues: [...problems] });
}
