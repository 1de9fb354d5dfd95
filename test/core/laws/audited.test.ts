import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#shared/contract/index.ts';
import { fillSample } from '#core/sample/fill.ts';
import { WriteQueue } from '#core/log/commands/write-queue.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createRecord } from '#core/model/commands.ts';
import {
  attachFile,
  besideRecords,
  drain,
  fileFor,
  exportBackup,
  knowledgeReads,
  makeRepairs,
  peopleWrites,
  repairWrites,
  readAnswers,
  undoChange,
  recognizeBackup,
  table,
  writeSheets,
} from '#test/support/audit-ways.ts';
import type { Way } from '#test/support/audit-ways.ts';
import { makeMap, mapReads, mapWrites } from '#test/support/audit-code.ts';
import { expectSound } from '#test/support/invariants.ts';
import { backUp } from '#test/support/backup.ts';
import { resources } from '#test/support/golden.ts';
import { essence, readLive } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { shareTried } from '#test/support/sharing.ts';
import { prepareContacts, preparePeople, prepareRatable } from '#test/support/steps.ts';
import { makeTemplate, TestWorkspace, testWorkspace } from '#test/support/workspace.ts';

let [viewId, forecastId, sharedId] = ['', '', ''];
/** A backup of the workspace as it was before the student was deleted. */
let backupId = '';
const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await prepareRatable(ada);
  await prepareContacts(ada);
  viewId = (await ada.views.create({ name: 'V', address: 'frames://live/teams' })).view.id;
  sharedId = (await shareTried(workspace, 'team-a')).id ?? '';
  await ada.network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
  await ada.checkpoints.create({ name: 'Then' });
  await makeRepairs(ada);
  await makeMap(workspace);
  await attachFile(workspace.as('Edi'), workspace, 'The valve sticks.');
  forecastId = (await resultOf(await ada.forecasts.save({ terms: 1, runs: 1 }))).id;
  ({ id: backupId } = await backUp(workspace));
  await drain(ada.golden.publish({}));
  await ada.entities.remove({ type: 'student', id: 'student-b' });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 8 } });
  await ada.entities.update({ type: 'team', id: 'team-b', data: { size: 8 } });
  await ada.history.undo({});
});

