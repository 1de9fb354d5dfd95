import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { WriteContext } from '../commands/context.ts';
import { permitWith } from '../entities/permit.ts';
import type { PlannedRecord, Prepared } from './plan.ts';

/** The university that a record will belong to; for an interface those of its two ends. */
export class Belonging {
  readonly #find: Prepared['find'];

  constructor(find: Prepared['find']) {
    this.#find = find;
  }

  ends = (payload: JsonObject): readonly [string | null, string | null] => [
    this.#ofEnd(payload.from),
    this.#ofEnd(payload.to),
  ];

  of({ type, id, payload }: PlannedRecord): string | null {
    if (type === 'university') return id;
    if (type !== 'interface') return text(payload.university_id);
    const [from, to] = this.ends(payload);
    return from ?? to;
  }

  #ofEnd(end: Json | undefined): string | null {
    const found = typeof end === 'string' ? this.#find(end) : undefined;
    if (!found) return null;
    return found.type === 'university' ? (end as string) : text(found.payload.university_id);
  }
}

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

/** Checks that the actor may make every change of the plan. Yields records checked. Throws FORBIDDEN at the first that is not allowed. */
export function* permitAll(write: WriteContext, { records, find }: Prepared): Generator<number, void, void> {
  const { ends } = new Belonging(find);
  let done = 0;
  for (const { type, id, payload, effect, existing } of records) {
    const before = existing?.payload ?? null;
    if (effect === 'create') permitWith(ends, write.actor, { type, id, before: null, after: payload });
    if (effect === 'update') permitWith(ends, write.actor, { type, id, before, after: payload });
    if (effect === 'restore') {
      permitWith(ends, write.actor, { type, id, before: null, after: before });
      permitWith(ends, write.actor, { type, id, before: null, after: payload });
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
  { records, find }: Prepared,
): Generator<number, void, void> {
  const belonging = new Belonging(find);
  let atInterfaces = false;
  let done = 0;
  for (const record of records) {
    if (record.type === 'interface' && !atInterfaces) {
      atInterfaces = true;
      // What an interface belongs to is looked up at its ends when it changes: they must be in the file by then.
      write.records.flush();
    }
    writeOne(write, record, belonging);
    yield ++done;
  }
  write.records.flush();
}

function writeOne(write: WriteContext, record: PlannedRecord, belonging: Belonging): void {
  const { type, id, payload, effect, existing } = record;
  if (effect === 'unchanged') return;
  if (!existing) {
    write.records.createLater({ type, id, payload }, belonging.of(record));
    return;
  }
  const stored = { type, id, payload: existing.payload };
  if (effect === 'restore') write.records.restore(stored);
  write.records.update(stored, payload);
}
