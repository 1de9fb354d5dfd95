import type { PulledConflict } from '#shared/contract/server/sync.ts';
import { dayIssues, payloadIssues } from '#shared/domain/check-payload.ts';
import { isErased, isRemainder } from '#shared/domain/erased.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { mostFields, mostRecordBytes } from '#shared/domain/limits.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { sharedSandboxIssues } from '#shared/domain/shared-sandbox.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import { fieldsOfRow, mergeRow, patched } from '#shared/sync/merge.ts';
import type { MergedRow } from '#shared/sync/merge.ts';
import type { FieldConflict, SyncedType, SyncRow } from '#shared/sync/operation.ts';
import type { Acting, Sql } from '../db/database.ts';
import type { HistoryEntry } from './history.ts';
import { findRecords, universitiesOf } from './records.ts';
import type { Belonging, ChangedRecord, Moved, ServerRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { isStorable } from './storable.ts';

/** Which operation made a field what it is. */
interface Writer {
  op_id: string;
  stamp: string;
  actor: string;
}

const lastWriter = `SELECT t.op_id, t.stamp, t.actor FROM audit_logs l
  JOIN LATERAL (SELECT op_id, stamp, actor FROM audit_transactions WHERE id <= l.id ORDER BY id DESC LIMIT 1) t ON true
  WHERE l.entity_id = $1 AND (l.payload_before ? $2 OR l.payload_after ? $2) ORDER BY l.id DESC LIMIT 1`;

const lastDeletion = `SELECT t.op_id, t.stamp, t.actor FROM audit_logs l
  JOIN LATERAL (SELECT op_id, stamp, actor FROM audit_transactions WHERE id <= l.id ORDER BY id DESC LIMIT 1) t ON true
  WHERE l.entity_id = $1 AND l.action = 'delete' ORDER BY l.id DESC LIMIT 1`;

/** Operations of one push against the records as they are, each seeing what those before it have done. Nothing is written until all are merged. */
export class Batch {
  readonly #sql: Sql;
  readonly #records = new Map<string, ServerRecord>();
  /** Ids of those of them that are interfaces. */
  readonly #interfaces = new Set<string>();
  readonly #stored = new Set<string>();
  readonly #changed = new Set<string>();
  /** Of fields that this batch has written. */
  readonly #writers = new Map<string, Writer>();
  /** Of records that this batch has deleted. */
  readonly #deleters = new Map<string, Writer>();
  readonly #asked = new Set<string>();
  /** Interfaces that belong to something else now because an end does. */
  readonly #moved = new Set<string>();
  /** Records that the author may not see. */
  readonly #unseen = new Map<string, Belonging>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Reads what operations are about, before any of them is merged. */
  async read(operations: readonly { rows: readonly SyncRow[] }[]): Promise<void> {
    const rows = operations.flatMap((operation) => operation.rows);
    const ids = rows.flatMap(({ id, before, after }) => [id, ...namedIn(before), ...namedIn(after)]);
    // What is created is hardly ever there: its type is not asked for first.
    const types = new Map(rows.flatMap(({ action, type, id }) => (action === 'create' ? [] : [[id, type]])));
    const moving = rows.filter(mayMove).map(({ id }) => id);
    const [hanging] = await Promise.all([this.#interfacesOf(moving), this.#load(ids, types)]);
    const recreated = rows.filter(({ action, id }) => action === 'create' && this.#records.has(id));
    await this.#load([...hanging, ...(await this.#interfacesOf(recreated.map(({ id }) => id)))]);
    // What the records that are there name, too: permission goes by the ends of interfaces, and a university must be one.
    await this.#load([...this.#records.values()].flatMap(({ payload }) => namedIn(payload)));
  }

  /** Reads records that were not asked for yet. */
  async #load(ids: readonly string[], types = new Map<string, SyncedType>()): Promise<void> {
    const fresh = [...new Set(ids)].filter((id) => !this.#asked.has(id));
    for (const id of fresh) this.#asked.add(id);
    const { records, unseen } = await findRecords(this.#sql, fresh, types);
    for (const [id, belonging] of unseen) this.#unseen.set(id, belonging);
    for (const [id, record] of records) {
      this.#records.set(id, record);
      this.#stored.add(id);
      if (record.type === 'interface') this.#interfaces.add(id);
    }
  }

  async #interfacesOf(ends: readonly string[]): Promise<string[]> {
    if (ends.length === 0) return [];
    const found = await this.#sql.all<{ id: string }>(interfacesOf, [ends]);
    return found.map(({ id }) => id);
  }

  /** What an operation comes to. Throws Refusal, and leaves the batch as it was. */
  async merge(
    rows: readonly SyncRow[],
    writer: { op_id: string; stamp: string; actor: Actor & Pick<Acting, 'sees'> },
  ): Promise<{ rows: HistoryEntry['rows']; conflicts: PulledConflict[] }> {
    const own = new Map<string, ServerRecord>();
    const find = (id: string): ServerRecord | undefined => own.get(id) ?? this.#records.get(id);
    const belonging = (id: string): Belonging | undefined => find(id) ?? this.#unseen.get(id);
    const effective: (SyncRow & { universities: string[] })[] = [];
    const conflicts: PulledConflict[] = [];
    for (const row of rows) {
      const { type, id } = row;
      const current = find(id);
      if (!current && this.#unseen.has(id))
        throw new Refusal('other_type', `The id "${id}" belongs to a record that you may not see.`, {
          type,
          id,
        });
      if (current?.deleted && isErased(current.payload)) {
        if (writer.actor.role === 'viewer')
          throw new Refusal('forbidden:viewers_read_only', `You may not change this ${type}.`, { type, id });
        // A remainder, sent by a workspace that erased the person too: nothing to do.
        if (isRemainder(row)) continue;
        throw new Refusal('erased', `The ${type} "${id}" was erased.`, { type, id });
      }
      this.#assertMay(writer.actor, row, current, belonging);
      const { merged, writers } = await this.#mergeRow(current, row, writer);
      check(row, merged, { stored: current?.payload ?? {}, find });
      const universities = universitiesOf({ type, id, payload: merged.record.payload }, belonging);
      if (merged.effective.length > 0) assertSeen(writer.actor, row, universities);
      const belongs = current ? eitherOf(current.universities, universities) : universities;
      own.set(id, { ...merged.record, universities });
      for (const one of merged.effective) effective.push({ ...one, universities: belongs });
      for (const one of merged.conflicts) conflicts.push({ ...one, other: otherOf(one, writers) });
    }
    const moved = this.#interfacesThatMove(own, find, belonging);
    for (const [id, record] of own) {
      this.#records.set(id, record);
      if (record.type === 'interface') this.#interfaces.add(id);
    }
    const { op_id, stamp, actor } = writer;
    for (const row of effective) {
      this.#changed.add(row.id);
      if (row.action === 'delete') this.#deleters.set(row.id, { op_id, stamp, actor: actor.id });
      for (const field of fieldsOfRow(row))
        this.#writers.set(keyOf(row.id, field), { op_id, stamp, actor: actor.id });
    }
    return { rows: [...effective, ...moved], conflicts };
  }

  /**
   * An interface belongs to what its ends belong to. Where an end has come, or moved, the interface has a row that changes no field of it: whoever sees only
   * one university hears by it that the interface is theirs now, or is not any more.
   */
  #interfacesThatMove(
    own: Map<string, ServerRecord>,
    find: (id: string) => ServerRecord | undefined,
    belonging: (id: string) => Belonging | undefined,
  ): (SyncRow & { universities: string[] })[] {
    const isMoved = ([id, { type, universities }]: [string, ServerRecord]): boolean =>
      type !== 'interface' &&
      isEntityType(type) &&
      !sameItems(this.#records.get(id)?.universities, universities);
    const ends = new Set([...own].filter(isMoved).map(([id]) => id));
    if (ends.size === 0) return [];
    const moved: (SyncRow & { universities: string[] })[] = [];
    for (const id of new Set([...this.#interfaces, ...own.keys()])) {
      const known = find(id) as ServerRecord;
      const { type, payload, deleted } = known;
      if (type !== 'interface' || !namedIn(payload).some((end) => ends.has(end))) continue;
      const universities = universitiesOf({ type, id, payload }, belonging);
      if (sameItems(known.universities, universities)) continue;
      this.#moved.add(id);
      (own.has(id) ? own : this.#records).set(id, { ...known, universities });
      const belongs = eitherOf(known.universities, universities);
      if (!deleted) moved.push({ action: 'update', type, id, before: {}, after: {}, universities: belongs });
    }
    return moved;
  }

  /** The records to write, and the interfaces of which only what they belong to is written. */
  toWrite(): { changed: ChangedRecord[]; moved: Moved[] } {
    const of = (id: string): ServerRecord => this.#records.get(id) as ServerRecord;
    return {
      changed: [...this.#changed].map((id) => ({ id, isNew: !this.#stored.has(id), ...of(id) })),
      moved: [...this.#moved]
        .filter((id) => !this.#changed.has(id))
        .map((id) => ({
          id,
          universities: of(id).universities,
        })),
    };
  }

  /** By what the record is and by what its author wanted to make of it, whatever of that will stay. */
  #assertMay(
    actor: Actor,
    row: SyncRow,
    current: ServerRecord | undefined,
    belonging: (id: string) => Belonging | undefined,
  ): void {
    const { type, id, action } = row;
    if (type === 'profile')
      throw new Refusal('people', 'People are changed by the server’s admins alone.', { type, id });
    // A deleted record that is written again is still the one of whom it belonged to: row security goes by that, too.
    const isWritten = action === 'create' || action === 'update';
    const is = current && (isWritten || !current.deleted) ? current.payload : null;
    const wanted = action === 'update' ? patched(current?.payload ?? {}, row.before, row.after) : row.after;
    const after = action === 'restore' ? (current?.payload ?? row.after) : wanted;
    const endsOf = (payload: JsonObject): (string | null)[] =>
      [payload.from, payload.to].map((end) =>
        typeof end === 'string' ? (belonging(end)?.universities[0] ?? null) : null,
      );
    const change = { type, id, before: is, after: action === 'delete' ? null : after };
    const verdict = verdictOn(actor, change, endsOf);
    if (!verdict.allowed)
      throw new Refusal(`forbidden:${verdict.rule}`, `You may not ${action} this ${type}.`, { type, id });
  }

  async #mergeRow(
    current: ServerRecord | undefined,
    row: SyncRow,
    { stamp }: { stamp: string },
  ): Promise<{ merged: MergedRow; writers: ReadonlyMap<string, Writer> }> {
    const { type, id } = row;
    const asked = new Set<string>();
    const first = mergeRow(current, row, (field) => {
      asked.add(field);
      return false;
    });
    if (first === 'missing') throw new Refusal('missing', `The server has no ${type} "${id}".`, { type, id });
    if (first === 'other_type')
      throw new Refusal('other_type', `The id "${id}" belongs to a record of another type.`, { type, id });
    const writers = new Map<string, Writer>();
    for (const field of new Set([...asked, ...first.conflicts.map((one) => one.field)])) {
      // What comes too late for a deleted record meets its deletion, not the last value of the field.
      const writer = current?.deleted ? await this.#deleterOf(id) : await this.#writerOf(id, field);
      if (writer) writers.set(field, writer);
    }
    if (asked.size === 0) return { merged: first, writers };
    const merged = mergeRow(current, row, (field) => stamp >= (writers.get(field)?.stamp ?? ''));
    return { merged: merged as MergedRow, writers };
  }

  async #writerOf(id: string, field: string): Promise<Writer | undefined> {
    return this.#writers.get(keyOf(id, field)) ?? (await this.#sql.get<Writer>(lastWriter, [id, field]));
  }

  async #deleterOf(id: string): Promise<Writer | undefined> {
    return this.#deleters.get(id) ?? (await this.#sql.get<Writer>(lastDeletion, [id]));
  }
}

const interfacesOf = 'SELECT id FROM interfaces WHERE from_id = ANY ($1::text[]) OR to_id = ANY ($1::text[])';

/** Whether a record may come to belong to something else, and with it the interfaces that it is an end of. */
const mayMove = ({ action, type, before, after }: SyncRow): boolean =>
  type !== 'interface' &&
  action !== 'delete' &&
  isEntityType(type) &&
  (action === 'restore' || type === 'university' || namedIn(before).length + namedIn(after).length > 0);

/** Nobody makes a record of what they do not see: it would be in their workspace and never in step. Throws Refusal. */
function assertSeen(
  { sees, university_id }: Pick<Acting, 'sees' | 'university_id'>,
  { type, id }: SyncRow,
  universities: readonly string[],
): void {
  const isSeen = sees === 'all' || universities.length === 0 || universities.includes(university_id ?? '');
  if (!isSeen && !['university', 'view', 'profile'].includes(type))
    throw new Refusal('forbidden:out_of_sight', `You would not see this ${type}.`, { type, id });
}

/** To whom it is news that a record belongs to something else: those of both. What belongs to none is everybody's. */
const eitherOf = (before: readonly string[], after: readonly string[]): string[] =>
  before.length === 0 || after.length === 0 ? [] : [...new Set([...before, ...after])];

const sameItems = (left: readonly string[] = [], right: readonly string[]): boolean =>
  left.length === right.length && left.every((one, at) => one === right[at]);

const keyOf = (id: string, field: string): string => `${id}\u001f${field}`;

const otherOf = ({ field }: FieldConflict, writers: ReadonlyMap<string, Writer>): PulledConflict['other'] => {
  const writer = writers.get(field);
  return writer ? { op_id: writer.op_id, actor: writer.actor } : null;
};

/** What a payload names: ends of an interface, its university. */
function namedIn(payload: JsonObject | null): string[] {
  const named = [payload?.from, payload?.to, payload?.university_id];
  return named.filter((one): one is string => typeof one === 'string');
}

/** Whether what has become of a record can stay. Throws Refusal. */
function check(
  { type, id }: SyncRow,
  { record, effective }: MergedRow,
  { stored, find }: { stored: JsonObject; find: (id: string) => ServerRecord | undefined },
): void {
  if (effective.length === 0 || record.deleted) return;
  const refuse = (code: 'invalid' | 'no_university' | 'unstorable' | 'too_large', message: string): never => {
    throw new Refusal(code, message, { type, id });
  };
  const { payload } = record;
  if (!isStorable(payload))
    refuse(
      'unstorable',
      'It holds a text with a character that the server cannot keep (NUL, or half of a pair).',
    );
  const fields = Object.keys(payload).length;
  if (fields > mostFields) refuse('too_large', `It has ${fields} fields; at most ${mostFields} are kept.`);
  // A shared sandbox has a limit of its own.
  if (type !== 'shared-sandbox' && Buffer.byteLength(JSON.stringify(payload)) > mostRecordBytes)
    refuse('too_large', `It has more than ${mostRecordBytes} bytes.`);
  if (!isEntityType(type) && type !== 'shared-sandbox') return;
  const [issue] = isEntityType(type)
    ? [...payloadIssues(type, payload), ...dayIssues(type, payload, stored)]
    : sharedSandboxIssues(payload);
  if (issue) refuse('invalid', `${issue.path || 'The record'}: ${issue.message}`);
  const { university_id: university } = payload;
  if (type !== 'interface' && typeof university === 'string' && find(university)?.type !== 'university')
    refuse('no_university', `university_id: the server has no university "${university}".`);
}