/** Every operation that changes records, with a call that does. */
const writes: Record<string, Way> = {
  'workspace.createProfile': (client) =>
    client.workspace.createProfile({ name: 'N', role: 'editor', university_id: 'uni-a' }),
  'workspace.renameProfile': (client) => client.workspace.renameProfile({ profile: 'Edi', name: 'Edith' }),
  'workspace.changeProfile': (client) =>
    client.workspace.changeProfile({ profile: 'Edi', role: 'researcher', university_id: 'uni-b' }),
  'workspace.rename': (client) => client.workspace.rename({ name: 'Our missions' }),
  'workspace.clearSample': (client, workspace) => {
    // As if the saved view had come as a sample.
    const one = `SELECT 'sample', op_id FROM audit_transactions t JOIN audit_logs l ON l.id >= t.id AND l.id < t.id + t.changes`;
    const rest = `WHERE l.entity_id = '${viewId}' AND l.action = 'create'`;
    workspace.raw((db) => db.exec(`INSERT OR REPLACE INTO workspace (key, value) ${one} ${rest}`));
    return client.workspace.clearSample({});
  },
  'documents.attach': (_, workspace) => attachFile(workspace.as('Edi'), workspace, 'The new valve.'),
  'entities.create': (client) =>
    client.entities.create({ type: 'team', data: { name: 'N', university_id: 'uni-a' } }),
  'entities.update': (client) => client.entities.update({ type: 'team', id: 'team-a', data: { size: 2 } }),
  'entities.remove': (client) =>
    client.entities.remove({ type: 'university', id: 'uni-a', with_contents: true }),
  'entities.restore': (client) => client.entities.restore({ type: 'student', id: 'student-b' }),
  'entities.applyChanges': (client) =>
    client.entities.applyChanges({
      changes: [
        { kind: 'create', type: 'team', data: { name: 'N', university_id: 'uni-a' } },
        { kind: 'update', type: 'team', id: 'team-a', data: { size: 2 } },
      ],
    }),
  'entities.setFields': (client) =>
    drain(client.entities.setFields({ type: 'team', which: { kind: 'matching' }, data: { size: 3 } })),
  'entities.removeMany': (client) =>
    drain(client.entities.removeMany({ type: 'team', which: { kind: 'ids', ids: ['team-a', 'team-b'] } })),
  'entities.restoreMany': (client) =>
    drain(client.entities.restoreMany({ type: 'student', ids: ['student-b'] })),
  'analysis.rateByBonds': (client) => drain(client.analysis.rateByBonds({})),
  'analysis.setRanking': (client) => client.analysis.setRanking({ people: true }),
  'entities.advanceTerms': (client) => drain(client.entities.advanceTerms({})),
  'views.create': (client) => client.views.create({ name: 'N', address: 'frames://live/teams' }),
  'views.update': (client) => client.views.update({ id: viewId, name: 'Other' }),
  'views.remove': (client) => client.views.remove({ id: viewId }),
  'ask.approve': (client) => client.ask.approve({ question: 'Q', sql: 'SELECT 1' }),
  'network.savePositions': (client) =>
    client.network.savePositions({ places: [{ id: 'team-b', x: 1, y: 2 }] }),
  'network.deletePositions': (client) => client.network.deletePositions({ ids: null }),
  'history.undo': (client) => client.history.undo({}),
  'history.undoChange': undoChange,
  'history.redo': (client) => client.history.redo({}),
  'sandboxes.share': (_, workspace) => shareTried(workspace, 'team-a'),
  'sandboxes.removeShared': (client) => client.sandboxes.removeShared({ id: sharedId }),
  'sandboxes.promote': async (client, workspace) => {
    const { id } = await take(client, `No ${(await client.sandboxes.list({})).length}`);
    const play = clientOf(await openSandbox(workspace, id));
    await play.entities.update({ type: 'team', id: 'team-a', data: { size: 2 } });
    return drain(client.sandboxes.promote({ id }));
  },
  'transfer.importFile': (client, workspace) =>
    drain(client.transfer.importFile({ grant: fileFor(workspace, 'read'), force: true, backup: false })),
  'entities.merge': (client) =>
    drain(client.entities.merge({ type: 'team', keep: 'team-a', others: ['team-b'] })),
  'confirm.readAnswers': readAnswers,
  'contacts.applyProposals': (client) => drain(client.contacts.applyProposals({})),
  'transfer.importSheet': (client) => drain(client.transfer.importSheet({ ...table, backup: false })),
  'moments.restore': (client) => drain(client.moments.restore({ at: 'Then', ids: ['student-b'] })),
  'checkpoints.create': (client) => client.checkpoints.create({ name: 'New' }),
  'checkpoints.rename': (client) => client.checkpoints.rename({ id: 'Then', name: 'Before' }),
  'checkpoints.remove': (client) => client.checkpoints.remove({ id: 'Then' }),
  'forecasts.save': (client) => drain(client.forecasts.save({ terms: 1, runs: 1 })),
  'forecasts.remove': (client) => client.forecasts.remove({ id: forecastId }),
  ...repairWrites,
  ...mapWrites,
  'golden.publish': (client) => drain(client.golden.publish({})),
  'golden.reset': (client) => drain(client.golden.reset({ version: 1 })),
  'backups.restore': (client) => drain(client.backups.restore({ id: backupId })),
  'backups.restoreRecords': (client) =>
    drain(client.backups.restoreRecords({ id: backupId, records: ['student-b'] })),
  'backups.setRetention': (client) => client.backups.setRetention({ last: 3 }),
  ...peopleWrites,
};

