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
import type { Located } from '../log/records/locate.ts';
import { universityOf } from '../log/records/university.ts';
import { profilesOf } from '../log/session.ts';
import { hidersOf } from '../model/deletion.ts';
import { countDependants, emptiedFields, findDependants, listFields } from '../model/dependants.ts';
import { assertMayChange } from '../model/permissions.ts';
import { readTitle, titleBy, universityTitleBy } from '../model/titles.ts';
import { checkPayload, danglingReferences } from '../model/validate.ts';

export interface PlannedChange {
  type: AuditedType;
  id: string;
  /** The new payload; null deletes the record. */
  payload: JsonObject | null;
  /** Merged from two sides, so it may be invalid although each side was valid. */
  merged?: boolean;
  otherType?: boolean;
  /** Needs no permission here: it was permitted where it was made. */
  granted?: boolean;
}

/** The change that makes a record `payload` (null: deleted); null if it is so already. */
export function planRecord(
  db: ReadHandle,
  type: AuditedType,
  id: string,
  payload: JsonObject | null,
): PlannedChange | null {
  const record = locateIn(db, type, id);
  const current = record && !record.deleted ? record.payload : null;
  return jsonEqual(current ?? undefined, payload ?? undefined) ? null : { type, id, payload };
}

export type PlanAction = 'created' | 'restored' | 'updated' | 'removed';

export interface PlannedRecord {
  type: AuditedType;
  id: string;
  title: string;
  /** The title of its university, or null. */
  university: string | null;
  action: PlanAction;
}

/** What a plan did or, in a dry run, would do. */
export interface PlanReport extends PlanCounts {
  records: PlannedRecord[];
  /** Problems that prevent it. `path` is type, id and field with slashes. */
  problems: Issue[];
}

const maxRecords = 1000;
const maxProblems = 200;

export interface Checks {
  /** The source of the changes: records hidden or dangling there may be so here. */
  source?: ReadHandle | undefined;
  /** The plan is a whole state, so hidden records are not reported. */
  whole?: boolean;
}

/** Writes a plan: creations and changes, then deletions. Returns problems to refuse. Yields changes done. Throws FORBIDDEN. */
export function* applyPlan(
  write: WriteContext,
  plan: readonly PlannedChange[],
  checks: Checks = {},
): Generator<number, PlanReport, void> {
  const { db } = write;
  const deletions = plan.filter(({ payload }) => payload === null);
  const keys = deletions.flatMap(({ type, id }) => (isEntityType(type) ? [{ type, id }] : []));
  const run = new Run(write, checks.source);
  const staying = plan
    .filter(({ payload }) => payload !== null)
    .toSorted((a, b) => auditedTypes.indexOf(a.type) - auditedTypes.indexOf(b.type));
  let done = 0;
  let type: AuditedType | undefined;
  for (const change of staying) {
    if (change.type !== type) write.records.flush();
    type = change.type;
    run.write(change);
    yield ++done;
  }
  write.records.flush();
  // Not hidden any more: the plan has just moved it.
  const hidden = countDependants(yield* findDependants(db, keys));
  for (const change of deletions) {
    run.delete(change);
    yield ++done;
  }
  if (!checks.whole) yield* run.checkVisible();
  run.checkAdmin();
  return { ...run.counts, hidden, records: run.records, problems: run.problems };
}

