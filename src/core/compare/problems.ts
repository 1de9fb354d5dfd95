import type { Issue } from '#shared/contract/faults.ts';
import { Fault } from '#shared/contract/faults.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';
import { locateIn } from '../entities/locate.ts';
import { danglingReferences } from '../entities/validate.ts';
import { profilesOf } from '../session.ts';
import type { Written } from './apply.ts';

/** Most problems that are listed: one is enough to refuse. */
const most = 200;

/** What is wrong with records as they stand now that all is written: references that lead nowhere, and no admin left. */
export function problemsIn(db: ReadHandle, written: readonly Written[]): Issue[] {
  const problems: Issue[] = [];
  for (const { type, id, fields } of written) {
    if (!isEntityType(type) && type !== 'profile') continue;
    const record = locateIn(db, type, id);
    const lost = record ? danglingReferences(db, type, record.payload, fields ?? undefined) : [];
    problems.push(...lost.map((issue) => ({ ...issue, path: `${type}/${id}/${issue.path}` })));
    if (problems.length >= most) return problems.slice(0, most);
  }
  const profiles = written.some(({ type }) => type === 'profile');
  if (profiles && !profilesOf(db).some(({ role }) => role === 'admin')) {
    problems.push({ path: 'profile', code: 'last_admin', message: 'no profile would be an admin any more' });
  }
  return problems;
}

/** INVALID with all problems, told by the first. */
export function inTheWay(problems: readonly Issue[]): Fault<'INVALID'> {
  const [first, ...more] = problems as [Issue, ...Issue[]];
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  const message = `${first.path}: ${first.message}${others}. Nothing was changed.`;
  return new Fault('INVALID', message, { issues: [...problems] });
}
