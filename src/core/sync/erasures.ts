import type {
  EmptiedRecord,
  Emptying,
  Erasure,
  PulledOperation,
  SyncScope,
} from '#shared/contract/server/sync.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { sortTerms } from '#shared/domain/person-terms.ts';
import { redactionOf } from '#shared/domain/redaction.ts';
import type { Redaction } from '#shared/domain/redaction.ts';
import { isSharedType, sharedTypes } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { forgetAuthor } from '../code-maps/personal-data.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { runYielding } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { eraseInSandbox, rewriteLive } from '../people/erase.ts';
import type { ErasedPlace, EraseContext } from '../people/erase.ts';
import { eraseWithMentions, eraseInFile } from '../people/erase-in-file.ts';
import type { ErasureCounts, FoundMentions, MentionedRecord } from '../people/erase-in-file.ts';
import { readInSandbox, sandboxesOf } from '../people/find.ts';
import type { SandboxKey } from '../people/find.ts';
import { findMentions } from '../people/mentions.ts';
import { termsOf } from '../people/person.ts';
import { emptiedNames, inheritedRows, personOfDigest, sentRows } from './emptied-names.ts';
import { isRecordShared, pendingFactsOf, pendingChangesOf, rejectOperation } from './outgoing.ts';
import type { PendingFacts } from './outgoing.ts';
import { changeState, joinedState, readUnfinished, writeUnfinished } from './state.ts';
import type { UnfinishedErasure } from './state.ts';

type Write = Pick<WriteContext, 'db' | 'audit' | 'records'>;

const transactionsQuery = `SELECT t.id FROM audit_logs l JOIN audit_transactions t
    ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id) WHERE l.entity_id = ? GROUP BY t.id`;
const otherRecordsQuery = `SELECT 1 FROM audit_transactions t JOIN audit_logs l ON l.id >= t.id AND l.id < t.id + t.changes
  WHERE t.id = ? AND l.entity_id <> ? AND l.entity_type IN (${sharedTypes.map((type) => `'${type}'`).join(', ')})`;

/** An erasure of the server as a workspace gets it. `erases` is null if the user cannot see the person, `empties` from an older server. */
export type ReceivedErasure = Pick<PulledOperation, 'op_id' | 'erases' | 'empties'>;

/** Erases a person in this workspace whom the server erased: `start` erases from the sandboxes, `prepareLive` prepares live. */
export class WorkspaceErasure {
  readonly person: Pick<Erasure, 'type' | 'id'> & { terms: string[] };
  readonly mentions: boolean;
  /** Results for each sandbox, and for live once it is erased. */
  readonly places: ErasedPlace[] = [];
  readonly #context: EraseContext;
  readonly #emptied: readonly EmptiedRecord[];

  private constructor(
    context: EraseContext,
    { type, id, mentions }: Erasure,
    emptied: readonly EmptiedRecord[],
    terms: string[],
  ) {
    this.#context = context;
    this.#emptied = emptied;
    this.person = { type, id, terms };
    this.mentions = mentions;
  }

  /** Null for an operation that erases nobody. */
  static async start(context: EraseContext, received: ReceivedErasure): Promise<WorkspaceErasure | null> {
    const { services } = context;
    const { read } = services;
    const { erases, empties } = received;
    if (!erases && !empties) return null;
    const erasure: Erasure = erases ?? {
      ...personOfDigest(read, received.op_id, empties as Emptying),
      mentions: (empties as Emptying).mentions,
    };
    const { type, id, mentions } = erasure;
    const emptied = mentions ? (empties?.records ?? []) : [];
    const sandboxes = sandboxesOf(services);
    const sandboxTerms = sandboxes.flatMap(
      (sandbox) =>
        readInSandbox(services, sandbox, (db) => [
          ...termsOf(db, id),
          ...emptiedNames(db, emptied, inheritedRows(db)),
        ]) ?? [],
    );
    const terms = sortTerms([
      ...termsOf(read, id),
      ...emptiedNames(read, emptied, sentRows(read)),
      ...sandboxTerms,
    ]);
    forgetAuthor(services, id, new NamePattern(terms));
    const workspaceErasure = new WorkspaceErasure(context, erasure, emptied, terms);
    const isKnown = terms.length > 0 || locateIn(read, type, id) !== undefined;
    for (const sandbox of isKnown ? sandboxes : [])
      workspaceErasure.places.push(await eraseFromSandbox(context, sandbox, erasure, { terms, emptied }));
    return workspaceErasure;
  }

  /** Whether live has anything to erase. */
  isInLive(db: ReadHandle): boolean {
    const { type, id, terms } = this.person;
    return (
      terms.length > 0 ||
      locateIn(db, type, id) !== undefined ||
      this.#emptied.some((record) => record.type === 'shared-sandbox' && locateIn(db, record.type, record.id))
    );
  }

