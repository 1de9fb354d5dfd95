import type { Carried, LogHead } from '#shared/contract/compare.ts';
import type { DifferingRef, FaultData } from '#shared/contract/faults.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { readTitle, readUniversity } from '../model/titles.ts';
import { completed, streamed } from '../kernel/progress.ts';
import type { Clock } from '../kernel/system.ts';
import { changedAgain, consequences, logEnd } from './along.ts';
import { apply } from './apply.ts';
import type { Applied } from './apply.ts';
import type { Naming, Side } from './choice.ts';
import type { Wanted } from './choose.ts';
import type { Sides } from './differences.ts';
import { changedSince, movedOn, undecided } from './moved.ts';
import { headOf } from './page.ts';
import { overruled } from './overruled.ts';
import { pick, told } from './pick.ts';
import type { Named } from './pick.ts';
import { inTheWay, withWayOut } from './problems.ts';

/** What is asked for, as the contract has it. */
export interface Asked extends Naming {
  seen?: { live: LogHead; play: LogHead } | undefined;
  dry: boolean;
}

export interface Pace {
  clock: Clock;
  signal: AbortSignal;
  tell: (progress: Progress) => void;
}

/** Thrown at the end of a dry run, so that what was written is taken back. */
export class TakenBack extends Error {
  readonly result: Carried;

  constructor(result: Carried) {
    super('a dry run');
    this.result = result;
  }
}

/**
 * Brings what one side changed into the other, of which `write` is an open transaction. The comparison is made in that transaction, so
 * that nobody can change anything in between. Throws MOVED_ON, UNDECIDED, INVALID with what is in the way, FORBIDDEN, IN_USE, CANCELLED.
 */
export async function carry(
  write: WriteContext,
  sides: Sides,
  from: Side,
  asked: Asked,
  { clock, signal, tell }: Pace,
): Promise<Omit<Carried, 'backup' | 'op_id'>> {
  const run = <R>(step: string, work: Generator<number, R, void>, total: number | null): Promise<R> =>
    completed(streamed(work, { step, total, clock, signal }), tell);
  const heads = { live: headOf(sides.live), play: headOf(sides.play) };
  const first = logEnd(write.db);
  const picked = await run('checking', pick(sides, from, asked), null);
  const { concerned, wanted, open } = picked;
  const since = asked.seen ? await run('checking', sinceSeen(sides, asked.seen), null) : null;
  if (since)
    refuseMoved(
      sides,
      concerned.filter(({ rows }) => rows.some((id) => since.has(id))),
    );
  if (open.length > 0 && !asked.dry) throw undecided(open);
  const applied = await run(
    'writing',
    asked.dry ? tried(write, wanted) : apply(write, wanted),
    wanted.length,
  );
  if (since)
    refuseMoved(
      sides,
      consequences(write.db, first).filter(({ id }) => since.has(id)),
    );
  const against = await run('checking', overruled(write.db, first, picked), null);
  const problems = [...against.problems, ...withWayOut(applied.problems, from)];
  if (problems.length > 0 && !asked.dry) throw inTheWay(problems);
  return {
    dry: asked.dry,
    ...applied,
    problems,
    count: write.audit.changes - changedAgain(write.db, first),
    left: against.left.length,
    left_partly: against.left.filter(({ partly }) => partly).length,
    followed: told(write.db, sides, picked),
    unnamed: picked.unnamed,
    undecided: open,
    ...heads,
  };
}

/** Ids of what either side was about since somebody looked at both. Throws MOVED_ON where one of the files was replaced. */
function* sinceSeen(
  { live, play }: Sides,
  seen: { live: LogHead; play: LogHead },
): Generator<number, ReadonlySet<string>, void> {
  const inLive = yield* changedSince(live, seen.live);
  const inPlay = yield* changedSince(play, seen.play);
  if (!inLive || !inPlay) throw movedOn([]);
  return new Set([...inLive, ...inPlay]);
}

/** Throws MOVED_ON with what each of them is called now. */
function refuseMoved({ live, play }: Sides, moved: readonly Named[]): void {
  if (moved.length === 0) return;
  const named = moved.map(({ type, id }): DifferingRef => {
    const record = locateIn(play, type, id) ?? locateIn(live, type, id);
    if (!record) return { type, id, title: '', field: null };
    const title = readTitle(live, type, record.payload);
    return { type, id, title, university: readUniversity(live, record), field: null };
  });
  throw movedOn(named);
}

/** As `apply`, where what is refused as a whole is a problem like others. */
export function* tried(write: WriteContext, wanted: readonly Wanted[]): Generator<number, Applied, void> {
  try {
    return yield* apply(write, wanted);
  } catch (error) {
    if (!isFault(error) || (error.code !== 'FORBIDDEN' && error.code !== 'IN_USE')) throw error;
    const why =
      error.code === 'IN_USE'
        ? { held: error.data as FaultData<'IN_USE'> }
        : { rule: (error.data as FaultData<'FORBIDDEN'>).rule };
    const problems = [{ path: '', code: error.code.toLowerCase(), message: error.message, ...why }];
    const none = { created: {}, restored: {}, updated: {}, removed: {}, records: [] };
    return { ...none, along: { links: 0, references: 0 }, problems };
  }
}
