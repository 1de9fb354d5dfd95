import type { Erasure, PulledOperation } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { sortedTerms } from '#shared/domain/person-terms.ts';
import { redactionOf } from '#shared/domain/redaction.ts';
import type { Redaction } from '#shared/domain/redaction.ts';
import { isShared, sharedTypes } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { inTurns } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { eraseInSandbox, overwriteFreePages } from '../people/erase.ts';
import type { ErasedPlace, EraseContext } from '../people/erase.ts';
import { eraseFound, eraseInFile } from '../people/erase-in-file.ts';
import type { ErasedInFile, FoundMentions, FoundRecord } from '../people/erase-in-file.ts';
import { inSandbox, sandboxesOf } from '../people/find.ts';
import type { SandboxAt } from '../people/find.ts';
import { findMentions } from '../people/mentions.ts';
import { termsOf } from '../people/person.ts';
import { factsOf, pendingOf, rejectOperation } from './outgoing.ts';
import type { Facts } from './outgoing.ts';
import { changeState, joinedState, readUnfinished, writeUnfinished } from './state.ts';

type Write = Pick<WriteContext, 'db' | 'audit' | 'records'>;

const touching = `SELECT t.id FROM audit_logs l JOIN audit_transactions t
    ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id) WHERE l.entity_id = ? GROUP BY t.id`;
const others = `SELECT 1 FROM audit_transactions t JOIN audit_logs l ON l.id >= t.id AND l.id < t.id + t.changes
  WHERE t.id = ? AND l.entity_id <> ? AND l.entity_type IN (${sharedTypes.map((type) => `'${type}'`).join(', ')})`;

/** Erases here a person whom the server erased: from sandboxes on construction, from live (which has the names) by `begin`. */
export class WorkspaceErasure {
  readonly person: Pick<Erasure, 'type' | 'id'> & { terms: string[] };
  readonly mentions: boolean;
  /** Results for each sandbox, and for live after `begin`. */
  readonly places: ErasedPlace[];
  readonly #by: EraseContext;

  private constructor(
    by: EraseContext,
    { type, id, mentions }: Erasure,
    terms: string[],
    places: ErasedPlace[],
  ) {
    this.#by = by;
    this.person = { type, id, terms };
    this.mentions = mentions;
    this.places = places;
  }

  static async make(by: EraseContext, erasure: Erasure): Promise<WorkspaceErasure> {
    const { services } = by;
    const { id } = erasure;
    const sandboxes = sandboxesOf(services);
    const known = sandboxes.flatMap((at) => inSandbox(services, at, (db) => termsOf(db, id)) ?? []);
    const terms = sortedTerms([...termsOf(services.read, id), ...known]);
    const places: ErasedPlace[] = [];
    const isKnown = terms.length > 0 || locateIn(services.read, erasure.type, id) !== undefined;
    for (const at of isKnown ? sandboxes : []) places.push(await eraseFromSandbox(by, at, erasure, terms));
    return new WorkspaceErasure(by, erasure, terms, places);
  }

  /** Whether live has anything to erase. */
  isHere(db: ReadHandle): boolean {
    const { type, id, terms } = this.person;
    return terms.length > 0 || locateIn(db, type, id) !== undefined;
  }

  /** Rejects the person's pending changes and finds mentions. The result erases the person within a transaction. */
  async begin(
    db: WriteHandle,
    operation: Pick<PulledOperation, 'rows'> | null,
    facts: Facts,
    time: string,
  ): Promise<(write: Write) => { rows: number; count: number }> {
    const { person, mentions, places } = this;
    const { clock } = this.#by.services.source;
    const pattern = new NamePattern(person.terms);
    if (operation) rejectPending(db, person.id, facts, time);
    const local = mentions
      ? await inTurns(findMentions(db, person, pattern, { keepsProfiles: true }), { clock })
      : null;
    const rows = (operation?.rows ?? []) as SyncRow[];
    const found = withRows(db, local, person.id, rows);
    return (write) => {
      const redaction = (record: FoundRecord): Redaction =>
        operation
          ? this.#asServer(db, record, rows, { pattern, facts })
          : redactionOf(record.type, person, pattern);
      const erased: ErasedInFile = eraseFound(write, person, pattern, found, redaction);
      const isUnfinished = places.some(({ problem }) => problem !== null);
      if (erased.rows + erased.records > 0 || isUnfinished) this.#note(db);
      places.unshift({ kind: 'live', id: null, name: null, ...erased, rewritten: false, problem: null });
      return { rows: erased.rows, count: erased.records };
    };
  }