  /** Finds mentions; with an operation, also rejects the person's pending changes. Returns a function that erases within a transaction. */
  async prepareLive(
    db: WriteHandle,
    pulled: { operation: Pick<PulledOperation, 'rows'>; scope: SyncScope } | null,
    facts: PendingFacts,
    time: string,
  ): Promise<(write: Write) => { rows: number; count: number }> {
    const { person, mentions, places } = this;
    const { clock } = this.#context.services.source;
    const pattern = new NamePattern(person.terms);
    if (pulled) rejectPending(db, person.id, facts, time);
    const localMentions = mentions
      ? await runYielding(findMentions(db, person, pattern, { keepsProfiles: true }), { clock })
      : null;
    const rows = (pulled?.operation.rows ?? []) as SyncRow[];
    const foundMentions = withServerRows(db, localMentions, person.id, [...rows, ...this.#emptied]);
    return (write) => {
      const redactionFor = (record: MentionedRecord): Redaction =>
        pulled
          ? this.#redactionLikeServer(db, record, rows, { pattern, facts, scope: pulled.scope })
          : this.#redactionOf(record, pattern);
      const erased: ErasureCounts = eraseWithMentions(write, person, pattern, foundMentions, redactionFor);
      const hasProblem = places.some(({ problem }) => problem !== null);
      if (erased.rows + erased.records > 0 || hasProblem) this.#recordUnfinished(db);
      places.unshift({ kind: 'live', id: null, name: null, ...erased, rewritten: false, problem: null });
      return { rows: erased.rows, count: erased.records };
    };
  }

  /**
   * Redacts like the server, so that both stay equal: takes the server's value of a redacted field, keeps a field that it kept. Of a
   * record that the user no longer sees, the server sends nothing: it is redacted in full.
   */
  #redactionLikeServer(
    db: ReadHandle,
    { type, id }: MentionedRecord,
    rows: readonly SyncRow[],
    { pattern, facts, scope }: { pattern: NamePattern; facts: PendingFacts; scope: SyncScope },
  ): Redaction {
    const fullRedaction = this.#redactionOf({ type, id }, pattern);
    const record = locateIn(db, type, id);
    if (!record || record.deleted || !isSharedType(type)) return fullRedaction;
    const current = record.payload;
    const isSeen = scope.universities?.some((one) => isRecordShared(db, one, record)) ?? true;
    if (!isSeen) return fullRedaction;
    const pending = pendingChangesOf(db, id, facts).fields;
    const serverFields = Object.assign(
      {},
      ...rows.filter((row) => row.id === id).map(({ after }) => after),
    ) as JsonObject;
    const redactedHere = fullRedaction.redactPayload(current);
    const isKeptByServer = (field: string): boolean =>
      !pending.has(field) && !Object.hasOwn(serverFields, field) && redactedHere[field] !== current[field];
    const redact = (payload: JsonObject): JsonObject => {
      const redacted = fullRedaction.redactPayload(payload);
      const fields = Object.entries(payload).map(([field, value]) => {
        if (isKeptByServer(field)) return [field, value] as const;
        const takesServerValue =
          Object.hasOwn(serverFields, field) && !pending.has(field) && jsonEqual(value, current[field]);
        const newValue = takesServerValue ? serverFields[field] : redacted[field];
        return [field, newValue === undefined ? value : newValue] as const;
      });
      return fields.every(([field, value]) => value === payload[field])
        ? payload
        : Object.fromEntries(fields);
    };
    return { redactPayload: redact, redactPatch: redact };
  }

  /** A shared sandbox loses its changes of the person's own record; without the person's id, it keeps what the server has left. */
  #redactionOf({ type, id }: MentionedRecord, pattern: NamePattern): Redaction {
    const redaction = redactionOf(type, this.person, pattern);
    const remaining = this.#emptied.find((record) => record.id === id)?.values['changes'] as
      | Json[]
      | undefined;
    const last = remaining?.at(-1);
    if (type !== 'shared-sandbox' || !remaining || last === undefined) return redaction;
    const redact = (payload: JsonObject): JsonObject => {
      const redacted = redaction.redactPayload(payload);
      const { changes } = redacted;
      const isLeft = changes === undefined || remaining.some((one) => jsonEqual(one, changes));
      return isLeft ? redacted : { ...redacted, changes: last };
    };
    return { redactPayload: redact, redactPatch: redact };
  }

  #recordUnfinished(db: WriteHandle): void {
    const { person, mentions } = this;
    const { type, id } = person;
    const failed = this.places.filter(({ problem }) => problem !== null);
    const sandboxes = failed.flatMap((place) => place.id ?? []);
    const unfinished = readUnfinished(db);
    // Erasures of unknown people share one entry.
    const previous = unfinished.filter((one) => one.id === id);
    const entry: UnfinishedErasure = {
      type,
      id,
      mentions,
      sandboxes: [...new Set([...sandboxes, ...previous.flatMap((one) => one.sandboxes)])],
      records:
        sandboxes.length === 0 ? [] : [...this.#emptied, ...previous.flatMap((one) => one.records ?? [])],
      rewritten: false,
    };
    writeUnfinished(db, [...unfinished.filter((one) => one.id !== id), entry]);
  }
}

