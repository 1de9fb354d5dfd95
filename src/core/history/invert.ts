import type { UndoConflict } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { applyPatch } from '../log/records/patch.ts';
import { applyRemoval, planRemoval } from '../model/removal.ts';
import { readTitle } from '../model/titles.ts';
import { isLastAdmin } from '../log/session.ts';
import { emptiedBecause, emptiedSince, metaOfGoing } from './causes.ts';
import { endThatMeets, pointsToLive } from './ends.ts';
import { Hanging } from './hanging.ts';
import { fieldsOfUpdate, parse, sameValue, valueOf } from './effect.ts';
import { rowsReversed } from './rows.ts';

const inTransaction = 'entity_id = :entity AND id >= :from AND id < :until';
const asWhole = `SELECT 1 FROM audit_logs WHERE ${inTransaction}
  AND (id < :row AND action IN ('create', 'restore') OR id > :row AND action = 'delete') LIMIT 1`;
const updates = `SELECT * FROM audit_logs WHERE ${inTransaction} AND action = 'update' ORDER BY id`;

interface Span {
  id: number;
  changes: number;
}

/** Whether the record of an update came or went in the same transaction too: then it is inverted as a whole, there. */
function belongsToWhole(write: WriteContext, span: Span, { id, entity_id }: AuditLogRow): boolean {
  return (
    write.db.get(asWhole, { entity: entity_id, from: span.id, until: span.id + span.changes, row: id }) !==
    undefined
  );
}

function updatesOf(write: WriteContext, span: Span, { entity_id }: AuditLogRow): AuditLogRow[] {
  return write.db.all<AuditLogRow>(updates, {
    entity: entity_id,
    from: span.id,
    until: span.id + span.changes,
  });
}

type Stands = Located<AuditedType>;
type Reason = UndoConflict['reason'];

export interface How {
  /** What somebody has changed since is taken back too. */
  overwrite: boolean;
  /** Somebody else made the change: nothing of it is taken back by whoever may not change it. */
  foreign?: boolean;
  /** Nothing at all comes of it where anything is left: then it is said what is, before who may not do what. */
  whole?: boolean;
}

/**
 * Takes back the effect of one transaction's rows, last to first. What somebody has changed since is left as it is,
 * or with `overwrite` taken back too; what already is as it was before needs nothing. Whoever is the last admin stays one. Yields how
 * many rows are done; returns what was left and why. Throws FORBIDDEN.
 */
export function* invert(
  write: WriteContext,
  transaction: Span,
  { overwrite, foreign = false, whole = false }: How,
): Generator<number, UndoConflict[], void> {
  const left: UndoConflict[] = [];
  const hanging = new Hanging(foreign);
  let done = 0;
  for (const row of rowsReversed(write.db, transaction)) {
    const record = locateIn(write.db, row.entity_type as AuditedType, row.entity_id);
    if (record) {
      const leave = (reason: Reason, field: string | null = null): void => {
        const title = readTitle(write.db, record.type, record.payload);
        left.push({ type: record.type, id: record.id, title, field, reason });
      };
      const way = { overwrite, leave, hanging };
      if (row.action === 'delete' && record.deleted) {
        invertRemoval(write, row, updatesOf(write, transaction, row), record, way);
      } else if (row.action === 'update') {
        if (!belongsToWhole(write, transaction, row)) invertUpdate(write, transaction, row, record, way);
      } else if (row.action !== 'delete' && !record.deleted) {
        const meta = metaOfGoing(write.db, transaction, row);
        invertAppearance(write, { row, meta, after: updatesOf(write, transaction, row) }, record, way);
      }
    }
    yield ++done;
  }
  if (!whole || left.length === 0) hanging.permit(write);
  return left;
}

interface Way extends Pick<How, 'overwrite'> {
  leave: (reason: Reason, field?: string | null) => void;
  hanging: Hanging;
}

