import type { z } from 'zod';
import type { restore as operation, Restored } from '#shared/contract/moments.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { createBackup } from '../versions/create.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { jobStream } from '../log/commands/job-stream.ts';
import { consequences, logEnd } from '../compare/along.ts';
import { apply } from '../compare/apply.ts';
import { tried } from '../compare/carry.ts';
import type { Pace } from '../compare/carry.ts';
import type { Wanted } from '../compare/choose.ts';
import { refuseChanged, sinceSeen } from '../compare/moved.ts';
import { headOf } from '../compare/page.ts';
import { inTheWay } from '../compare/problems.ts';
import { permitChanges, permitSetBack } from '../model/permissions.ts';
import { completed, streamed } from '../kernel/progress.ts';
import { withGuests } from '../sandboxes/guest-names.ts';
import type { CallContext, Services } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { momentOf, pointAt } from './point.ts';
import { everything, named } from './wanted.ts';

type Asked = z.output<(typeof operation)['~orpc']['inputSchema'] & z.ZodType>;

/** Thrown at the end of a dry run, so that what was written is taken back. */
class Tried extends Error {
  readonly result: Restored;

  constructor(result: Restored) {
    super('a dry run');
    this.result = result;
  }
}

/**
 * Makes records what they were at a moment, in one audited transaction that undo takes back; a dry run is the same one, taken back at its
 * end. Where all are meant, a backup of live as it was before is made. Throws NOT_FOUND, INVALID, MOVED_ON, FORBIDDEN, IN_USE, CANCELLED, BUSY.
 */
export async function* restoreMoment(
  { services, session }: CallContext,
  asked: Asked,
  signal?: AbortSignal,
): Stream<Restored> {
  const { queue, source, read } = services;
  const actor = actorOf(actingProfile(read, session));
  permitChanges(actor, { type: 'moment', id: String(asked.at) });
  if (asked.ids === null) permitSetBack(actor);
  try {
    yield* jobStream(queue, session, {
      label: 'going back to a moment',
      signal,
      async run(write, tell, given) {
        const pace = { clock: source.clock, signal: given, tell };
        const done = withGuests(services, await carryBack(write, asked, pace), ({ at }) => [at.actor]);
        if (asked.dry) throw new Tried(done);
        const changed = write.audit.changes > 0;
        const backup = asked.ids === null && changed ? await backUp(services, pace) : null;
        return { ...done, op_id: changed ? write.audit.op_id : null, backup };
      },
    });
  } catch (error) {
    if (!(error instanceof Tried)) throw error;
    yield { kind: 'result', result: error.result };
  }
}

async function carryBack(write: WriteContext, asked: Asked, pace: Pace): Promise<Restored> {
  const { db } = write;
  const run = <R>(step: string, work: Generator<number, R, void>, total: number | null): Promise<R> =>
    completed(streamed(work, { step, total, ...pace }), pace.tell);
  const point = pointAt(db, asked.at);
  const head = headOf(db);
  const looking = asked.ids === null ? everything(db, point) : named(db, point, asked.ids, asked.along);
  const { wanted, brought, unknown } = await run('checking', looking, null);
  const since = await run('checking', sinceSeen(db, asked.seen), null);
  refuseChanged(db, concerned(wanted, asked.ids ?? []), since);
  const before = logEnd(db);
  const work = asked.dry ? tried(write, wanted) : apply(write, wanted);
  const { records, ...applied } = await run('writing', work, wanted.length);
  refuseChanged(db, consequences(db, before), since);
  if (applied.problems.length > 0 && !asked.dry) throw inTheWay(applied.problems);
  const params = { at: point.id, time: point.created_at, all: asked.ids === null };
  write.audit.label('moment.restored', { ...params, count: write.audit.changes });
  return {
    op_id: null,
    dry: asked.dry,
    at: momentOf(db, point.id),
    ...applied,
    brought: brought.size,
    records: records.map((one) => ({ ...one, brought: brought.has(one.id) })),
    unknown,
    head,
    backup: null,
  };
}

/** What is to be done, and what was asked for and needs nothing done to it. */
function concerned(
  wanted: readonly Wanted[],
  ids: readonly string[],
): { type: Wanted['type'] | null; id: string }[] {
  const known = new Set(wanted.map(({ id }) => id));
  return [...wanted, ...ids.filter((id) => !known.has(id)).map((id) => ({ type: null, id }))];
}

/** Of live as it was committed last; of a sandbox none is made: undo is the way back there. */
async function backUp({ files, source, log }: Services, { signal, tell }: Pace): Promise<string | null> {
  if (files.target.kind !== 'live') return null;
  const { id } = await createBackup({ files, reason: 'moment', clock: source.clock, log, signal, tell });
  return id;
}
