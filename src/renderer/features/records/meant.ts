import type { EntityRecord } from '#shared/contract/record.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { counted, titleOr } from '../../text/names.ts';
import { whyNothing } from '../../stores/profile.ts';
import { whyNot } from './data/mayChange.ts';
import type { Subjects } from './data/subjects.ts';

/** What the commands of a list are about, and what whoever acts may do with it. */
export interface Meant {
  subjects: Subjects | null;
  /** The records themselves; null when nothing is meant, or every one of the list, read or not. */
  records: readonly EntityRecord[] | null;
  /** How many they are. */
  count: number;
  /** The record, when it is one alone. */
  one: EntityRecord | undefined;
  /** What it is called: by name, or counted; '' for nothing. */
  what: string;
  /** Why nothing of it may be changed, as a sentence; null when something may. */
  locked: string | null;
  /** Why something of it may not be deleted or brought back; null when all may. */
  fixed: string | null;
}

/** Says of what is meant in a list of the type what it is called and what `me` may do with it. */
export function meantBy(subjects: Subjects | null, type: EntityType, me: Actor | undefined): Meant {
  const records = subjects?.records ?? null;
  const count = subjects?.count ?? 0;
  const one = records?.length === 1 ? records[0] : undefined;
  const refusals = records?.map((record) => whyNot(me, record)) ?? [whyNothing(me)];
  const removals = records?.map((record) => whyNot(me, record, true)) ?? [whyNothing(me)];
  return {
    subjects,
    records,
    count,
    one,
    what: count > 1 ? counted(type, count) : one ? titleOr(one.title, type) : '',
    locked: refusals.includes(null) ? null : (refusals[0] ?? null),
    fixed: removals.find((why) => why !== null) ?? null,
  };
}
