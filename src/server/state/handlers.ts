import { ServerFault } from '#shared/contract/server/faults.ts';
import { maxStateRecords } from '#shared/contract/server/state.ts';
import type { WireState } from '#shared/contract/server/state.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEmptyPatch, patchBetween } from '#shared/domain/patch.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { SignedInContext } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { forResearchers, signedIn } from '../procedures.ts';
import { readAll, wireRecord } from '../records/read.ts';
import { assertValidChange, assertReferences, settableFields } from '../records/rules.ts';
import { writeChange } from '../records/write.ts';
import { readServer } from '../sync/postgres-storage.ts';

/** All records that the caller may see, and the number of the newest operation. Throws TOO_LARGE. */
export const readState = ({
  services,
  caller,
}: SignedInContext): Promise<{ seq: number; state: WireState }> =>
  services.database.readAsUser(caller, async (sql) => {
    const { head_seq: seq } = await readServer(sql);
    const count = await sql.get<{ n: number }>('SELECT count(*) AS n FROM record_ids WHERE NOT deleted');
    if ((count?.n ?? 0) > maxStateRecords) throw tooLarge();
    const lists: [string, object[]][] = [];
    for (const type of entityTypes)
      lists.push([tableOf[type], (await readAll(sql, type)).map((row) => wireRecord(row))]);
    return { seq, state: Object.fromEntries(lists) as WireState };
  });

export const stateHandlers = {
  get: signedIn.state.get.handler(({ context }) => readState(context)),
  replace: forResearchers.state.replace.handler(async ({ input, context }) => {
    const { services, caller } = context;
    const target = payloadsOf(input.state);
    let rows: SyncRow[] = [];
    const seq = await writeChange(
      services,
      caller,
      async (sql, currentSeq) => {
        if (currentSeq !== input.seq)
          throw new ServerFault('MOVED_ON', {
            seq: currentSeq,
          });
        rows = await findDifferences(sql, target);
        return { label: 'state.replace', params: { count: rows.length }, rows };
      },
      (_sql, seq) => Promise.resolve(seq),
    );
    const count = (...actions: SyncRow['action'][]): number =>
      rows.filter(({ action }) => actions.includes(action)).length;
    return { seq, created: count('create'), updated: count('update'), deleted: count('delete') };
  }),
};

const tooLarge = (): ServerFault =>
  new ServerFault(
    'TOO_LARGE',
    {
      limit: maxStateRecords,
    },
    'records',
  );

type Payloads = ReadonlyMap<string, { type: EntityType; payload: JsonObject }>;

/** Returns the records of a state by id. Throws VALIDATION_ERROR for computed fields, DUPLICATE_ID, TOO_LARGE. */
function payloadsOf(state: WireState): Payloads {
  const payloads = new Map<string, { type: EntityType; payload: JsonObject }>();
  for (const type of entityTypes)
    for (const record of state[tableOf[type]] ?? []) {
      const payload = settableFields(type, record as JsonObject);
      if (payloads.has(record.id)) throw new ServerFault('DUPLICATE_ID', { id: record.id }, 'twice');
      payloads.set(record.id, { type, payload });
    }
  if (payloads.size > maxStateRecords) throw tooLarge();
  return payloads;
}

/** Returns the rows that turn the records into the target state: creations and updates first, references before dependants, then deletions. */
async function findDifferences(sql: Sql, target: Payloads): Promise<SyncRow[]> {
  const changedRows: SyncRow[] = [];
  const deletedRows: SyncRow[] = [];
  const current = new Map<string, JsonObject>();
  for (const type of entityTypes)
    for (const { id, payload } of await readAll(sql, type)) {
      current.set(id, payload);
      const replacement = target.get(id);
      if (replacement?.type === type) continue;
      if (replacement) throw new ServerFault('DUPLICATE_ID', { id });
      deletedRows.unshift({ action: 'delete', type, id, before: payload, after: null });
    }
  for (const [id, { type, payload }] of target) {
    const stored = current.get(id);
    assertValidChange(type, payload, stored ?? {});
    const patch = stored && patchBetween(stored, payload);
    if (!patch) changedRows.push({ action: 'create', type, id, before: null, after: payload });
    else if (!isEmptyPatch(patch)) changedRows.push({ action: 'update', type, id, ...patch });
  }
  const recordsToCheck = changedRows.flatMap(({ id }) => {
    const record = target.get(id);
    return record ? [{ ...record, fields: null, stored: current.get(id) ?? {} }] : [];
  });
  await assertReferences(
    sql,
    recordsToCheck,
    (id) => target.get(id)?.type ?? (current.has(id) ? null : undefined),
  );
  return [...changedRows, ...deletedRows];
}
