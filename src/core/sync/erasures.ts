import type { Erasure, PulledOperation } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { sortTerms } from '#shared/domain/person-terms.ts';
import { redactionOf } from '#shared/domain/redaction.ts';
import type { Redaction } from '#shared/domain/redaction.ts';
import { isSharedType, sharedTypes } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { runYielding } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { eraseInSandbox, overwriteFreePages } from '../people/erase.ts';
import type { ErasedPlace, EraseContext } from '../people/erase.ts';
import { eraseWithMentions, eraseInFile } from '../people/erase-in-file.ts';
import type { ErasureCounts, FoundMentions, MentionedRecord } from '../people/erase-in-file.ts';
import { readInSandbox, sandboxesOf } from '../people/find.ts';
import type { SandboxKey } from '../people/find.ts';
import { findMentions } from '../people/mentions.ts';
import { termsOf } from '../people/person.ts';
import { pendingFactsOf, pendingChangesOf, rejectOperation } from './outgoing.ts';
import type { PendingFacts } from './outgoing.ts';
import { changeState, joinedState, readUnfinished, writeUnfinished } from './state.ts';

type Write = Pick<WriteContext, 'db' | 'audit' | 'records'>;

const transactionsQuery = `SELECT t.id FROM audit_logs l JOIN audit_transactions t
    ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id) WHERE l.entity_id = ? GROUP BY t.id`;
const otherRecordsQuery = `SELECT 1 FROM audit_transactions t JOIN audit_logs l ON l.id >= t.id AND l.id < t.id + t.changes
  WHERE t.id = ? AND l.entity_id <> ? AND l.entity_type IN (${sharedTypes.map((type) => `'${type}'`).join(', ')})`;

/** Erases a person in this workspace whom the server erased: `start` erases from the sandboxes, `prepareLive` prepares live. */
export class WorkspaceErasure {
  readonly person: Pick<Erasure, 'type' | 'id'> & { terms: string[] };
  readonly mentions: boolean;
  /** Results for each sandbox, and for live once it is erased. */
  readonly places: ErasedPlace[];
  readonly #context: EraseContext;

  private constructor(
    context: EraseContext,
    { type, id, mentions }: Erasure,
    terms: string[],
    places: ErasedPlace[],
  ) {
    this.#context = context;
    this.person = { type, id, terms };
    this.mentions = mentions;
    this.places = places;
  }

  static async start(context: EraseContext, erasure: Erasure): Promise<WorkspaceErasure> {
    const { services } = context;
    const { id } = erasure;
    const sandboxes = sandboxesOf(services);
    const sandboxTerms = sandboxes.flatMap(
      (sandbox) => readInSandbox(services, sandbox, (db) => termsOf(db, id)) ?? [],
    );
    const terms = sortTerms([...termsOf(services.read, id), ...sandboxTerms]);
    const places: ErasedPlace[] = [];
    const isKnown = terms.length > 0 || locateIn(services.read, erasure.type, id) !== undefined;
    for (const sandbox of isKnown ? sandboxes : [])
      places.push(await eraseFromSandbox(context, sandbox, erasure, terms));
    return new WorkspaceErasure(context, erasure, terms, places);
  }

  /** Whether live has anything to erase. */
  isInLive(db: ReadHandle): boolean {
    const { type, id, terms } = this.person;
    return terms.length > 0 || locateIn(db, type, id) !== undefined;
  }

  /** Finds mentions; with an operation, also rejects the person's pending changes. Returns a function that erases within a transaction. */
  async prepareLive(
    db: WriteHandle,
    operation: Pick<PulledOperation, 'rows'> | null,
    facts: PendingFacts,
    time: string,
  ): Promise<(write: Write) => { rows: number; count: number }> {
    const { person, mentions, places } = this;
    const { clock } = this.#context.services.source;
    const pattern = new NamePattern(person.terms);
    if (operation) rejectPending(db, person.id, facts, time);
    const localMentions = mentions
      ? await runYielding(findMentions(db, person, pattern, { keepsProfiles: true }), { clock })
      : null;
    const rows = (operation?.rows ?? []) as SyncRow[];
    const foundMentions = withServerRows(db, localMentions, person.id, rows);
    return (write) => {
      const redactionFor = (record: MentionedRecord): Redaction =>
        operation
          ? this.#redactionLikeServer(db, record, rows, { pattern, facts })
          : redactionOf(record.type, person, pattern);
      const erased: ErasureCounts = eraseWithMentions(write, person, pattern, foundMentions, redactionFor);
      const hasProblem = places.some(({ problem }) => problem !== null);
      if (erased.rows + erased.records > 0 || hasProblem) this.#recordUnfinished(db);
      places.unshift({ kind: 'live', id: null, name: null, ...erased, rewritten: false, problem: null });
      return { rows: erased.rows, count: erased.records };
    };
  }

