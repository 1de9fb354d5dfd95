import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { applyPatch, patchedFields } from '#shared/domain/patch.ts';
import { millisecondsOf } from '#shared/sync/clock.ts';
import type { SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import type { Client } from './client.ts';
import type { Entry, Server } from './server.ts';

/** What is wrong with the server's history. `forged` are hashes of operations with the id of another one. */
export function checkHistory(
  server: Server,
  { clients, forged, now }: { clients: readonly Client[]; forged: ReadonlySet<string>; now: number },
): string[] {
  const problems: string[] = [];
  const made = new Map(clients.flatMap((client) => [...client.everMade]));
  const { entries } = server;
  const stamps = new Map(entries.map(({ op_id, stamp }) => [op_id, stamp]));
  const records = new Map<string, SyncRecord>();
  if (new Set(entries.map(({ id }) => id)).size < entries.length) problems.push('a number is taken twice');
  if (stamps.size < entries.length) problems.push('an operation is in the history twice');
  for (const entry of entries) {
    const { op_id, recovers, conflicts, stamp, label } = entry;
    const own = made.get(recovers ?? op_id);
    const isForged = forged.has(entry.hash);
    if (own && !isForged) {
      const skew = (clients.find(({ name }) => name === own.replica)?.clock() ?? 0) - now;
      const late = millisecondsOf(stamp) - (own.created_at - skew);
      if (millisecondsOf(stamp) > now) problems.push(`${op_id} is stamped in the future`);
      if (recovers === null && Math.abs(late) > 60_000)
        problems.push(`${op_id} is stamped ${late} ms away from when it happened`);
      for (const { kind, other } of conflicts) {
        const [ours, theirs] = [stamp, stamps.get(other?.op_id ?? '') ?? ''];
        if ((kind === 'older' && theirs < ours) || (kind === 'newer' && ours < theirs))
          problems.push(`${op_id}: an older value won`);
      }
      if (recovers === null) problems.push(...unaccounted(entry, own.rows, records));
    } else if (!isForged && !['seed', 'sync.given'].includes(label))
      problems.push(`${op_id} was made by nobody`);
    for (const row of entry.rows) applyRow(records, row);
  }
  problems.push(...differences('the history', changedByPeople(records), recordsOf(server)));
  return problems;
}
/** Fields that an operation wrote and of which its entry says nothing: neither that they took effect, nor that they met another value. */
function unaccounted(
  { op_id, rows, conflicts }: Entry,
  made: readonly SyncRow[],
  before: ReadonlyMap<string, SyncRecord>,
): string[] {
  const done = new Set(rows.flatMap((row) => patchedFields(row).map((field) => `${row.id}/${field}`)));
  const met = new Set(conflicts.map(({ id, field }) => `${id}/${field}`));
  return made
    .filter(({ action }) => action === 'update')
    .flatMap((row) =>
      patchedFields(row).flatMap((field) => {
        const key = `${row.id}/${field}`;
        const isSame = jsonEqual(before.get(row.id)?.payload[field] ?? null, row.after?.[field] ?? null);
        return done.has(key) || met.has(key) || isSame ? [] : [`${op_id} says nothing of ${key}`];
      }),
    );
}

/** Pending values that are not in the client's records. */
export function findUnprotected(client: Client): string[] {
  const pending = new Set(client.pending().map(({ op_id }) => op_id));
  const { rewound, scope } = client.state;
  // What was offered once, and met another value then, is offered again to a restored server as it was.
  if (pending.size === 0 || rewound || scope === null) return [];
  const quarantine = client.quarantine();
  const records = client.records();
  const last = new Map<string, { value: Json | undefined; isPending: boolean }>();
  // A record that was deleted here and restored shows the fields it had, refused ones too, until the server has answered.
  const restored = new Set<string>();
  for (const { rows, isLocal, op_id } of client.log()) {
    if (isLocal || quarantine.has(op_id)) continue;
    const isPending = pending.has(op_id);
    for (const row of rows) {
      if (row.action === 'restore' && isPending) restored.add(row.id);
      if (row.action !== 'create' && row.action !== 'update') continue;
      for (const field of patchedFields(row))
        last.set(`${row.id}/${field}`, { value: row.after?.[field], isPending });
    }
  }
  return [...last].flatMap(([key, { value, isPending }]) => {
    const [id = '', field = ''] = key.split('/');
    const record = records.get(id);
    if (!isPending || !record || record.deleted || restored.has(id)) return [];
    return jsonEqual(record.payload[field] ?? null, value ?? null)
      ? []
      : [`${client.name} lost the pending value of ${key}`];
  });
}

const changedByPeople = <R extends SyncRecord>(records: ReadonlyMap<string, R>): Map<string, R> =>
  new Map([...records].filter(([, { type }]) => type === 'team' || type === 'document'));

export const recordsOf = ({ tables }: Server): Map<string, SyncRecord> => changedByPeople(tables.records);

export function differences(
  name: string,
  ours: ReadonlyMap<string, SyncRecord>,
  theirs: ReadonlyMap<string, SyncRecord>,
): string[] {
  const live = (record: SyncRecord | undefined) => (record && !record.deleted ? record.payload : null);
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((id) => {
    const [here, there] = [live(ours.get(id)), live(theirs.get(id))];
    return jsonEqual(here, there)
      ? []
      : [`${name} differs in ${id}: ${JSON.stringify(here)} and ${JSON.stringify(there)}`];
  });
}

/** Whether a client's records are those of its log. */
export function checkLog(client: Client): string[] {
  const records = new Map<string, SyncRecord>();
  try {
    for (const { rows } of client.log()) for (const row of rows) applyRow(records, row);
  } catch (error) {
    return [`${client.name}: the log does not replay: ${String(error)}`];
  }
  return differences(`the log of ${client.name}`, records, client.records());
}

/** Applies a row of a log. Throws if it does not follow from the records. */
function applyRow(records: Map<string, SyncRecord>, row: SyncRow): void {
  const current = records.get(row.id);
  const { type, id, action, after } = row;
  if (action === 'create') {
    if (current) throw new Error(`${id} was created twice`);
    records.set(id, { type, payload: after ?? {}, deleted: false });
    return;
  }
  if (!current) throw new Error(`${id} was changed before it existed`);
  if (current.deleted !== (action === 'restore')) throw new Error(`${id}: ${action} does not follow`);
  if (action === 'update') records.set(id, { ...current, payload: applyPatch(current.payload, row) });
  else records.set(id, { ...current, deleted: action === 'delete' });
}
