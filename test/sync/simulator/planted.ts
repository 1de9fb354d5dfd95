/** A fault of the shipped code: `FAULTY` in its text is whether the fault is turned on. */
interface PlantedFault {
  edits: { file: string; code: string; faulty: string }[];
  /** A seed that finds it. */
  seed: number;
  /** Another fault that is turned on with it. */
  together?: string;
}

const inFile =
  (file: string) =>
  (code: string, faulty: string, seed = 1): PlantedFault => ({ edits: [{ file, code, faulty }], seed });

const batch = inFile('src/server/sync/batch.ts');
const push = inFile('src/server/sync/push.ts');
const round = inFile('src/core/sync/round.ts');
const apply = inFile('src/core/sync/apply.ts');
const outgoing = inFile('src/core/sync/outgoing.ts');
const merge = inFile('src/shared/sync/merge.ts');
const replay = inFile('src/shared/sync/replay.ts');
const searchIndex = inFile('src/core/search/search-index.ts');
const contents = inFile('src/core/kernel/files/contents.ts');
const download = inFile('src/core/sync/download.ts');
const upload = inFile('src/core/sync/upload-files.ts');
const serverFiles = inFile('src/server/files/store.ts');
const jobRules = inFile('src/shared/domain/jobs.ts');
const jobQueue = inFile('src/core/jobs/queue.ts');
const both = (...faults: PlantedFault[]): PlantedFault => ({
  edits: faults.flatMap(({ edits }) => edits),
  seed: 1,
});