  /** Redacts like the server, so that both stay equal: takes the server's value of a redacted field, keeps a field that it kept. */
  #redactionLikeServer(
    db: ReadHandle,
    { type, id }: MentionedRecord,
    rows: readonly SyncRow[],
    { pattern, facts }: { pattern: NamePattern; facts: PendingFacts },
  ): Redaction {
    const fullRedaction = redactionOf(type, this.person, pattern);
    const record = locateIn(db, type, id);
    if (!record || record.deleted || !isSharedType(type)) return fullRedaction;
    const current = record.payload;
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

  #recordUnfinished(db: WriteHandle): void {
    const { person, mentions } = this;
    const { type, id } = person;
    const failed = this.places.filter(({ problem }) => problem !== null);
    const sandboxes = failed.flatMap((place) => place.id ?? []);
    const otherErasures = readUnfinished(db).filter((one) => one.id !== id);
    writeUnfinished(db, [...otherErasures, { type, id, mentions, sandboxes, rewritten: false }]);
  }
}

/** Erases a person from a sandbox, by its own names of the person and by `otherTerms`, those of other files. */
function eraseFromSandbox(
  context: EraseContext,
  sandbox: SandboxKey,
  { type, id, mentions }: Erasure,
  otherTerms: readonly string[],
): Promise<ErasedPlace> {
  return eraseInSandbox(context, sandbox, function* erase(write) {
    const terms = sortTerms([...otherTerms, ...termsOf(write.db, id)]);
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

/** Adds the records that the server redacted to the local findings. */
function withServerRows(
  db: ReadHandle,
  localMentions: FoundMentions,
  person: string,
  rows: readonly SyncRow[],
): FoundMentions {
  const records = new Map(
    (localMentions?.records ?? []).map(({ type, id }) => [id, { type, id }] as [string, MentionedRecord]),
  );
  for (const { type, id, action } of rows)
    if (action === 'update' && id !== person && locateIn(db, type, id)) records.set(id, { type, id });
  return localMentions === null && records.size === 0
    ? null
    : { records: [...records.values()], labels: localMentions?.labels ?? [] };
}

/** Retries unfinished erasures: sandboxes that could not be written, and free space. Returns false if live still needs a rewrite. */
export async function finishErasures(context: EraseContext): Promise<boolean> {
  const { services } = context;
  const { read, queue, files } = services;
  const unfinished = readUnfinished(read);
  if (unfinished.length === 0) return true;
  const sandboxes = sandboxesOf(services);
  const failedByPerson = new Map<string, string[]>();
  for (const one of unfinished) {
    const failed: string[] = [];
    for (const sandbox of sandboxes.filter(({ id }) => one.sandboxes.includes(id)))
      if ((await eraseFromSandbox(context, sandbox, one, [])).problem !== null) failed.push(sandbox.id);
    failedByPerson.set(one.id, failed);
  }
  const isRewritten =
    unfinished.every((one) => one.rewritten) || (await overwriteFreePages(services, files.live));
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
  erasures: readonly Erasure[],
  onErased: (erasure: Erasure, places: ErasedPlace[]) => void = () => {},
): Promise<void> {
  const { queue, read, source } = context.services;
  for (const erasure of erasures) {
    const workspaceErasure = await WorkspaceErasure.start(context, erasure);
    if (!workspaceErasure.isInLive(read)) continue;
    await queue.series('sync', async (series) => {
      const { db } = series;
      const erase = await workspaceErasure.prepareLive(
        db,
        null,
        pendingFactsOf(db, joinedState(db)),
        isoTime(source.clock.now()),
      );
      const head = series.write(context.actor, null, (records, audit) => {
        const { type, id } = erasure;
        audit.label('sync.erased', { type, id, ...erase({ db, audit, records }) });
      });
      if (head) changeState(db, { scope: null, in_step: false });
    });
    const rewritten = await finishErasures(context);
    onErased(
      erasure,
      workspaceErasure.places.map((place) => (place.kind === 'live' ? { ...place, rewritten } : place)),
    );
  }
}
