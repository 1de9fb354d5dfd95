import type { Issue } from '#shared/contract/faults.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locate, locateIn } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';
import { decidedOf, other, saidOf } from './choice.ts';
import type { Side } from './choice.ts';
import { eachLoss } from './followers.ts';
import type { Loss } from './followers.ts';
import type { Left, Picked } from './pick.ts';
import { most } from './problems.ts';

/**
 * What was to stay as it is and, since a row of the log, went all the same with what is deleted, or lost a reference to that: what a decision,
 * or what counts in conflicts, keeps; and what `except` names, which may lose a reference. A problem of each, and what stays in spite of a
 * conflict without these. Yields how many rows it has looked at.
 */
export function* overruled(
  db: ReadHandle,
  after: number,
  picked: Picked,
): Generator<number, { problems: Issue[]; left: Left[] }, void> {
  const left = new Map<string, Set<string | null>>();
  for (const one of [...picked.left, ...picked.beside])
    left.set(keyOf(one), new Set([...(left.get(keyOf(one)) ?? []), ...one.fields]));
  const written = new Set(picked.wanted.map(({ id }) => id));
  const isLeft = ({ field, ...one }: Loss): boolean => {
    const fields = left.get(keyOf(one));
    return fields !== undefined && (field === null || fields.has(field) || fields.has(null));
  };
  const lost: Loss[] = [];
  yield* eachLoss(db, after + 1, (loss) => {
    if (isLeft(loss) || isNamed(loss, picked, written)) lost.push(loss);
  });
  const keys = new Set(lost.map(keyOf));
  return {
    problems: lost.slice(0, most).map((loss) => problemOf(db, loss, other(picked.choice.from))),
    left: picked.left.filter((one) => !keys.has(keyOf(one))),
  };
}

const keyOf = ({ type, id }: { type: AuditedType; id: string }): string => JSON.stringify([type, id]);

/** Whether somebody said by name that it stays. */
function isNamed(loss: Loss, { choice }: Picked, written: ReadonlySet<string>): boolean {
  if (loss.field === null && saidOf(choice.except, loss)) return true;
  return !written.has(loss.id) && decidedOf(choice, loss, loss.field) === other(choice.from);
}

/** `stays`: the side that it was to stay as it is on. */
function problemOf(db: ReadHandle, { type, id, field, causes }: Loss, stays: Side): Issue {
  const [because = ''] = causes;
  const record = locateIn(db, type, id);
  const title = record ? readTitle(db, type, record.payload) : id;
  const cause = locate(db, because);
  const gone = {
    type: cause?.type ?? type,
    id: because,
    title: cause ? readTitle(db, cause.type, cause.payload) : because,
  };
  const other = `the ${gone.type} "${gone.title}" (${because})`;
  const what =
    field === null
      ? `"${title}" was to stay as it is, but goes with ${other}, which is deleted`
      : `"${title}" was to keep what it refers to, but ${other} is deleted`;
  const path = field === null ? `${type}/${id}` : `${type}/${id}/${field}`;
  return { path, code: codes[stays], message: `${what}: ${waysOut[stays]}`, gone };
}

const codes = { live: 'goes_along', play: 'goes_along_in_play' } as const;
const waysOut: Readonly<Record<Side, string>> = {
  live: 'leave that deletion out too, or let Play count for both',
  play: 'let live count for both, or let it refer to something else in Play first',
};
