import type { Carried } from '#shared/contract/compare.ts';
import type { Issue } from '#shared/contract/faults.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { entityTypes, isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { removeRecords } from '../records/remove-many.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { applyPatch } from '../log/records/patch.ts';
import { permit } from '../model/permissions.ts';
import { universityOf } from '../log/records/university.ts';
import { checkPayload } from '../model/validate.ts';
import { goneAlong, logEnd } from './along.ts';
import { comeBack, isBack } from './back.ts';
import type { Wanted } from './choose.ts';
import { givesReference, inOrder } from './order.ts';
import { problemsIn } from './problems.ts';
import { Tally } from './tally.ts';

export type Applied = Pick<
  Carried,
  'created' | 'restored' | 'updated' | 'removed' | 'along' | 'records' | 'problems'
>;

/**
 * Makes records what is wanted of them, each as far as the actor may: first what comes and what is given other references, then what goes,
 * with its interfaces as in every deletion, and last what else changes; so that nothing goes along that has just been moved away, and
 * what went along needs no change of its own. What cannot stay so is listed as problems. Yields how many are done. Throws FORBIDDEN, and
 * IN_USE for a university that would lose records which are not meant.
 */
export function* apply(write: WriteContext, wanted: readonly Wanted[]): Generator<number, Applied, void> {
  const run = new Run(write);
  const before = logEnd(write.db);
  const staying = inOrder(wanted.filter(({ payload }) => payload !== null));
  const later: Wanted[] = [];
  let done = 0;
  let type: AuditedType | undefined;
  for (const one of staying) {
    if (one.type !== type) write.records.flush();
    type = one.type;
    if (run.bring(one)) yield ++done;
    else later.push(one);
  }
  write.records.flush();
  const going = wanted.filter(({ payload }) => payload === null);
  yield* run.remove(going);
  done += going.length;
  for (const one of later) {
    run.change(one);
    yield ++done;
  }
  run.problems.push(...(yield* problemsIn(write.db, run.tally.written)));
  const back = wanted.filter((one) => isBack(write.db, one));
  const told = new Set([...going, ...back].map(({ id }) => id));
  const along = goneAlong(write.db, before, new Set(wanted.map(({ id }) => id)), told);
  const applied = run.applied();
  return { ...applied, records: [...applied.records, ...along] };
}

class Run {
  readonly problems: Issue[] = [];
  readonly tally: Tally;
  readonly #write: WriteContext;
  /** Ids of what has references back, and counts as changed. */
  readonly #refilled = new Set<string>();
  #along = { links: 0, references: 0 };

  constructor(write: WriteContext) {
    this.#write = write;
    this.tally = new Tally(write.db);
  }