/** What is done with sandboxes changes nothing of live and its log. */
const besideLive: Record<string, Way> = {
  'sandboxes.create': (client) => take(client, 'One'),
  'sandboxes.duplicate': async (client) =>
    drain(client.sandboxes.duplicate({ id: (await take(client, 'One')).id, name: 'Two' })),
  'sandboxes.list': (client) => client.sandboxes.list({}),
  'sandboxes.rename': async (client) =>
    client.sandboxes.rename({ id: (await take(client, 'One')).id, name: 'Two' }),
  'sandboxes.archive': async (client) => client.sandboxes.archive({ id: (await take(client, 'One')).id }),
  'sandboxes.unarchive': async (client) => client.sandboxes.unarchive({ id: (await take(client, 'One')).id }),
  'sandboxes.discard': async (client) => client.sandboxes.discard({ id: (await take(client, 'One')).id }),
  'sandboxes.addShared': (client) => drain(client.sandboxes.addShared({ id: sharedId, name: 'Mine' })),
  'sandboxes.trash': (client) => client.sandboxes.trash({}),
  'sandboxes.recover': async (client) => {
    const { id } = await take(client, 'One');
    await client.sandboxes.discard({ id });
    return client.sandboxes.recover({ id });
  },
  'sandboxes.emptyTrash': (client) => client.sandboxes.emptyTrash({}),
  'compare.network': async (client) => drain(client.compare.network({ id: (await take(client, 'One')).id })),
  'sandboxes.watch': async (client) => {
    const { id } = await take(client, 'One');
    for await (const heads of await client.sandboxes.watch({ id })) return heads;
    throw new Error('nothing was told');
  },
  'sandboxes.refresh': async (client, workspace) => {
    const { id } = await take(client, 'One');
    return drain(clientOf(await openSandbox(workspace, id)).sandboxes.refresh({ id }));
  },
};

/** Every operation that changes no record, and that the audit notes all the same; or what it takes. */
const noted: Record<string, Way> = {
  'backups.create': (client) => drain(client.backups.create({})),
  'transfer.exportList': (client, workspace) => {
    const grant = fileFor(workspace, 'write');
    const columns = [{ key: 'name', label: 'Name' }];
    return drain(client.transfer.exportList({ grant, format: 'csv', type: 'team', columns }));
  },
  'transfer.exportFile': (client, workspace) =>
    drain(client.transfer.exportFile({ grant: fileFor(workspace, 'write') })),
  'backups.exportFile': exportBackup,
  'people.exportFile': (client, workspace) =>
    drain(client.people.exportFile({ person: 'student-a', grant: fileFor(workspace, 'write') })),
  'backups.importFile': async (client, workspace) => {
    const grant = workspace.core.grants.issue(await exportBackup(client, workspace), 'read');
    await drain(client.backups.importFile({ grant }));
  },
};

/** Operations that change nothing and need to be told nothing. */
const withoutInput =
  `workspace.info workspace.profiles workspace.profilesOfLive entities.counts views.list sandboxes.listShared history.list
  history.nextSteps history.steps moments.current moments.range moments.list checkpoints.list golden.status
  golden.list backups.list backups.retention care.backups care.warnings models.list models.discover entities.duplicates analysis.originalMeasures
  analysis.expertise analysis.factor analysis.universities analysis.leavingStudents analysis.ranking repairs.approval confirm.status people.cleanUp search.status search.clear jobs.list jobs.schedules`.split(
    /\s+/,
  );
function callOf(name: string): Way {
  const [group, operation] = name.split('.') as [string, string];
  type Groups = Record<string, Record<string, (input: object) => Promise<unknown>>>;
  return (client) =>
    (client as unknown as Groups)[group]?.[operation]?.({}) ?? Promise.reject(new Error(name));
}