/** Faults that the simulation must find, by what is wrong. */
export const plantedFaults: Readonly<Record<string, PlantedFault>> = {
  'the server applies a known operation again': push('seq === null', 'FAULTY || seq === null', 14),
  'an operation is taken for another one with its id': inFile('src/server/sync/known-operations.ts')(
    'if (isCovered(rows, appliedRows))',
    'if (FAULTY || isCovered(rows, appliedRows))',
    21,
  ),
  'the server checks no permission': batch('if (!verdict.allowed)', 'if (!FAULTY && !verdict.allowed)', 2),
  'the server applies half of what it refuses': batch(
    'await this.#assertSecondPerson(writer, assertCanChange(writer, row, current, affiliationOf));',
    `try { await this.#assertSecondPerson(writer, assertCanChange(writer, row, current, affiliationOf)); }
       catch (refusal) { if (FAULTY) continue; throw refusal; }`,
    2,
  ),
  'the server swallows conflicts': batch('of merged.conflicts)', 'of FAULTY ? [] : merged.conflicts)'),
  'the older of two values wins': batch(
    "(field) => stamp >= (writers.get(field)?.stamp ?? '')",
    "(field) => (stamp >= (writers.get(field)?.stamp ?? '')) !== FAULTY",
  ),
  'the server leaves operations out': inFile('src/server/sync/pull.ts')(
    'if (!isForCaller && scope.universities !== null)',
    'if ((FAULTY && index === 1) || (!isForCaller && scope.universities !== null))',
  ),
  'the server leaves operations out and no client checks': {
    ...both(
      apply(
        'checkChain(operations, state.cursor, !seesAll);',
        'if (!FAULTY) checkChain(operations, state.cursor, !seesAll);',
      ),
      apply(
        'checkSeenHeads(db, operations, seesAll);',
        'if (!FAULTY) checkSeenHeads(db, operations, seesAll);',
      ),
    ),
    together: 'the server leaves operations out',
  },
  'two operations get one number': inFile('src/server/sync/history.ts')(
    'const seq = this.#head.next_row;',
    'const seq = FAULTY && this.#head.next_row % 7 === 3 ? this.#head.head_seq : this.#head.next_row;',
  ),
  'a restored server begins no generation': inFile('test/sync/simulator/server.ts')(
    'this.tables.server = {\n      ...server,',
    'if (!FAULTY) this.tables.server = {\n      ...server,',
    26,
  ),
  'a lost answer signs out': inFile('src/server/auth/sessions.ts')(
    'turn < sessionTurn - 1',
    'turn < sessionTurn - (FAULTY ? 0 : 1)',
    2,
  ),
  'changes of others replace pending ones': outgoing(
    'if (pending.size === 0 || isErasedRecord(db, id))',
    'if (FAULTY || pending.size === 0 || isErasedRecord(db, id))',
    100,
  ),
  'a sent operation counts as acknowledged': round(
    'const answer = await pushBatch(round, batch);',
    `if (FAULTY) await queue.series('sync', async ({ db }) => acknowledgeKnown(db, operations.flatMap(({ op_id }) => {
      const sent = transactionOf(op_id);
      return sent ? [{ id: sent.id, seq: seen.seq }] : [];
    })));
    const answer = await pushBatch(round, batch);`,
    5,
  ),
  'a refused operation is forgotten': outgoing(
    '  db.run(\n    `INSERT INTO sync_quarantine',
    `  if (FAULTY) db.run('INSERT INTO sync_operations (id, seq, root) VALUES (?, 0, NULL)', [id]);
  else db.run(\n    \`INSERT INTO sync_quarantine`,
    2,
  ),
  'a refused operation stays in the records': apply(
    "resetRecords(series, changedRecords, states, facts, 'sync.refused');",
    "if (!FAULTY) resetRecords(series, changedRecords, states, facts, 'sync.refused');",
    2,
  ),
  'the cursor moves before the records': round(
    'await withHistoryFault(services, () =>',
    "if (FAULTY) await queue.series('sync', async ({ db }) => void changeState(db, { cursor: answer.next }));\n    await withHistoryFault(services, () =>",
  ),
  'a client does not rewind with a restored server': inFile('src/core/sync/rewind.ts')(
    'if (fork.seq >= cursor.seq && !isDownloadCut)',
    'if (FAULTY || (fork.seq >= cursor.seq && !isDownloadCut))',
    26,
  ),
  'an operation gets another id when it is sent again': outgoing(
    '...(root !== null && { op_id: offeredId(root, generation) }),',
    '...(root !== null && { op_id: offeredId(root, generation) }),\n...(FAULTY && root === null && { op_id: offeredId(headerFields.op_id, String(seen.seq)) }),',
  ),
  'deletions of others are ignored': apply(
    'for (const row of rows as SyncRow[]) {',
    "for (const row of rows as SyncRow[]) {\n    if (FAULTY && row.action === 'delete') continue;",
    5,
  ),
  'an own operation is never acknowledged': both(
    apply('if (localId !== undefined) {', 'if (localId !== undefined && !FAULTY) {'),
    round('if (knownTransactions.length > 0)', 'if (knownTransactions.length > 0 && !FAULTY)'),
  ),
  'a wrong clock is not corrected': round(
    'const clockOffset = hello.now -',
    'const clockOffset = FAULTY ? 0 : hello.now -',
    3,
  ),
  'the value that won is not taken over': replay(
    'const overriddenConflicts = conflicts.filter(',
    'const overriddenConflicts = (FAULTY ? [] : conflicts).filter(',
  ),
  'a deleted record comes back by a change': merge(
    'return current.deleted ? updateDeleted(current, row) : mergeFields(current, row, isNewer);',
    'return current.deleted && !FAULTY ? updateDeleted(current, row) : mergeFields({ ...current, deleted: false }, row, isNewer);',
    30,
  ),
  'creating an existing record is ignored': merge(
    ': mergeFields(current, { ...row, before: {} }, isNewer);',
    ': FAULTY ? mergeResult(current) : mergeFields(current, { ...row, before: {} }, isNewer);',
  ),
  'a restored record keeps its old fields on the client': replay(
    "[{ kind: 'restore' }, ...changes]",
    "[{ kind: 'restore' }, ...(FAULTY ? [] : changes)]",
    3,
  ),
  'a removed field stays on the client': replay(
    "[{ kind: 'update', patch }];",
    "[{ kind: 'update', patch: FAULTY ? { before: null, after: patch.after } : patch }];",
    7,
  ),
  'the search index trusts the number of a transaction without its hash': searchIndex(
    'return transaction?.hash === state.hash ? state : null;',
    'return FAULTY || transaction?.hash === state.hash ? state : null;',
    364,
  ),
  'the search index keeps former texts of a changed record': searchIndex(
    'for (const statement of removeStatements) this.db.write.run(statement, [id]);',
    'if (!FAULTY) for (const statement of removeStatements) this.db.write.run(statement, [id]);',
    4,
  ),
  'the search index notes a newer end of the log than it has read': searchIndex(
    'this.db.write.run(setStateSql, [head.id, head.hash, lastRow]);',
    'if (FAULTY) { const now = readHead(this.#read); this.db.write.run(setStateSql, [now.id, now.hash, newestLogRow(this.#read)]); } else this.db.write.run(setStateSql, [head.id, head.hash, lastRow]);',
    32,
  ),
  'deletions do not reach the search index': searchIndex(
    '`SELECT id, payload, university_id, updated_at FROM ${tableOf[type]} WHERE id = ? AND ${visibleCondition()}`',
    '`SELECT id, payload, university_id, updated_at FROM ${tableOf[type]} WHERE id = ? AND ${FAULTY ? "1" : visibleCondition()}`',
    8,
  ),
  'a wrong file of a document is read': contents(
    "if (hash.digest('hex') !== sha256) throw new BadContent(sha256, 'different');\n}",
    "if (hash.digest('hex') !== sha256 && !FAULTY) throw new BadContent(sha256, 'different');\n}",
    49,
  ),
  'a wrong file of a document stays when the right one is attached': contents(
    "if ((await stateOfContent(to, sha256)) === 'intact') return;",
    "if (FAULTY ? hasContent(to, sha256) : (await stateOfContent(to, sha256)) === 'intact') return;",
    9,
  ),
  'a folder in the place of a file stops what would replace it': contents(
    'if ((await lstat(target).catch(() => null))?.isDirectory())',
    'if (!FAULTY && (await lstat(target).catch(() => null))?.isDirectory())',
    81,
  ),
  'a download is stored without its hash': download(
    "if (digest.digest('hex') !== id) {",
    "if (digest.digest('hex') !== id && !FAULTY) {",
    617,
  ),
  'a wrong download is not reported': download(
    'const { intact } = await remote.files.check({ id }, { signal });',
    'const { intact } = FAULTY ? { intact: true } : await remote.files.check({ id }, { signal });',
    617,
  ),
  'a wrong file is not sent again once it is repaired': upload(
    'isComplete = false;',
    'isComplete = FAULTY;',
    241,
  ),
  'files are not sent again to a server that has damaged ones': upload(
    'generation, files_damaged, user.id',
    'generation, FAULTY ? null : files_damaged, user.id',
    105,
  ),
  'the server stores a file without its hash': serverFiles(
    '(await hashParts((index) => writes.partOfUpload(id, uploader, index))) === id;',
    '(FAULTY || (await hashParts((index) => writes.partOfUpload(id, uploader, index))) === id);',
    129,
  ),
  'the server does not note what a check finds': serverFiles(
    'if (!isIntact) await writes.markDamaged(id, isoTime(now()));',
    'if (!isIntact && !FAULTY) await writes.markDamaged(id, isoTime(now()));',
    17,
  ),
  'a wrong hash of a part closes an intact file': serverFiles(
    'if (!isPartIntact && !(await checkFile(services, id))) throw notFound(id);',
    'if (!isPartIntact && (FAULTY || !(await checkFile(services, id)))) throw notFound(id);',
    17,
  ),
  'a worker that lost its lease still writes': jobQueue(
    'if (!job || !holdsLease(job, lease.token)) throw new LeaseLost(',
    'if (!job || (!FAULTY && !holdsLease(job, lease.token))) throw new LeaseLost(',
    6,
  ),
  'a new lease has the token of the one before': jobRules(
    'token: job.token + 1,',
    'token: FAULTY ? job.token : job.token + 1,',
    10,
  ),
  'the job of a crashed worker is not taken over': jobQueue(
    'if (isLeaseExpired(job, { now, lease })) this.#change(db, job, expireLease(job, now));',
    'if (!FAULTY && isLeaseExpired(job, { now, lease })) this.#change(db, job, expireLease(job, now));',
    2,
  ),
  'a cancelled job keeps its lease': jobRules(
    "state === 'running' && token === ownToken;",
    "(FAULTY || state === 'running') && token === ownToken;",
    54,
  ),
  'the end of a job is not written with its effect': inFile('src/core/jobs/fenced-writes.ts')(
    `  const runFenced = <T>(db: WriteHandle, work: () => T): T => {
    jobs.assertLease(db, lease);
    const value = work();
    afterWrite(db, value);`,
    `  const runFenced = <T>(db: WriteHandle, work: () => T): T => {
    jobs.assertLease(db, lease);
    const value = work();
    if (!FAULTY) afterWrite(db, value);`,
    2,
  ),
};