/** Erases a person from a sandbox, by its own names of the person and by `terms`, those of other files. */
function eraseFromSandbox(
  context: EraseContext,
  sandbox: SandboxKey,
  { type, id, mentions }: Erasure,
  known: { terms: readonly string[]; emptied: readonly EmptiedRecord[] },
): Promise<ErasedPlace> {
  return eraseInSandbox(context, sandbox, function* erase(write) {
    const { db } = write;
    const names = emptiedNames(db, known.emptied, inheritedRows(db));
    const terms = sortTerms([...known.terms, ...names, ...termsOf(db, id)]);
    const person = { type, id, terms, name: id, university: null, state: 'present' } as const;
    return yield* eraseInFile(write, person, new NamePattern(terms), {
      erasesMentions: mentions,
      keepsProfiles: true,
    });
  });
}

/** Rejects pending transactions that change only the person. Others are sent, with the person's rows emptied. */
function rejectPending(db: WriteHandle, id: string, facts: PendingFacts, time: string): void {
  const { pending } = facts;
  if (pending.size === 0) return;
  for (const transaction of db.column<number>(transactionsQuery, [id])) {
    if (!pending.has(transaction) || db.get(otherRecordsQuery, [transaction, id])) continue;
    const message = 'The person was erased on the server.';
    rejectOperation(db, { id: transaction, code: 'erased', message }, facts, time);
  }
}

/** Adds the records that the server redacted, now or in its history, to the local findings. */
function withServerRows(
  db: ReadHandle,
  localMentions: FoundMentions,
  person: string,
  rows: readonly (Pick<SyncRow, 'type' | 'id'> & { action?: SyncRow['action'] })[],
): FoundMentions {
  const records = new Map(
    (localMentions?.records ?? []).map(({ type, id }) => [id, { type, id }] as [string, MentionedRecord]),
  );
  for (const { type, id, action = 'update' } of rows)
    if (action === 'update' && id !== person && locateIn(db, type, id)) records.set(id, { type, id });
  return localMentions === null && records.size === 0
    ? null
    : { records: [...records.values()], labels: localMentions?.labels ?? [] };
}

/** Retries unfinished erasures: sandboxes that could not be written, and free space. Returns false if live still needs a rewrite. */
export async function finishErasures(context: EraseContext): Promise<boolean> {
  const { services } = context;
  const { read, queue } = services;
  const unfinished = readUnfinished(read);
  if (unfinished.length === 0) return true;
  const sandboxes = sandboxesOf(services);
  const failedByPerson = new Map<string, string[]>();
  for (const one of unfinished) {
    const failed: string[] = [];
    const known = { terms: [], emptied: one.records ?? [] };
    for (const sandbox of sandboxes.filter(({ id }) => one.sandboxes.includes(id)))
      if ((await eraseFromSandbox(context, sandbox, one, known)).problem !== null) failed.push(sandbox.id);
    failedByPerson.set(one.id, failed);
  }
  const isRewritten = unfinished.every((one) => one.rewritten) || (await rewriteLive(services));
  await queue.series('sync', async ({ db }) => {
    const remaining = readUnfinished(db).flatMap((one) => {
      const failedSandboxes = failedByPerson.get(one.id);
      // Another process added this erasure.
      if (!failedSandboxes) return [one];
      const rewritten = one.rewritten || isRewritten;
      return rewritten && failedSandboxes.length === 0
        ? []
        : [{ ...one, sandboxes: failedSandboxes, rewritten }];
    });
    writeUnfinished(db, remaining);
  });
  return isRewritten;
}

/** Erases people whose erasure no pull delivers, for example after joining again. Makes the next sync compare all records. */
export async function eraseUnpulled(
  context: EraseContext,
  erasures: readonly ReceivedErasure[],
  onErased: (erasure: Erasure, places: ErasedPlace[]) => void = () => {},
): Promise<void> {
  const { queue, read, source } = context.services;
  for (const erasure of erasures) {
    const workspaceErasure = await WorkspaceErasure.start(context, erasure);
    if (!workspaceErasure?.isInLive(read)) continue;
    const { type, id } = workspaceErasure.person;
    await queue.series('sync', async (series) => {
      const { db } = series;
      const erase = await workspaceErasure.prepareLive(
        db,
        null,
        pendingFactsOf(db, joinedState(db)),
        isoTime(source.clock.now()),
      );
      const head = series.write(context.actor, null, (records, audit) => {
        audit.label('sync.erased', { type, id, ...erase({ db, audit, records }) });
      });
      if (head) changeState(db, { scope: null, in_step: false });
    });
    const rewritten = await finishErasures(context);
    onErased(
      { type, id, mentions: workspaceErasure.mentions },
      workspaceErasure.places.map((place) => (place.kind === 'live' ? { ...place, rewritten } : place)),
    );
  }
}
