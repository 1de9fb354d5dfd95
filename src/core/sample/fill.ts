import { join } from 'node:path';
import { readShippedSync } from '#files/open-file.ts';
import { Fault } from '#shared/contract/faults.ts';
import { sumOf } from '#shared/domain/counts.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { countRecords } from '../log/records/counts.ts';
import { assertCanChange } from '../model/permissions.ts';
import { runSteps } from '../kernel/progress.ts';
import type { Pace } from '../kernel/progress.ts';
import { shippedFolder } from '../kernel/resources.ts';
import type { Services } from '../model/services.ts';
import type { Session } from '../log/session.ts';
import { writeFact } from '../log/workspace-facts.ts';

export interface SampleRecord {
  type: EntityType;
  id: string;
  payload: Record<string, Json>;
}

/** Generated records, each after those that it refers to. `size` and `seed` are the parameters of the generator. */
export interface Sample {
  size: string;
  seed: number;
  total: number;
  records: Iterable<SampleRecord>;
}

export interface FillResult {
  op_id: string;
  created: Record<string, number>;
  total: number;
}

/** The shipped sample: `resources/sample/small.json`, written by `npm run sample`. */
export function shippedSample(): Sample {
  const file = join(shippedFolder() ?? '', 'sample/small.json');
  const lists = JSON.parse(readShippedSync(file)) as Record<string, { id: string }[]>;
  const records = entityTypes.flatMap((type) =>
    (lists[tableOf[type]] ?? []).map(({ id, ...payload }) => ({ type, id, payload })),
  );
  return { size: 'small', seed: 1, total: records.length, records };
}

/** Fills an empty workspace with generated records; undo skips it. Throws NOT_EMPTY, FORBIDDEN, CANCELLED, BUSY. */
export function fillSample(
  services: Services,
  session: Session,
  { sample = shippedSample(), ...request }: { sample?: Sample } & Omit<Pace, 'clock'> = {},
): Promise<FillResult> {
  const { queue, source } = services;
  return queue.job(session, 'sample data', async (write) => {
    assertEmpty(write);
    const { size, seed, total, records } = sample;
    const created: Record<string, number> = {};
    const pace = { ...request, clock: source.clock };
    await runSteps(pace, 'writing', writeRecords(write, records, created), total);
    write.audit.label('seed', { size, seed, total });
    writeFact(write.db, 'sample', write.audit.op_id);
    return { op_id: write.audit.op_id, created, total };
  });
}

/** A sample is never mixed with other records, nor with deleted ones that can be restored. */
function assertEmpty({ db }: WriteContext): void {
  const visible = countRecords(db);
  const deleted = countRecords(db, 'deleted');
  const counts = Object.fromEntries(
    Object.entries(visible).map(([table, count]) => [table, count + (deleted[table] ?? 0)] as const),
  );
  if (sumOf(counts) === 0) return;
  throw new Fault('NOT_EMPTY', { counts });
}

function* writeRecords(
  write: WriteContext,
  records: Iterable<SampleRecord>,
  created: Record<string, number>,
): Generator<number, void, void> {
  const universityById = new Map<string, string | null>();
  let done = 0;
  for (const record of records) {
    const { type, id, payload } = record;
    assertCanChange(write.db, write.actor, { type, id, before: null, after: payload });
    write.records.createLater(record, universityOf(record, universityById));
    created[tableOf[type]] = (created[tableOf[type]] ?? 0) + 1;
    yield ++done;
  }
}

/** The university of a sample record, without reading the database; an interface has that of its source, else of its target. */
function universityOf(
  { type, id, payload }: SampleRecord,
  universityById: Map<string, string | null>,
): string | null {
  const givenUniversity = typeof payload['university_id'] === 'string' ? payload['university_id'] : null;
  if (type === 'interface')
    return (
      universityById.get(payload['from'] as string) ?? universityById.get(payload['to'] as string) ?? null
    );
  const university = type === 'university' ? id : givenUniversity;
  if (type === 'team' || type === 'faculty' || type === 'project') universityById.set(id, university);
  return university;
}