/** As `applyPlan` for a dry run: a missing permission is a problem, not an error. */
export function* tryPlan(
  write: WriteContext,
  plan: readonly PlannedChange[],
  checks?: Checks,
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

class Run {
  readonly problems: Issue[] = [];
  readonly counts: Record<PlanAction, Record<string, number>> = {
    created: {},
    restored: {},
    updated: {},
    removed: {},
  };
  readonly records: PlannedRecord[] = [];
  readonly #write: WriteContext;
  readonly #source: ReadHandle | undefined;
  /** Records that may stay hidden or dangling. */
  readonly #written: {
    type: AuditedType;
    id: string;
    fields: ReadonlySet<string> | null;
    stored: JsonObject;
  }[] = [];

  constructor(write: WriteContext, source: ReadHandle | undefined) {
    this.#write = write;
    this.#source = source;
  }

  write(change: PlannedChange): void {
    const record = locateIn(this.#write.db, change.type, change.id);
    if (!record) this.#create(change);
    // Restored without the reference; a version or point in time may still have its target.
    else if (isErased(record.payload)) return;
    else if (record.deleted) this.#restore(change, record);
    else this.#update(change, record);
  }

  delete({ type, id, granted }: PlannedChange): void {
    const { db, records } = this.#write;
    const record = locateIn(db, type, id);
    if (!record || record.deleted) return;
    if (!granted) this.#permit({ type, id, before: record.payload, after: null });
    this.#note(record, 'removed', record.payload);
    records.remove(record);
  }

  #permit(change: Parameters<typeof assertMayChange>[2]): void {
    assertMayChange(this.#write.db, this.#write.actor, change);
  }

  #create({ type, id, payload, otherType, granted }: PlannedChange): void {
    if (payload === null) return;
    const { db, records } = this.#write;
    if (otherType) {
      const message = `the id "${id}" already belongs to a record of another type`;
      this.problems.push({ path: `${type}/${id}`, code: 'duplicate_id', message });
      return;
    }
    if (!granted) this.#permit({ type, id, before: null, after: payload });
    records.createLater({ type, id, payload }, universityOf(db, { type, id, payload }));
    this.#note({ type, id }, 'created', payload);
    this.#written.push({ type, id, fields: null, stored: {} });
  }

  #restore({ type, id, payload, granted }: PlannedChange, record: Located<AuditedType>): void {
    if (payload === null) return;
    const { records } = this.#write;
    for (const after of granted ? [] : [record.payload, payload])
      this.#permit({ type, id, before: null, after });
    records.restore(record);
    records.replace(record, payload);
    this.#note(record, 'restored', payload);
    this.#written.push({ type, id, fields: null, stored: record.payload });
  }

  #update({ type, id, payload, merged, granted }: PlannedChange, record: Located<AuditedType>): void {
    if (payload === null || jsonEqual(payload, record.payload)) return;
    if (!granted) this.#permit({ type, id, before: record.payload, after: payload });
    if (merged) this.#checkMerged(type, id, payload);
    this.#write.records.replace(record, payload);
    this.#note(record, 'updated', payload);
    const { after } = patchBetween(record.payload, payload);
    this.#written.push({ type, id, fields: new Set(Object.keys(after ?? {})), stored: record.payload });
  }

  /** A merged record may be invalid in itself, such as an interface with one record at both ends. */
  #checkMerged(type: AuditedType, id: string, payload: JsonObject): void {
    if (!isEntityType(type)) return;
    try {
      checkPayload(type, payload);
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

  #note({ type, id }: { type: AuditedType; id: string }, action: PlanAction, payload: JsonObject): void {
    const counts = this.counts[action];
    counts[tableOf[type]] = (counts[tableOf[type]] ?? 0) + 1;
    if (this.records.length >= maxRecords) return;
    // The records that its title comes from may be left out here.
    const find = (one: string) =>
      locateRecord(this.#write.db, one) ?? (this.#source && locateRecord(this.#source, one));
    const title = titleBy(find, type, payload);
    const university = universityTitleBy(find, { type, id, payload });
    this.records.push({ type, id, title, university, action });
  }

  /** A missing record that `source` has is named. */
  #leftOut(issue: Issue, payload: JsonObject): Issue {
    const id = payload[issue.path];
    const found = this.#source && typeof id === 'string' ? locateRecord(this.#source, id) : undefined;
    if (!this.#source || !found || issue.gone) return issue;
    const { type } = found;
    const title = readTitle(this.#source, type, found.payload);
    return {
      ...issue,
      message: `the ${type} "${title}" (${found.id}) is left out`,
      gone: { type, id: found.id, title },
    };
  }

  /** Reports written records that are now hidden or dangling, unless they are so in `source`. */
  *checkVisible(): Generator<number, void, void> {
    const { db } = this.#write;
    const source = this.#source;
    for (const [at, { type, id, fields, stored }] of this.#written.entries()) {
      yield at;
      if (!isEntityType(type) && type !== 'profile') continue;
      const record = locateIn(db, type, id);
      if (!record || record.deleted) continue;
      const named = [...emptiedFields(type), ...listFields(type)];
      const only = new Set(named.filter((field) => !fields || fields.has(field)));
      const inSource = source && locateIn(source, type, id);
      if (isEntityType(type) && record.hidden && !inSource?.hidden)
        this.#addProblems(
          type,
          id,
          hidersOf(db, record as Located).map((one) => this.#leftOut(one, record.payload)),
        );
      const dangling = danglingReferences(db, type, record.payload, { only, stored });
      const known =
        source && inSource && !inSource.deleted
          ? new Set(danglingReferences(source, type, inSource.payload).map(({ path }) => path))
          : new Set<string>();
      this.#addProblems(
        type,
        id,
        dangling.filter(({ path }) => !known.has(path)).map((one) => this.#leftOut(one, record.payload)),
      );
    }
  }

  checkAdmin(): void {
    const profiles = Object.values(this.counts).some((counts) => counts[tableOf.profile]);
    if (profiles && !profilesOf(this.#write.db).some(({ role }) => role === 'admin')) {
      const message = 'no profile would be an admin any more';
      this.problems.push({ path: 'profile', code: 'last_admin', message });
    }
  }
}

/** INVALID with all problems; the first one is the message. */
export function refusePlan(problems: readonly Issue[]): Fault<'INVALID'> {
  return new Fault('INVALID', { issues: [...problems] });
}
