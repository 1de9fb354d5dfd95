import type { JsonObject } from '#shared/domain/json.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { permitWith } from '../model/permissions.ts';
import { endUniversitiesBy, universityBy } from '../log/records/university.ts';
import type { PlannedRecord, Prepared } from './plan.ts';

/** Checks that the actor may make every change of the plan. Yields records checked. Throws FORBIDDEN at the first that is not allowed. */
export function* permitAll(
  actor: Actor,
  { records, find }: Pick<Prepared, 'records' | 'find'>,
): Generator<number, void, void> {
  const ends = (payload: JsonObject) => endUniversitiesBy(find, payload);
  let done = 0;
  for (const { type, id, payload, effect, existing } of records) {
    const before = existing?.payload ?? null;
    if (effect === 'create') permitWith(ends, actor, { type, id, before: null, after: payload });
    if (effect === 'update') permitWith(ends, actor, { type, id, before, after: payload });
    if (effect === 'restore') {
      permitWith(ends, actor, { type, id, before: null, after: before });
      permitWith(ends, actor, { type, id, before: null, after: payload });
    }
    yield ++done;
  }
}

/**
 * Writes the records of a plan with their audit, in its order, so that undoing goes through them the other way round. Yields
 * records done.
 */
export function* writeRecords(
  write: WriteContext,
  { records, find }: Pick<Prepared, 'records' | 'find'>,
): Generator<number, void, void> {
  let atInterfaces = false;
  let done = 0;
  for (const record of records) {
    if (record.type === 'interface' && !atInterfaces) {
      atInterfaces = true;
      // What an interface belongs to is looked up at its ends when it changes: they must be in the file by then.
      write.records.flush();
    }
    writeOne(write, record, find);
    yield ++done;
  }
  write.records.flush();
}

function writeOne(write: WriteContext, record: PlannedRecord, find: Prepared['find']): void {
  const { type, id, payload, effect, existing } = record;
  if (effect === 'unchanged') return;
  if (!existing) {
    write.records.createLater({ type, id, payload }, universityBy(find, record));
    return;
  }
  const stored = { type, id, payload: existing.payload };
  if (effect === 'restore') write.records.restore(stored);
  // The kind of an interface goes where none is known of its new ends.
  const gone = Object.keys(stored.payload).filter((field) => !Object.hasOwn(payload, field));
  write.records.update(stored, payload, gone);
}