/** Every operation that changes nothing, with a call that works. */
const reads: Record<string, Way> = {
  ...Object.fromEntries(withoutInput.map((name) => [name, callOf(name)])),
  'workspace.actAs': (client) => client.workspace.actAs({ profile: 'Rea' }),
  'workspace.verify': (client) => drain(client.workspace.verify({})),
  'entities.list': (client) => client.entities.list({ type: 'team' }),
  'entities.get': (client) => client.entities.get({ type: 'team', id: 'team-a' }),
  'entities.find': (client) => client.entities.find({ id: 'team-a' }),
  'entities.values': (client) => client.entities.values({ type: 'team', field: 'name' }),
  'entities.lookup': (client) => client.entities.lookup({ types: ['team'] }),
  ...knowledgeReads,
  ...mapReads,
  'entities.customFields': (client) => client.entities.customFields({ type: 'team' }),
  'entities.previewRemoval': (client) => client.entities.previewRemoval({ type: 'team', id: 'team-a' }),
  'entities.groups': (client) => client.entities.groups({ type: 'team', by: 'discipline' }),
  'network.graph': (client) => client.network.graph({ types: ['team'] }),
  'network.neighbourhood': (client) => client.network.neighbourhood({ id: 'team-a' }),
  'history.changes': (client) => client.history.changes({ id: 1 }),
  'history.ofRecord': (client) => client.history.ofRecord({ id: 'team-a' }),
  'confirm.writeSheets': writeSheets,
  'contacts.proposals': (client) => client.contacts.proposals({}),
  'people.find': (client) => drain(client.people.find({ person: 'student-a' })),
  'transfer.readSheet': (client) => drain(client.transfer.readSheet({ source: table.source })),
  'transfer.previewSheet': (client) => drain(client.transfer.previewSheet(table)),
  'transfer.preview': (client, workspace) =>
    drain(client.transfer.preview({ grant: fileFor(workspace, 'read') })),
  'moments.resolve': (client) => client.moments.resolve({ at: 'Then' }),
  'moments.open': (client) => refused('INVALID', client.moments.open({ at: 'Then' })),
  'compare.between': (client) => drain(client.compare.between({ from: 'first' })),
  'golden.verify': (client) => drain(client.golden.verify({})),
  'backups.recognize': recognizeBackup,
  'care.health': (client) => drain(client.care.health({ full: true })),
  'analysis.insights': (client) => drain(client.analysis.insights({ question: 'leavers', set: 2 })),
  'analysis.simulate': (client) => drain(client.analysis.simulate({ runs: 2 })),
  'analysis.network': (client) => drain(client.analysis.network({})),
  'analysis.groups': (client) => drain(client.analysis.groups({ by: 'community', types: ['team'] })),
  'analysis.history': (client) => drain(client.analysis.history({})),
  'forecasts.list': (client) => drain(client.forecasts.list({})),
  'repairs.measure': (client) => drain(client.repairs.measure({ id: 'repair-a' })),
  'repairs.improveWording': (client) =>
    refused('INVALID', drain(client.repairs.improveWording({ id: 'repair-a' }))),
  'care.stats': (client) => drain(client.care.stats({})),
  'backups.verify': async (client, workspace) =>
    drain(client.backups.verify({ id: (await backUp(workspace)).id })),
  'backups.makeWorkspace': (client, { core, folder }) =>
    drain(client.backups.makeWorkspace({ id: backupId, grant: core.grants.issue(`${folder}-own`, 'write') })),
  // There is none that need not stay.
  'backups.prune': (client) => drain(client.backups.prune({})),
  ...besideLive,
  ...besideRecords,
};

const stateOf = (workspace: TestWorkspace): unknown => workspace.raw((db) => essence(readLive(db)));
const logOf = (workspace: TestWorkspace): { rows: number; transactions: number } =>
  workspace.raw((db) => ({
    rows: db.prepare('SELECT count(*) FROM audit_logs').pluck().get() as number,
    transactions: db.prepare('SELECT count(*) FROM audit_transactions').pluck().get() as number,
  }));

test('every operation that wants no server is known to write, to read, or to be noted', () => {
  const operations = Object.entries(contract).flatMap(([part, all]) =>
    part === 'sync' ? [] : Object.keys(all).map((name) => `${part}.${name}`),
  );
  expect(Object.keys({ ...writes, ...reads, ...noted }).toSorted()).toEqual(operations.toSorted());
});

/** What a write ends with while no row can be added to a table of the audit: `done`, or the code of its error. */
async function tryUnaudited(workspace: TestWorkspace, auditTable: string, write: Way): Promise<string> {
  workspace.raw((db) =>
    db.exec(
      `CREATE TRIGGER no_more BEFORE INSERT ON ${auditTable} BEGIN SELECT RAISE(ABORT, 'no more audit'); END`,
    ),
  );
  const code = await write(workspace.as(), workspace).then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  );
  workspace.raw((db) => db.exec('DROP TRIGGER no_more'));
  return code;
}