  /** Both sides must stay equal, so a value that the server redacted becomes the server's, and a field it left stays. */
  #asServer(
    db: ReadHandle,
    { type, id }: FoundRecord,
    rows: readonly SyncRow[],
    { pattern, facts }: { pattern: NamePattern; facts: Facts },
  ): Redaction {
    const usual = redactionOf(type, this.person, pattern);
    const record = locateIn(db, type, id);
    if (!record || record.deleted || !isShared(type)) return usual;
    const was = record.payload;
    const pending = pendingOf(db, id, facts).fields;
    const serverRecord = Object.assign(
      {},
      ...rows.filter((row) => row.id === id).map(({ after }) => after),
    ) as JsonObject;
    const local = usual.whole(was);
    const isKept = (field: string): boolean =>
      !pending.has(field) && !Object.hasOwn(serverRecord, field) && local[field] !== was[field];
    const redact = (payload: JsonObject): JsonObject => {
      const redacted = usual.whole(payload);
      const fields = Object.entries(payload).map(([field, value]) => {
        if (isKept(field)) return [field, value] as const;
        const isServers =
          Object.hasOwn(serverRecord, field) && !pending.has(field) && jsonEqual(value, was[field]);
        const next = isServers ? serverRecord[field] : redacted[field];
        return [field, next === undefined ? value : next] as const;
      });
      return fields.every(([field, value]) => value === payload[field])
        ? payload
        : Object.fromEntries(fields);
    };
    return { whole: redact, patch: redact };
  }

  #note(db: WriteHandle): void {
    const { person, mentions } = this;
    const { type, id } = person;
    const failed = this.places.filter(({ problem }) => problem !== null);
    const sandboxes = failed.flatMap((place) => place.id ?? []);
    const rest = readUnfinished(db).filter((one) => one.id !== id);
    writeUnfinished(db, [...rest, { type, id, mentions, sandboxes, rewritten: false }]);
  }
}

/** Every name that any file of the workspace has. */
function eraseFromSandbox(
  by: EraseContext,
  at: SandboxAt,
  { type, id, mentions }: Erasure,
  more: readonly string[],
): Promise<ErasedPlace> {
  return eraseInSandbox(by, at, function* erase(write) {
    const terms = sortedTerms([...more, ...termsOf(write.db, id)]);
    const person = { type, id, terms, name: id, university: null, state: 'present' } as const;
    return yield* eraseInFile(write, person, new NamePattern(terms), { mentions, keepsProfiles: true });
  });
}

/** Rejects pending transactions that only change the person. Of mixed ones the person's rows are emptied and the rest is sent. */
function rejectPending(db: WriteHandle, id: string, facts: Facts, time: string): void {
  const { pending } = facts;
  if (pending.size === 0) return;
  for (const transaction of db.column<number>(touching, [id])) {
    if (!pending.has(transaction) || db.get(others, [transaction, id])) continue;
    const message = 'The person was erased on the server.';
    rejectOperation(db, { id: transaction, code: 'erased', message }, facts, time);
  }
}

/** Local findings, and the records that the server redacted. */
function withRows(
  db: ReadHandle,
  local: FoundMentions,
  person: string,
  rows: readonly SyncRow[],
): FoundMentions {
  const records = new Map(
    (local?.records ?? []).map(({ type, id }) => [id, { type, id }] as [string, FoundRecord]),
  );
  for (const { type, id, action } of rows)
    if (action === 'update' && id !== person && locateIn(db, type, id)) records.set(id, { type, id });
  return local === null && records.size === 0
    ? null
    : { records: [...records.values()], labels: local?.labels ?? [] };
}

/** Retries unfinished erasures: sandboxes that could not be written, and free space. Returns whether live was rewritten. */
export async function finishErasures(by: EraseContext): Promise<boolean> {
  const { services } = by;
  const { read, queue, files } = services;
  const unfinished = readUnfinished(read);
  if (unfinished.length === 0) return true;
  const there = sandboxesOf(services);
  const left = new Map<string, string[]>();
  for (const one of unfinished) {
    const failed: string[] = [];
    for (const at of there.filter(({ id }) => one.sandboxes.includes(id)))
      if ((await eraseFromSandbox(by, at, one, [])).problem !== null) failed.push(at.id);
    left.set(one.id, failed);
  }
  const isRewritten =
    unfinished.every((one) => one.rewritten) || (await overwriteFreePages(services, files.live));
  await queue.series('sync', async ({ db }) => {
    const now = readUnfinished(db).flatMap((one) => {
      const sandboxes = left.get(one.id);
      // Added by another process.
      if (!sandboxes) return [one];
      const rewritten = one.rewritten || isRewritten;
      return rewritten && sandboxes.length === 0 ? [] : [{ ...one, sandboxes, rewritten }];
    });
    writeUnfinished(db, now);
  });
  return isRewritten;
}

/** Erases people whose erasure no pull delivers, as after joining again. The following comparison takes the server's texts. */
export async function eraseUnpulled(
  by: EraseContext,
  erasures: readonly Erasure[],
  onErased: (erasure: Erasure, places: ErasedPlace[]) => void = () => {},
): Promise<void> {
  const { queue, read, source } = by.services;
  for (const erasure of erasures) {
    const here = await WorkspaceErasure.make(by, erasure);
    if (!here.isHere(read)) continue;
    await queue.series('sync', async (series) => {
      const { db } = series;
      const erase = await here.begin(db, null, factsOf(db, joinedState(db)), isoTime(source.clock.now()));
      const head = series.write(by.actor, null, (records, audit) => {
        const { type, id } = erasure;
        audit.label('sync.erased', { type, id, ...erase({ db, audit, records }) });
      });
      if (head) changeState(db, { scope: null, in_step: false });
    });
    const rewritten = await finishErasures(by);
    onErased(
      erasure,
      here.places.map((place) => (place.kind === 'live' ? { ...place, rewritten } : place)),
    );
  }
}