  applied(): Applied {
    return { ...this.tally.counts, along: this.#along, records: this.tally.records, problems: this.problems };
  }

  /** Makes or restores a record, or changes it when it is given a reference. Returns false for what can wait. */
  bring(one: Wanted): boolean {
    const record = locateIn(this.#write.db, one.type, one.id);
    if (one.back !== undefined) this.#comeBack(one, record);
    else if (!record) this.#create(one);
    else if (record.deleted) this.#restore(one, record);
    else if (givesReference(one)) this.#update(one, record);
    else return false;
    return true;
  }

  /** Changes a record, unless it went along with another. */
  change(one: Wanted): void {
    const record = locateIn(this.#write.db, one.type, one.id);
    if (record && !record.deleted) this.#update(one, record);
  }

  *remove(going: readonly Wanted[]): Generator<number, void, void> {
    const { db, actor, records } = this.#write;
    const there = going.flatMap(({ type, id }) => locateIn(db, type, id) ?? []);
    const live = there.filter(({ deleted }) => !deleted);
    for (const record of live) this.tally.tell(record, 'removed', record.payload);
    for (const record of live) {
      const { type, id, payload } = record;
      if (isEntityType(type)) continue;
      permit(db, actor, { type, id, before: payload, after: null });
      records.remove(record);
      yield 0;
    }
    const gone = new Set(live.filter(({ type }) => isEntityType(type)).map(({ id }) => id));
    const named = live.filter((record) => !follows(record, gone));
    const meant = entityTypes.map((type) => ({
      type,
      ids: named.filter((record) => record.type === type).map(({ id }) => id),
    }));
    if (gone.size === 0) return;
    const { links, references } = yield* removeRecords(this.#write, meant);
    this.#along = { links: links - (live.length - named.length), references };
  }

  #create({ type, id, payload, twoTypes }: Wanted): void {
    if (payload === null) return;
    const { db, actor, records } = this.#write;
    if (twoTypes) {
      const message = `the id "${id}" already belongs to a record of another type`;
      this.problems.push({ path: `${type}/${id}`, code: 'duplicate_id', message });
      return;
    }
    permit(db, actor, { type, id, before: null, after: payload });
    records.createLater({ type, id, payload }, universityOf(db, { type, id, payload }));
    this.tally.note({ type, id, fields: null }, 'created', payload);
  }

  #restore({ type, id, payload }: Wanted, record: Located<AuditedType>): void {
    if (payload === null) return;
    const { db, actor, records } = this.#write;
    permit(db, actor, { type, id, before: null, after: record.payload });
    permit(db, actor, { type, id, before: null, after: payload });
    records.restore(record);
    const unset = Object.keys(record.payload).filter((field) => !Object.hasOwn(payload, field));
    records.update(record, payload, unset);
    this.tally.note({ type, id, fields: null }, 'restored', payload);
  }

  /** What is changed otherwise too is counted with that. */
  #comeBack(one: Wanted, record: Located<AuditedType> | undefined): void {
    const payload = record && comeBack(this.#write, one, record);
    if (!payload) return;
    const { type, id, patch } = one;
    const fields = patch && new Set(Object.keys(patch.set));
    this.tally.note({ type, id, fields }, patch ? 'updated' : 'restored', payload);
    if (patch) this.#refilled.add(id);
  }

  #update(one: Wanted, record: Located<AuditedType>): void {
    const { type, id } = one;
    const { db, actor, records } = this.#write;
    const { set, unset } = one.patch ?? wholly(one.payload ?? {}, record.payload);
    const after = applyPatch(record.payload, Object.fromEntries(unset.map((field) => [field, null])), set);
    if (jsonEqual(after, record.payload)) return;
    permit(db, actor, { type, id, before: record.payload, after });
    if (!jsonEqual(after, one.payload ?? {})) this.#checkMerged(type, id, after);
    records.update(record, set, unset);
    const written = { type, id, fields: new Set(Object.keys(set)) };
    if (this.#refilled.has(id)) this.tally.written.push(written);
    else this.tally.note(written, 'updated', after);
  }

  /** What neither side had as a whole may be what nobody could have saved: an interface with one record at both its ends. */
  #checkMerged(type: AuditedType, id: string, payload: JsonObject): void {
    if (!isEntityType(type)) return;
    try {
      checkPayload(type, payload);
    } catch (error) {
      if (!isFault(error) || error.code !== 'INVALID') throw error;
      const { issues } = error.data as { issues: Issue[] };
      this.problems.push(...issues.map((issue) => ({ ...issue, path: `${type}/${id}/${issue.path}` })));
    }
  }
}

/** An interface that goes because an end of it does: it is to come back with that. */
function follows({ type, payload }: Located<AuditedType>, gone: ReadonlySet<string>): boolean {
  return type === 'interface' && [payload.from, payload.to].some((end) => gone.has(end as string));
}

function wholly(wanted: JsonObject, had: JsonObject): { set: JsonObject; unset: string[] } {
  return { set: wanted, unset: Object.keys(had).filter((field) => !Object.hasOwn(wanted, field)) };
}
