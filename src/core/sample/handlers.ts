import { Fault } from '#shared/contract/faults.ts';
import type { Progress, Stream } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { jobStream } from '../log/commands/job-stream.ts';
import { countRecords } from '../log/records/counts.ts';
import { permit } from '../model/permissions.ts';
import { completed, streamed } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import type { Session } from '../log/session.ts';
import { writeFact } from '../log/workspace-facts.ts';
import { generateSample, sampleTotal } from './generate.ts';
import type { SampleSize } from './plan.ts';
import type { SampleRecord } from './world.ts';

export interface FillOptions {
  size: SampleSize;
  /** Any whole number; the same seed gives the same world. */
  seed: number;
  /** Raising it takes everything back; so does ceasing to listen. */
  signal?: AbortSignal | undefined;
}

export interface Filled {
  op_id: string;
  /** Records made, by table. */
  created: Record<string, number>;
  total: number;
}

/**
 * Fills an empty workspace with made-up records, as one audited and undoable change. For `frames seed` and for the app's first
 * start: `for await (const event of fillSample(core.services, core.session(), {size: 'small', seed: 1})) …`; it yields progress
 * and at last the result. Throws NOT_EMPTY when there is any record, deleted ones included; FORBIDDEN; CANCELLED; BUSY.
 */
export function fillSample(services: Services, session: Session, options: FillOptions): Stream<Filled> {
  return jobStream(services.queue, session, {
    label: 'sample data',
    signal: options.signal,
    run: (write, tell, signal) => fill(write, services, { ...options, signal }, tell),
  });
}

async function fill(
  write: WriteContext,
  services: Services,
  options: FillOptions,
  tell: (progress: Progress) => void,
): Promise<Filled> {
  refuseNonEmpty(write);
  const { clock } = services.source;
  const total = sampleTotal(options.size);
  const created: Record<string, number> = {};
  const steps = { step: 'writing', total, clock, signal: options.signal };
  await completed(streamed(writeAll(write, options, clock.now(), created), steps), tell);
  write.audit.label('seed', { size: options.size, seed: options.seed, total });
  writeFact(write.db, 'sample', write.audit.op_id);
  return { op_id: write.audit.op_id, created, total };
}

/** A sample is never mixed into what somebody has, nor into what somebody has deleted and may want back. */
function refuseNonEmpty({ db }: WriteContext): void {
  const live = countRecords(db);
  const deleted = countRecords(db, true);
  const counts = Object.fromEntries(
    Object.entries(live).map(([table, count]) => [table, count + (deleted[table] ?? 0)] as const),
  );
  const all = sumOf(counts);
  if (all === 0) return;
  const gone = sumOf(deleted);
  const kind = gone === all ? 'deleted records, which can be brought back' : 'records';
  const message = `The workspace holds ${all.toLocaleString('en-US')} ${kind}. Sample data goes into an empty one only.`;
  throw new Fault('NOT_EMPTY', message, { counts });
}

function* writeAll(
  write: WriteContext,
  { size, seed }: FillOptions,
  now: number,
  created: Record<string, number>,
): Generator<number, void, void> {
  const universities = new Map<string, string | null>();
  let done = 0;
  for (const record of generateSample({ size, seed, now })) {
    const { type, id, payload } = record;
    permit(write.db, write.actor, { type, id, before: null, after: payload });
    write.records.createLater(record, universityOf(record, universities));
    created[tableOf[type]] = (created[tableOf[type]] ?? 0) + 1;
    yield ++done;
  }
}

/** What a record belongs to, found without reading back what was just written; an interface belongs to its first end. */
function universityOf({ type, id, payload }: SampleRecord, known: Map<string, string | null>): string | null {
  const named = typeof payload['university_id'] === 'string' ? payload['university_id'] : null;
  if (type === 'interface')
    return known.get(payload['from'] as string) ?? known.get(payload['to'] as string) ?? null;
  const university = type === 'university' ? id : named;
  if (type === 'team' || type === 'faculty' || type === 'project') known.set(id, university);
  return university;
}