describe('every write path is audited, and does nothing if it cannot be audited', () => {
  test.each(Object.entries(writes))('%s', async (name, write) => {
    // What is published or backed up is checked as a whole first, and a trigger is none of ours.
    const isChecked = ['golden.publish', 'golden.reset', 'backups.restore'].includes(name);
    const workspace = await testWorkspace({ template, resources });
    const [state, before] = [stateOf(workspace), logOf(workspace)];
    for (const auditTable of ['audit_logs', 'audit_transactions']) {
      const code = await tryUnaudited(workspace, auditTable, write);
      expect(isChecked ? ['WORKSPACE', 'INTERNAL'] : ['INTERNAL'], auditTable).toContain(code);
      expect([stateOf(workspace), logOf(workspace)], auditTable).toEqual([state, before]);
      // That was noted, and nothing is written then until it is recovered.
      if (isChecked) {
        rmSync(join(workspace.folder, 'damaged.json'), { force: true });
        await workspace.reopen();
      }
    }
    await write(workspace.as(), workspace);
    const after = logOf(workspace);
    expect(after.transactions).toBe(before.transactions + 1);
    expect(after.rows).toBeGreaterThan(before.rows);
    expect(stateOf(workspace)).not.toEqual(state);
    workspace.raw(expectSound);
    expect((await workspace.verify()).ok).toBe(true);
    // A saved view belongs to no university, nor does the workspace as such.
    const without = `SELECT * FROM audit_logs
      WHERE university_id IS NULL AND entity_type NOT IN ('view', 'workspace') AND id > ?`;
    expect(workspace.raw((db) => db.prepare(without).all(before.rows))).toEqual([]);
  });

  test('sample data', async () => {
    const workspace = await testWorkspace();
    await fillSample(workspace.core.services, workspace.core.session());
    expect(logOf(workspace).transactions).toBe(2);
    workspace.raw(expectSound);
    expect(await workspace.verify()).toMatchObject({ ok: true });
  });
});

describe('no reading operation writes, except to record an act', () => {
  const withOwnWorkspace = { ...besideLive, ...besideRecords, ...noted };
  let shared: TestWorkspace;
  beforeAll(async () => {
    shared = await TestWorkspace.create({ template, resources });
  });
  afterAll(() => shared.dispose());
  test.each(Object.entries({ ...reads, ...noted }))('%s', async (name, way) => {
    const workspace = name in withOwnWorkspace ? await testWorkspace({ template, resources }) : shared;
    const recordsOf = (): object => ({ ...(stateOf(workspace) as object), ws_acts: null });
    const [before, { transactions }] = [recordsOf(), logOf(workspace)];
    await way(workspace.as(), workspace);
    expect(recordsOf()).toEqual(before);
    expect(logOf(workspace).transactions).toBe(transactions + (name in noted ? 1 : 0));
  });
});

describe('a write that cannot be audited does not happen', () => {
  test('if one of several commands in a commit cannot be audited, the others succeed', async () => {
    const workspace = await testWorkspace({ template, resources });
    workspace.raw((db) =>
      db.exec(`CREATE TRIGGER not_this BEFORE INSERT ON audit_logs WHEN new.entity_id = 't3'
        BEGIN SELECT RAISE(ABORT, 'not this one'); END`),
    );
    const ids = ['t1', 't2', 't3', 't4'];
    const made = await Promise.allSettled(
      ids.map((id) => workspace.as().entities.create({ type: 'team', id, data: { name: id } })),
    );
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    const { rows } = await workspace
      .as()
      .entities.list({ type: 'team', search: 't', filters: [{ field: 'id', op: 'in', value: ids }] });
    expect(rows.map(({ id }) => id)).toEqual(['t1', 't2', 't4']);
    workspace.raw((db) => db.exec('DROP TRIGGER not_this'));
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('when the file may not grow any more', async () => {
    const workspace = await testWorkspace({ template, resources });
    const { services } = workspace.core;
    const connection = openConnection(workspace.files.live, { mode: 'write', log: silentLog });
    try {
      connection.pragma(`max_page_count = ${Number(connection.pragma('page_count')) + 12}`);
      const queue = new WriteQueue({
        connection,
        source: services.source,
        holders: services.holders,
        onCommit: () => {},
        log: silentLog,
      });
      const session = workspace.core.session();
      const made: string[] = [];
      let failures = 0;
      for (let round = 0; round < 30; round++) {
        const data = { name: 'N', description: 'x'.repeat(3000) };
        const tries = Array.from({ length: 3 }, () =>
          queue.command(session, (write) => createRecord(write, { type: 'team', data })),
        );
        for (const outcome of await Promise.allSettled(tries)) {
          if (outcome.status === 'fulfilled') made.push(outcome.value);
          else failures += 1;
        }
      }
      expect(failures).toBeGreaterThan(0);
      const { rows } = await workspace
        .as()
        .entities.list({ type: 'team', search: 'N', filters: [{ field: 'name', op: 'is', value: 'N' }] });
      expect(rows.map(({ id }) => id).toSorted()).toEqual(made.toSorted());
      workspace.raw(expectSound);
      expect((await workspace.verify()).ok).toBe(true);
    } finally {
      connection.close();
    }
  });
});
