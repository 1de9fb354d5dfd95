import { issueOf, targetValues, withProblem } from '#shared/texts/issues.ts';
import type { PlanCounts } from '#shared/contract/compare.ts';
import type { FaultData, Issue } from '#shared/contract/fault-data.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { isErased } from '#shared/domain/erased.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { patchBetween } from '#shared/domain/patch.ts';
import { auditedTypes, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { universityOf } from '../log/records/university.ts';
import { profilesOf } from '../log/session.ts';
import { hidingIssues } from '../model/deletion.ts';
import { countDependants, emptiedFields, findDependants, referenceListFields } from '../model/dependants.ts';
import { assertCanChange } from '../model/permissions.ts';
import { readTitle, titleBy, universityTitleBy } from '../model/titles.ts';
import { checkPayload, danglingIssues } from '../model/validate.ts';

export interface PlannedChange {
  type: AuditedType;
  id: string;
  /** The new payload; null deletes the record. */
  payload: JsonObject | null;
  /** The payload was merged from two sides, so it can be invalid although each side was valid. */
  isMerged?: boolean;
  /** A record of another type has this id, which is a problem. */
  isIdOfOtherType?: boolean;
  /** The permission was checked where the change was made, so it is not checked here. */
  skipsPermission?: boolean;
  /** The payload was written before, in this workspace or a sandbox, so it can name other people as its authors. */
  isRecorded?: boolean;
}

/** Returns the change that gives a record this recorded payload (null: deletes it); null if the record needs no change. */
export function planRecord(
  db: ReadHandle,
  type: AuditedType,
  id: string,
  payload: JsonObject | null,
): PlannedChange | null {
  const record = locateIn(db, type, id);
  const current = record && !record.deleted ? record.payload : null;
  return jsonEqual(current ?? undefined, payload ?? undefined)
    ? null
    : { type, id, payload, isRecorded: true };
}

export type PlanAction = 'created' | 'restored' | 'updated' | 'removed';

export interface ReportedRecord {
  type: AuditedType;
  id: string;
  title: string;
  /** The title of the record's university, or null. */
  university: string | null;
  action: PlanAction;
}

/** The result of a plan; in a dry run, the result that applying it would have. */
export interface PlanReport extends PlanCounts {
  records: ReportedRecord[];
  /** Problems that prevent the plan. `path` is type, id and field with slashes. */
  problems: Issue[];
}

const maxReportedRecords = 1000;
const maxProblems = 200;

export interface CheckOptions {
  /** The workspace or sandbox that the changes come from: records that are hidden or dangling there are not reported. */
  source?: ReadHandle | undefined;
  /** The plan is a complete state, so hidden and dangling records are not reported. */
  isCompleteState?: boolean;
}

/** Writes a plan: creations and changes, then deletions. The caller refuses reported problems. Yields changes done. Throws FORBIDDEN. */
export function* applyPlan(
  write: WriteContext,
  plan: readonly PlannedChange[],
  checks: CheckOptions = {},
): Generator<number, PlanReport, void> {
  const { db } = write;
  const deletions = plan.filter(({ payload }) => payload === null);
  const deletedKeys = deletions.flatMap(({ type, id }) => (isEntityType(type) ? [{ type, id }] : []));
  const applier = new PlanApplier(write, checks.source);
  const writes = plan
    .filter(({ payload }) => payload !== null)
    .toSorted((a, b) => auditedTypes.indexOf(a.type) - auditedTypes.indexOf(b.type));
  let done = 0;
  let previousType: AuditedType | undefined;
  for (const change of writes) {
    if (change.type !== previousType) write.records.flush();
    previousType = change.type;
    applier.writeRecord(change);
    yield ++done;
  }
  write.records.flush();
  // Counted after the writes: a record that the plan has moved away from a deleted one does not become hidden.
  const hidden = countDependants(yield* findDependants(db, deletedKeys));
  for (const change of deletions) {
    applier.deleteRecord(change);
    yield ++done;
  }
  if (!checks.isCompleteState) yield* applier.checkVisibility();
  applier.checkAdmin();
  return { ...applier.counts, hidden, records: applier.records, problems: applier.problems };
}

/** Like `applyPlan` for a dry run: a missing permission is a problem, not an error. */
export function* tryPlan(
  write: WriteContext,
  plan: readonly PlannedChange[],
  checks?: CheckOptions,
): Generator<number, PlanReport, void> {
  try {
    return yield* applyPlan(write, plan, checks);
  } catch (error) {
    if (!isFault(error) || error.code !== 'FORBIDDEN') throw error;
    const { rule } = error.data as FaultData<'FORBIDDEN'>;
    const problems = [{ path: '', code: 'forbidden', message: error.message, rule }];
    const hidden = { links: 0, references: 0, contents: {} };
    return { created: {}, restored: {}, updated: {}, removed: {}, hidden, records: [], problems };
  }
}

class PlanApplier {
  readonly problems: Issue[] = [];
  readonly counts: Record<PlanAction, Record<string, number>> = {
    created: {},
    restored: {},
    updated: {},
    removed: {},
  };
  readonly records: ReportedRecord[] = [];
  readonly #context: WriteContext;
  readonly #source: ReadHandle | undefined;
  /** Records that were written, to be checked for being hidden or dangling. `fields` have changed; null means all. */
  readonly #writtenRecords: {
    type: AuditedType;
    id: string;
    fields: ReadonlySet<string> | null;
    storedPayload: JsonObject;
  }[] = [];

  constructor(context: WriteContext, source: ReadHandle | undefined) {
    this.#context = context;
    this.#source = source;
  }

  writeRecord(change: PlannedChange): void {
    const record = locateIn(this.#context.db, change.type, change.id);
    if (!record) this.#create(change);
    // An erased record is not written again, although a version or point in time can still have its values.
    else if (isErased(record.payload)) return;
    else if (record.deleted) this.#restore(change, record);
    else this.#update(change, record);
  }

  deleteRecord({ type, id, skipsPermission }: PlannedChange): void {
    const { db, records } = this.#context;
    const record = locateIn(db, type, id);
    if (!record || record.deleted) return;
    if (!skipsPermission) this.#assertCanChange({ type, id, before: record.payload, after: null });
    this.#report(record, 'removed', record.payload);
    records.remove(record);
  }

  #assertCanChange(change: Parameters<typeof assertCanChange>[2]): void {
    assertCanChange(this.#context.db, this.#context.actor, change);
  }

  #create({ type, id, payload, isIdOfOtherType, skipsPermission, isRecorded }: PlannedChange): void {
    if (payload === null) return;
    const { db, records } = this.#context;
    if (isIdOfOtherType) {
      this.problems.push(issueOf(`${type}/${id}`, 'duplicate_id'));
      return;
    }
    const recorded = isRecorded ? payload : null;
    if (!skipsPermission) this.#assertCanChange({ type, id, before: null, after: payload, recorded });
    records.createLater({ type, id, payload }, universityOf(db, { type, id, payload }));
    this.#report({ type, id }, 'created', payload);
    this.#writtenRecords.push({ type, id, fields: null, storedPayload: {} });
  }

  #restore(
    { type, id, payload, skipsPermission, isRecorded }: PlannedChange,
    record: LocatedRecord<AuditedType>,
  ): void {
    if (payload === null) return;
    const { records } = this.#context;
    for (const after of skipsPermission ? [] : [record.payload, payload])
      this.#assertCanChange({
        type,
        id,
        before: null,
        after,
        recorded: isRecorded ? after : record.payload,
      });
    records.restore(record);
    records.replace(record, payload);
    this.#report(record, 'restored', payload);
    this.#writtenRecords.push({ type, id, fields: null, storedPayload: record.payload });
  }

  #update(
    { type, id, payload, isMerged, skipsPermission, isRecorded }: PlannedChange,
    record: LocatedRecord<AuditedType>,
  ): void {
    if (payload === null || jsonEqual(payload, record.payload)) return;
    const recorded = isRecorded ? payload : null;
    if (!skipsPermission)
      this.#assertCanChange({ type, id, before: record.payload, after: payload, recorded });
    if (isMerged) this.#checkMerged(type, id, payload, record.payload);
    this.#context.records.replace(record, payload);
    this.#report(record, 'updated', payload);
    const { after } = patchBetween(record.payload, payload);
    this.#writtenRecords.push({
      type,
      id,
      fields: new Set(Object.keys(after ?? {})),
      storedPayload: record.payload,
    });
  }

  /** A merged record can be invalid by itself, such as an interface with one record at both ends. */
  #checkMerged(type: AuditedType, id: string, payload: JsonObject, stored: JsonObject): void {
    if (!isEntityType(type)) return;
    try {
      checkPayload(type, payload, stored);
    } catch (error) {
      if (!isFault(error) || error.code !== 'INVALID') throw error;
      const { issues } = error.data as { issues: Issue[] };
      this.#addProblems(type, id, issues);
    }
  }

  #addProblems(type: AuditedType, id: string, issues: readonly Issue[]): void {
    for (const issue of issues) {
      if (this.problems.length === maxProblems) return;
      this.problems.push({ ...issue, path: `${type}/${id}/${issue.path}` });
    }
  }

  #report({ type, id }: { type: AuditedType; id: string }, action: PlanAction, payload: JsonObject): void {
    const counts = this.counts[action];
    counts[tableOf[type]] = (counts[tableOf[type]] ?? 0) + 1;
    if (this.records.length >= maxReportedRecords) return;
    // The title can come from records that the plan leaves out, so `source` is searched too.
    const find = (recordId: string) =>
      locateRecord(this.#context.db, recordId) ?? (this.#source && locateRecord(this.#source, recordId));
    const title = titleBy(find, type, payload);
    const university = universityTitleBy(find, { type, id, payload });
    this.records.push({ type, id, title, university, action });
  }

  /** If only `source` has the record of a dangling reference, the issue names that record. */
  #nameSourceRecord(issue: Issue, payload: JsonObject): Issue {
    const id = payload[issue.path];
    const record = this.#source && typeof id === 'string' ? locateRecord(this.#source, id) : undefined;
    if (!this.#source || !record || issue.gone) return issue;
    const { type } = record;
    const title = readTitle(this.#source, type, record.payload);
    const target = { type, id: record.id, title };
    return { ...withProblem(issue, 'left_out_target', targetValues(target)), gone: target };
  }

  /** Reports written records that are now hidden or dangling, unless they already are in `source`. */
  *checkVisibility(): Generator<number, void, void> {
    const { db } = this.#context;
    const source = this.#source;
    for (const [index, { type, id, fields, storedPayload }] of this.#writtenRecords.entries()) {
      yield index;
      if (!isEntityType(type) && type !== 'profile') continue;
      const record = locateIn(db, type, id);
      if (!record || record.deleted) continue;
      const referenceFields = [...emptiedFields(type), ...referenceListFields(type)];
      const fieldsToCheck = new Set(referenceFields.filter((field) => !fields || fields.has(field)));
      const sourceRecord = source && locateIn(source, type, id);
      if (isEntityType(type) && record.hidden && !sourceRecord?.hidden)
        this.#addProblems(
          type,
          id,
          hidingIssues(db, record as LocatedRecord).map((issue) =>
            this.#nameSourceRecord(issue, record.payload),
          ),
        );
      const issues = danglingIssues(db, type, record.payload, { fields: fieldsToCheck, storedPayload });
      const danglingInSource =
        source && sourceRecord && !sourceRecord.deleted
          ? new Set(danglingIssues(source, type, sourceRecord.payload).map(({ path }) => path))
          : new Set<string>();
      this.#addProblems(
        type,
        id,
        issues
          .filter(({ path }) => !danglingInSource.has(path))
          .map((issue) => this.#nameSourceRecord(issue, record.payload)),
      );
    }
  }

  checkAdmin(): void {
    const changesProfiles = Object.values(this.counts).some((counts) => counts[tableOf.profile]);
    if (changesProfiles && !profilesOf(this.#context.db).some(({ role }) => role === 'admin')) {
      this.problems.push(issueOf('profile', 'last_admin'));
    }
  }
}

/** INVALID with all problems; the first one is the message. */
export function invalidPlanFault(problems: readonly Issue[]): Fault<'INVALID'> {
  return new Fault('INVALID', { issues: [...problems] });
}
