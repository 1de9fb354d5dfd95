import type { JsonObject } from '#shared/domain/json.ts';
import { auditedTypes, idPrefix } from '#shared/domain/types.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { profilesOf } from '../log/session.ts';
import { createSalts } from '../kernel/system.ts';
import type { Clock, Ids, Random } from '../kernel/system.ts';
import { writeFact } from '../log/workspace-facts.ts';
import type { Candidate } from './candidates.ts';

export interface SalvageWriteOptions {
  clock: Clock;
  ids: Ids;
  random: Random;
  /** Name of the profile that is created if no admin is left. */
  owner: string;
}

/** Writes the salvaged rows as one audited transaction, so that replaying and verifying need no special case. Creates an admin if none is left. */
export function writeSalvagedRows(
  db: Connection,
  rows: ReadonlyMap<string, Candidate>,
  options: SalvageWriteOptions,
): void {
  const { clock, ids, random, owner } = options;
  const findAdminId = (): string | undefined => profilesOf(db).find(({ role }) => role === 'admin')?.id;
  const newProfileId = `${idPrefix.profile}_${ids.uuid()}`;
  const salvagedAdminId = [...rows.values()].find(isAdmin)?.id;
  const actorId = findAdminId() ?? salvagedAdminId ?? newProfileId;
  db.exec('BEGIN IMMEDIATE');
  const replica = ids.uuid();
  writeFact(db.write, 'replica', replica);
  const audit = new AuditTransaction(db.write, { replica, clock, ids, salt: createSalts(random) }, actorId);
  const records = new RecordWriter(db.write, audit);
  for (const type of auditedTypes)
    for (const candidate of rows.values())
      if (candidate.type === type) writeCandidate(db, records, candidate);
  if (findAdminId() === undefined)
    records.create({
      type: 'profile',
      id: newProfileId,
      payload: { name: owner, role: 'admin', university_id: null },
    });
  audit.label('records.salvaged', { count: rows.size });
  audit.finish();
  db.exec('COMMIT');
}

function isAdmin({ type, payload, deleted_at }: Candidate): boolean {
  return type === 'profile' && deleted_at === null && (JSON.parse(payload) as JsonObject)['role'] === 'admin';
}

/** Changes a record to the salvaged state, with ordinary changes of the log. */
function writeCandidate(
  db: Connection,
  records: RecordWriter,
  { type, id, ...salvagedState }: Candidate,
): void {
  const payload = JSON.parse(salvagedState.payload) as JsonObject;
  const target = { type, id, payload };
  const before = locateIn(db, type, id);
  if (!before) records.create(target);
  else {
    const isSame = JSON.stringify(before.payload) === JSON.stringify(payload);
    if (before.deleted && (!isSame || salvagedState.deleted_at === null)) records.restore(before);
    records.replace(before, payload);
    if (before.deleted && isSame) return;
  }
  const after = locateIn(db, type, id);
  if (salvagedState.deleted_at !== null && after && !after.deleted) records.remove(after);
}
