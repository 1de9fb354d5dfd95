import type { PulledConflict, PushedOperation } from '#shared/contract/server/sync.ts';
import {
  actorFields,
  authorFieldsOf,
  withActor,
  withCreator,
  withStoredActor,
} from '#shared/domain/actor-fields.ts';
import { changeIssues, payloadIssues } from '#shared/domain/check-payload.ts';
import { isErased, isRemainder } from '#shared/domain/erased.ts';
import { addsApproval, bringsApproval, isOwnProposal } from '#shared/domain/four-eyes.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { sizeIssues } from '#shared/domain/record-size.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { sharedSandboxIssues } from '#shared/domain/shared-sandbox.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import type { ProposedChange } from '#shared/domain/verdict.ts';
import { applyPatch, patchedFields } from '#shared/domain/patch.ts';
import { mergeRow } from '#shared/sync/merge.ts';
import type { MergedRow } from '#shared/sync/merge.ts';
import type { FieldConflict, SyncedType, SyncRow } from '#shared/sync/operation.ts';
import type { ServerConfig } from '../config.ts';
import type { ActingUser } from '../db/database.ts';
import type { HistoryEntry } from './storage.ts';
import { universitiesOf } from './records.ts';
import type { Affiliation, ChangedRecord, MovedInterface, ServerRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { isStorable } from './storable.ts';
import type { SyncStorage, Writer } from './storage.ts';

/** Who writes an operation; `pushed` has the facts of one that a workspace sent. */
interface BatchWriter {
  op_id: string;
  stamp: string;
  actor: Actor & Pick<ActingUser, 'sees'>;
  pushed?: Pick<PushedOperation, 'label' | 'recovers' | 'author'>;
}

/** Merges the operations of one push with the current records; each operation sees the earlier ones. Only reads from the storage. */
export class Batch {
  readonly #storage: SyncStorage;
  readonly #records = new Map<string, ServerRecord>();
  readonly #interfaceIds = new Set<string>();
  readonly #storedIds = new Set<string>();
  readonly #changedIds = new Set<string>();
  readonly #writersByField = new Map<string, Writer>();
  readonly #deletersByRecord = new Map<string, Writer>();
  readonly #loadedIds = new Set<string>();
  /** Interfaces whose universities changed because an end moved. */
  readonly #movedIds = new Set<string>();
  /** Records that the author may not see. */
  readonly #unseenRecords = new Map<string, Affiliation>();

  readonly #ownApproval: boolean;

  constructor(storage: SyncStorage, { ownApproval }: Pick<ServerConfig, 'ownApproval'>) {
    this.#storage = storage;
    this.#ownApproval = ownApproval;
  }

  /** Loads the records of the operations, before any of them is merged. */
  async loadRecords(operations: readonly { rows: readonly SyncRow[] }[]): Promise<void> {
    const rows = operations.flatMap((operation) => operation.rows);
    const ids = rows.flatMap(({ id, before, after }) => [
      id,
      ...referencedIds(before),
      ...referencedIds(after),
    ]);
    // Created records rarely exist, so their type is not looked up.
    const types = new Map(rows.flatMap(({ action, type, id }) => (action === 'create' ? [] : [[id, type]])));
    const moving = rows.filter(canMove).map(({ id }) => id);
    const [dependants] = await Promise.all([this.#interfacesOf(moving), this.#load(ids, types)]);
    const recreated = rows.filter(({ action, id }) => action === 'create' && this.#records.has(id));
    await this.#load([...dependants, ...(await this.#interfacesOf(recreated.map(({ id }) => id)))]);
    // Also loads records that these name: permission of interfaces depends on their ends, and a university must exist.
    await this.#load([...this.#records.values()].flatMap(({ payload }) => referencedIds(payload)));
  }

  async #load(ids: readonly string[], types = new Map<string, SyncedType>()): Promise<void> {
    const newIds = [...new Set(ids)].filter((id) => !this.#loadedIds.has(id));
    for (const id of newIds) this.#loadedIds.add(id);
    const { records, unseen } = await this.#storage.findRecords(newIds, types);
    for (const [id, affiliation] of unseen) this.#unseenRecords.set(id, affiliation);
    for (const [id, record] of records) {
      this.#records.set(id, record);
      this.#storedIds.add(id);
      if (record.type === 'interface') this.#interfaceIds.add(id);
    }
  }

  async #interfacesOf(ends: readonly string[]): Promise<string[]> {
    return ends.length === 0 ? [] : this.#storage.interfacesOf(ends);
  }

  /** Merges an operation. Throws Refusal, and leaves the batch unchanged then. */
  async merge(
    rows: readonly SyncRow[],
    writer: BatchWriter,
  ): Promise<{ rows: HistoryEntry['rows']; conflicts: PulledConflict[] }> {
    const mergedRecords = new Map<string, ServerRecord>();
    const find = (id: string): ServerRecord | undefined => mergedRecords.get(id) ?? this.#records.get(id);
    const affiliationOf = (id: string): Affiliation | undefined => find(id) ?? this.#unseenRecords.get(id);
    const effectiveRows: (SyncRow & { universities: string[] })[] = [];
    const conflicts: PulledConflict[] = [];
    for (const pushedRow of rows) {
      const { type, id } = pushedRow;
      const current = find(id);
      const row = withRowActor(pushedRow, current, writer.actor);
      if (!current && this.#unseenRecords.has(id))
        throw new Refusal('other_type', `The id "${id}" belongs to a record that you may not see.`, {
          type,
          id,
        });
      if (current?.deleted && isErased(current.payload)) {
        if (writer.actor.role === 'viewer')
          throw new Refusal('forbidden:viewers_read_only', `You may not change this ${type}.`, { type, id });
        // A redaction sent by a workspace that also erased the person: nothing to do.
        if (isRemainder(row)) continue;
        throw new Refusal('erased', `The ${type} "${id}" was erased.`, { type, id });
      }
      await this.#assertSecondPerson(writer, assertCanChange(writer, row, current, affiliationOf));
      const { merged, writers } = await this.#mergeRow(current, row, writer);
      assertValid(row, merged, { stored: current?.payload ?? {}, find });
      const universities = universitiesOf({ type, id, payload: merged.record.payload }, affiliationOf);
      if (merged.effectiveRows.length > 0) assertVisible(writer.actor, row, universities);
      const affected = current ? affectedUniversities(current.universities, universities) : universities;
      mergedRecords.set(id, { ...merged.record, universities });
      for (const effectiveRow of merged.effectiveRows)
        effectiveRows.push({ ...effectiveRow, universities: affected });
      for (const conflict of merged.conflicts)
        conflicts.push({ ...conflict, other: otherWriterOf(conflict, writers) });
    }
    const movedRows = this.#moveInterfaces(mergedRecords, find, affiliationOf);
    for (const [id, record] of mergedRecords) {
      this.#records.set(id, record);
      if (record.type === 'interface') this.#interfaceIds.add(id);
    }
    const { op_id, stamp, actor } = writer;
    for (const row of effectiveRows) {
      this.#changedIds.add(row.id);
      if (row.action === 'delete') this.#deletersByRecord.set(row.id, { op_id, stamp, actor: actor.id });
      for (const field of patchedFields(row))
        this.#writersByField.set(writerKey(row.id, field), { op_id, stamp, actor: actor.id });
    }
    return { rows: [...effectiveRows, ...movedRows], conflicts };
  }

  /** Adds an empty row for each interface whose end is new or moved, so that clients of one university gain or lose the interface. */
  #moveInterfaces(
    mergedRecords: Map<string, ServerRecord>,
    find: (id: string) => ServerRecord | undefined,
    affiliationOf: (id: string) => Affiliation | undefined,
  ): (SyncRow & { universities: string[] })[] {
    const isMoved = ([id, { type, universities }]: [string, ServerRecord]): boolean =>
      type !== 'interface' &&
      isEntityType(type) &&
      !sameItems(this.#records.get(id)?.universities, universities);
    const ends = new Set([...mergedRecords].filter(isMoved).map(([id]) => id));
    if (ends.size === 0) return [];
    const movedRows: (SyncRow & { universities: string[] })[] = [];
    for (const id of new Set([...this.#interfaceIds, ...mergedRecords.keys()])) {
      const record = find(id) as ServerRecord;
      const { type, payload, deleted } = record;
      if (type !== 'interface' || !referencedIds(payload).some((end) => ends.has(end))) continue;
      const universities = universitiesOf({ type, id, payload }, affiliationOf);
      if (sameItems(record.universities, universities)) continue;
      this.#movedIds.add(id);
      (mergedRecords.has(id) ? mergedRecords : this.#records).set(id, { ...record, universities });
      const affected = affectedUniversities(record.universities, universities);
      if (!deleted)
        movedRows.push({ action: 'update', type, id, before: {}, after: {}, universities: affected });
    }
    return movedRows;
  }

  /** Returns the records to write, and the interfaces of which only the universities change. */
  recordsToWrite(): { changed: ChangedRecord[]; moved: MovedInterface[] } {
    const recordOf = (id: string): ServerRecord => this.#records.get(id) as ServerRecord;
    return {
      changed: [...this.#changedIds].map((id) => ({ id, isNew: !this.#storedIds.has(id), ...recordOf(id) })),
      moved: [...this.#movedIds]
        .filter((id) => !this.#changedIds.has(id))
        .map((id) => ({
          id,
          universities: recordOf(id).universities,
        })),
    };
  }

  /** Throws Refusal if the writer approves an own proposal although a second person must. */
  async #assertSecondPerson({ actor, pushed }: BatchWriter, change: ProposedChange): Promise<void> {
    const { type, id, before } = change;
    if (this.#ownApproval || !addsApproval(change)) return;
    if (pushed && bringsApproval(actor, change, pushed)) return;
    const { approvers, creator } = await this.#storage.approvalFacts(id);
    const isCreator = creator === actor.id || !this.#storedIds.has(id);
    if (approvers > 1 && isOwnProposal(actor, before, isCreator))
      throw new Refusal('forbidden:own_proposal', 'Somebody else approves your proposal.', { type, id });
  }

  async #mergeRow(
    current: ServerRecord | undefined,
    row: SyncRow,
    { stamp }: { stamp: string },
  ): Promise<{ merged: MergedRow; writers: ReadonlyMap<string, Writer> }> {
    const { type, id } = row;
    const comparedFields = new Set<string>();
    const preview = mergeRow(current, row, (field) => {
      comparedFields.add(field);
      return false;
    });
    if (preview === 'missing')
      throw new Refusal('missing', `The server has no ${type} "${id}".`, { type, id });
    if (preview === 'other_type')
      throw new Refusal('other_type', `The id "${id}" belongs to a record of another type.`, { type, id });
    const writers = new Map<string, Writer>();
    for (const field of new Set([
      ...comparedFields,
      ...preview.conflicts.map((conflict) => conflict.field),
    ])) {
      // A late change of a deleted record conflicts with the deletion, not with the last value of the field.
      const writer = current?.deleted ? await this.#deleterOf(id) : await this.#writerOf(id, field);
      if (writer) writers.set(field, writer);
    }
    if (comparedFields.size === 0) return { merged: preview, writers };
    const merged = mergeRow(current, row, (field) => stamp >= (writers.get(field)?.stamp ?? ''));
    return { merged: merged as MergedRow, writers };
  }

  async #writerOf(id: string, field: string): Promise<Writer | undefined> {
    return this.#writersByField.get(writerKey(id, field)) ?? (await this.#storage.lastWriter(id, field));
  }

  async #deleterOf(id: string): Promise<Writer | undefined> {
    return this.#deletersByRecord.get(id) ?? (await this.#storage.lastDeletion(id));
  }
}

/** Checks permission for the current record and for the intended one, even if a conflict discards part of it. Returns the intended change. */
function assertCanChange(
  { actor, pushed }: BatchWriter,
  row: SyncRow,
  current: ServerRecord | undefined,
  affiliationOf: (id: string) => Affiliation | undefined,
): ProposedChange {
  const { type, id, action } = row;
  if (type === 'profile')
    throw new Refusal('people', 'People are changed by the server’s admins alone.', { type, id });
  // Row security of a deleted record that is recreated depends on its former universities.
  const isCreateOrUpdate = action === 'create' || action === 'update';
  const before = current && (isCreateOrUpdate || !current.deleted) ? current.payload : null;
  const intendedPayload = action === 'update' ? applyPatch(current?.payload ?? {}, row) : row.after;
  const after = action === 'restore' ? (current?.payload ?? row.after) : intendedPayload;
  const endUniversitiesOf = (payload: JsonObject): (string | null)[] =>
    [payload.from, payload.to].map((end) =>
      typeof end === 'string' ? (affiliationOf(end)?.universities[0] ?? null) : null,
    );
  const recorded = current?.deleted ? current.payload : null;
  const isSubmitted = pushed !== undefined;
  const change = { type, id, before, after: action === 'delete' ? null : after, recorded, isSubmitted };
  const verdict = verdictOn(actor, change, endUniversitiesOf);
  if (!verdict.allowed)
    throw new Refusal(`forbidden:${verdict.rule}`, `You may not ${action} this ${type}.`, { type, id });
  return change;
}

/** Names the operation's user: as author of a creation, unless the record exists and has one, and as the latest to change a record. */
function withRowActor(row: SyncRow, current: ServerRecord | undefined, actor: Actor): SyncRow {
  const { action, type, before, after } = row;
  if (after === null) return row;
  if (action === 'update' && current && actorFields[type]?.set === 'always')
    return {
      ...row,
      before: { ...authorFieldsOf(type, current.payload), ...before },
      after: withActor(type, after, actor),
    };
  if (action !== 'create') return row;
  const named = withCreator(type, after, actor);
  return { ...row, after: current ? withStoredActor(type, named, current.payload, actor) : named };
}

/** Whether a row can change the universities of a record and of its interfaces. */
const canMove = ({ action, type, before, after }: SyncRow): boolean =>
  type !== 'interface' &&
  action !== 'delete' &&
  isEntityType(type) &&
  (action === 'restore' ||
    type === 'university' ||
    referencedIds(before).length + referencedIds(after).length > 0);

/** Refuses changes that produce a record hidden from the author, because it would stay in their workspace unsynced. Throws Refusal. */
function assertVisible(
  { sees, university_id }: Pick<ActingUser, 'sees' | 'university_id'>,
  { type, id }: SyncRow,
  universities: readonly string[],
): void {
  const isVisible = sees === 'all' || universities.length === 0 || universities.includes(university_id ?? '');
  if (!isVisible && !['university', 'view', 'profile'].includes(type))
    throw new Refusal('forbidden:out_of_sight', `You would not see this ${type}.`, { type, id });
}

/** Universities that a move affects: the old and the new ones. Empty, meaning everybody, if either is empty. */
const affectedUniversities = (before: readonly string[], after: readonly string[]): string[] =>
  before.length === 0 || after.length === 0 ? [] : [...new Set([...before, ...after])];

const sameItems = (left: readonly string[] = [], right: readonly string[]): boolean =>
  left.length === right.length && left.every((item, index) => item === right[index]);

const writerKey = (id: string, field: string): string => `${id}\u001f${field}`;

const otherWriterOf = (
  { field }: FieldConflict,
  writers: ReadonlyMap<string, Writer>,
): PulledConflict['other'] => {
  const writer = writers.get(field);
  return writer ? { op_id: writer.op_id, actor: writer.actor } : null;
};

/** Ids that a payload names: ends of an interface, its university. */
function referencedIds(payload: JsonObject | null): string[] {
  const ids = [payload?.from, payload?.to, payload?.university_id];
  return ids.filter((id): id is string => typeof id === 'string');
}

/** Validates a merged record. Throws Refusal. */
function assertValid(
  { type, id }: SyncRow,
  { record, effectiveRows }: MergedRow,
  { stored, find }: { stored: JsonObject; find: (id: string) => ServerRecord | undefined },
): void {
  if (effectiveRows.length === 0 || record.deleted) return;
  const refuse = (code: 'invalid' | 'no_university' | 'unstorable' | 'too_large', message: string): never => {
    throw new Refusal(code, message, { type, id });
  };
  const { payload } = record;
  if (!isStorable(payload))
    refuse(
      'unstorable',
      'It holds a text with a character that the server cannot keep (NUL, or half of a pair).',
    );
  // Shared sandboxes have their own limit.
  const [tooLarge] = type === 'shared-sandbox' ? [] : sizeIssues(payload, stored);
  if (tooLarge) refuse('too_large', `${tooLarge.path || 'It'} ${tooLarge.message}.`);
  if (!isEntityType(type) && type !== 'shared-sandbox') return;
  const [issue] = isEntityType(type)
    ? [...payloadIssues(type, payload, stored), ...changeIssues(type, payload, stored, { allowsHttp: true })]
    : sharedSandboxIssues(payload);
  if (issue) refuse('invalid', `${issue.path || 'The record'}: ${issue.message}`);
  const { university_id: university } = payload;
  if (type !== 'interface' && typeof university === 'string' && find(university)?.type !== 'university')
    refuse('no_university', `university_id: the server has no university "${university}".`);
}