/** A record that was created or restored, and perhaps changed after that in the same transaction, goes as it came. */
function invertAppearance(
  write: WriteContext,
  { row, meta, after }: { row: AuditLogRow; meta: string | null; after: readonly AuditLogRow[] },
  record: Stands,
  way: Way,
): void {
  const { overwrite, leave } = way;
  const came = parse(row.payload_after);
  const ended = after.reduce(
    (payload, update) => applyPatch(payload, parse(update.payload_before), parse(update.payload_after)),
    came,
  );
  if (!overwrite && !jsonEqual(record.payload, ended)) return leave('changed_since');
  const { type, id } = record;
  if (type === 'profile' && isLastAdmin(write.db, id)) return leave('last_admin');
  const removal = isEntityType(type) ? planRemoval(write.db, type, id) : null;
  const hanging = removal ? removal.links.length + removal.contents.length + removal.references.length : 0;
  if (hanging > 0 && !overwrite) return leave('in_use');
  way.hanging.allow(write, jsonEqual(record.payload, ended) ? row : null, record, record.payload, null);
  const unset = Object.keys(record.payload).filter((field) => !Object.hasOwn(came, field));
  const payload = write.records.update(record, came, unset, meta) ?? record.payload;
  const gone = { ...record, payload };
  if (removal) applyRemoval(write, { ...removal, record: gone as Located }, meta, row.university_id);
  else write.records.remove(gone, meta, row.university_id);
}

/** A record that was deleted, and perhaps changed before that in the same transaction, comes back as it was before both. */
function invertRemoval(
  write: WriteContext,
  row: AuditLogRow,
  before: readonly AuditLogRow[],
  record: Stands,
  way: Way,
): void {
  const removed = parse(row.payload_before);
  // Brought back meanwhile, changed and deleted anew: the deletion that stands is another.
  if (!way.overwrite && !jsonEqual(record.payload, removed)) return way.leave('changed_since');
  const was = before.reduceRight(
    (payload, update) => applyPatch(payload, parse(update.payload_after), parse(update.payload_before)),
    removed,
  );
  if (!pointsToLive(write, record, was)) return way.leave('end_missing');
  way.hanging.allow(write, jsonEqual(record.payload, removed) ? row : null, record, null, was);
  write.records.restore(record, row.meta, row.university_id);
  const unset = Object.keys(record.payload).filter((field) => !Object.hasOwn(was, field));
  write.records.update(record, was, unset, row.meta);
}

function invertUpdate(write: WriteContext, span: Span, row: AuditLogRow, record: Stands, way: Way): void {
  const { overwrite, leave } = way;
  if (record.deleted) return leave('deleted_since');
  const before = parse(row.payload_before);
  const after = parse(row.payload_after);
  const set = new Map<string, Json>();
  const unset: string[] = [];
  let missing = false;
  const asLeft = (field: string): boolean =>
    sameValue(valueOf(record.payload, field), valueOf(after, field)) && !emptiedSince(write.db, row, field);
  for (const field of fieldsOfUpdate(before, after)) {
    const old = valueOf(before, field);
    if (sameValue(valueOf(record.payload, field), old)) continue;
    if (!overwrite && !asLeft(field)) leave('changed_since', field);
    else if (record.type === 'profile' && field === 'role' && isLastAdmin(write.db, record.id))
      leave('last_admin', field);
    else if (old === undefined) unset.push(field);
    else if (!pointsToLive(write, record, { [field]: old })) {
      missing = true;
      leave('end_missing', field);
    } else set.set(field, old);
  }
  const meeting = endThatMeets(record, set);
  if (meeting) {
    set.delete(meeting);
    leave(missing ? 'end_missing' : 'changed_since', meeting);
  }
  if (set.size + unset.length === 0) return;
  const kept = Object.entries(record.payload).filter(([field]) => !unset.includes(field));
  const own = [...set.keys(), ...unset].every(asLeft) ? row : null;
  way.hanging.allow(write, own, record, record.payload, Object.fromEntries([...kept, ...set]));
  const emptied = emptiedBecause(write.db, span, row, set);
  if (!emptied) {
    write.records.update(record, Object.fromEntries(set), unset, row.meta);
    return;
  }
  set.delete(emptied.field);
  const payload = write.records.update(record, Object.fromEntries(set), unset, row.meta) ?? record.payload;
  write.records.update({ ...record, payload }, { [emptied.field]: null }, [], emptied.meta);
}
