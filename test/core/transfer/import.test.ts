import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, beforeEach } from 'vitest';
import { listBackups } from '#core/versions/list.ts';
import {
  drain,
  fixtureFile,
  importFile,
  refusedWith,
  stateOf,
  verified,
  workspaceForEach,
} from './workspace.ts';
import { bringText } from './sheet/support.ts';

const workspace = workspaceForEach();

/** The reference file lies beside the checkout where there is one; this is a small one of the same shape. */
const seed = new URL('../../../../shared/data/frames/multi_university_seed.json', import.meta.url);
const severalUniversities = {
  universities: [
    { id: 'North', name: 'North', is_lead: true, active: true, meta: null },
    { id: 'Uni_D', name: 'Uni D' },
  ],
  teams: [
    {
      id: 'North_team_proves',
      university_id: 'North',
      discipline: 'interdisciplinary',
      name: 'North PROVES',
    },
    {
      id: 'Uni_D_team_proves',
      university_id: 'Uni_D',
      discipline: 'interdisciplinary',
      name: 'Uni D PROVES',
    },
  ],
  projects: [
    {
      id: 'PROVES',
      university_id: null,
      name: 'PROVES',
      type: 'proves',
      is_collaborative: true,
      duration: 36,
    },
  ],
  interfaces: [
    {
      id: 'cross_cpp_texas_1',
      from: 'North_team_proves',
      to: 'Uni_D_team_proves',
      interfaceType: 'team-to-team',
      is_cross_university: true,
    },
  ],
  outcomes: [],
};

describe('preview', () => {
  it('previews without writing; the grant stays valid for the import', async () => {
    const grant = workspace.core.grants.issue(fixtureFile, 'read');
    const { result, progress } = await drain(await workspace.client.transfer.preview({ grant }));
    expect(result).toMatchObject({
      source: 'frames_data.json',
      counts: { teams: 8, faculty: 3, projects: 3, interfaces: 11, students: 0 },
      creates: { teams: 8 },
      updates: { teams: 0 },
      duration_unit: 'years',
      workspace_empty: true,
      report: { complete: false, problems: { unknown_value: 3, duration_unit_guessed: 3 } },
    });
    expect(progress[0]).toMatchObject({ step: 'reading' });
    expect((await stateOf(workspace)).size).toBe(0);
    expect((await workspace.client.history.list({})).total).toBe(1);
    const imported = await drain(
      await workspace.client.transfer.importFile({ grant, sha256: result.sha256 }),
    );
    expect(imported.result.created.teams).toBe(8);
  });
});

describe('import over records that are here', () => {
  it('keeps the name of a record that has none in the file, and previews both values', async () => {
    const { client } = workspace;
    await client.entities.create({ type: 'team', id: 't1', data: { name: 'Thermal', size: 4 } });
    const path = workspace.put({
      teams: [
        { id: 't1', size: 6 },
        { id: 't2', name: null },
      ],
    });
    const grant = workspace.core.grants.issue(path, 'read');
    const { result: plan } = await drain(await client.transfer.preview({ grant }));
    expect(plan.changed).toEqual([
      { type: 'team', id: 't1', title: 'Thermal', before: { size: 4 }, after: { size: 6 } },
    ]);
    expect(plan.problems.map(({ action }) => action)).toEqual(['kept', 'given']);
    await importFile(workspace, path, { force: true });
    expect((await client.entities.find({ id: 't1' })).payload).toMatchObject({ name: 'Thermal', size: 6 });
    expect((await client.entities.find({ id: 't2' })).title).toBe('t2');
  });

  it('reports a truncated file before it asks for force', async () => {
    await workspace.client.entities.create({ type: 'team', data: { name: 'Thermal' } });
    const path = workspace.put('{"teams": [{"id": "a", "na', 'cut.json');
    expect(await refusedWith(importFile(workspace, path))).toMatchObject({ code: 'BAD_FILE' });
  });
});

describe('import', () => {
  it('brings in a file of several universities', async () => {
    const text = existsSync(seed) ? readFileSync(seed, 'utf8') : JSON.stringify(severalUniversities);
    const { result } = await importFile(workspace, workspace.put(text));
    const document = JSON.parse(text) as Record<string, unknown[]>;
    for (const [table, list] of Object.entries(document)) expect(result.created[table]).toBe(list.length);
    const cross = await workspace.client.entities.get({ type: 'interface', id: 'cross_cpp_texas_1' });
    expect(cross.derived).toMatchObject({ is_cross_university: true });
    const shared = await workspace.client.entities.get({ type: 'project', id: 'PROVES' });
    expect(shared.payload).toMatchObject({ university_id: null, duration_months: 36 });
  });

  it('is one audited change that can be undone and redone', async () => {
    const { result } = await importFile(workspace, fixtureFile);
    expect(result).toMatchObject({ created: { teams: 8 }, problems: 6, verified: true, backup: null });
    const before = await stateOf(workspace);
    const [newest] = (await workspace.client.history.list({ limit: 1 })).rows;
    expect(newest).toMatchObject({
      op_id: result.op_id,
      label: 'import',
      params: { source: 'frames_data.json', count: 25 },
      changes: 25,
    });
    const undone = await workspace.client.history.undo({});
    expect(undone).toMatchObject({ label: 'import', changes: 25, left: [] });
    expect((await stateOf(workspace)).size).toBe(0);
    await workspace.client.history.redo({});
    expect(await stateOf(workspace)).toEqual(before);
    expect((await verified(workspace)).ok).toBe(true);
  });

  it('refuses a workspace with records unless forced, and counts them', async () => {
    await workspace.client.entities.create({ type: 'team', data: { name: 'Mine' } });
    const fault = await refusedWith(importFile(workspace, fixtureFile));
    expect(fault).toMatchObject({ code: 'NOT_EMPTY', data: { counts: { teams: 1 } } });
    expect((await stateOf(workspace)).size).toBe(1);
  });

  it('over existing records changes the values of the file, keeps the rest and deletes nothing', async () => {
    await workspace.client.entities.create({ type: 'team', id: 'mine', data: { name: 'Mine' } });
    await workspace.client.entities.create({
      type: 'team',
      id: 'team_1',
      data: { name: 'Old', colour: 'red', size: 9 },
    });
    await workspace.client.entities.create({ type: 'team', id: 'team_2', data: { name: 'Gone' } });
    await workspace.client.entities.remove({ type: 'team', id: 'team_2' });
    const { result } = await importFile(workspace, fixtureFile, { force: true });
    expect(result).toMatchObject({
      created: { teams: 6 },
      updated: { teams: 1 },
      restored: { teams: 1 },
      verified: true,
    });
    const state = await stateOf(workspace);
    expect(state.get('mine')?.payload.name).toBe('Mine');
    expect(state.get('team_1')?.payload).toMatchObject({ name: 'Power and Harness', colour: 'red', size: 4 });
    expect(state.get('team_2')?.payload).toMatchObject({ name: 'Avionics Newcomers' });
    expect((await verified(workspace)).ok).toBe(true);
    expect(await workspace.client.history.undo({})).toMatchObject({ left: [] });
    const undone = await stateOf(workspace);
    expect([...undone.keys()].toSorted()).toEqual(['mine', 'team_1']);
    expect(undone.get('team_1')?.payload).toMatchObject({ name: 'Old', colour: 'red', size: 9 });
    expect((await verified(workspace)).ok).toBe(true);
  });

  it('leaves out a record that carries the id of a profile or a saved view, forced or not, and the audit stays whole', async () => {
    const { actor } = await workspace.client.workspace.info({});
    const { view } = await workspace.client.views.create({ name: 'V', address: 'frames://live/teams' });
    const path = workspace.put({
      teams: [
        { id: actor.id, name: 'evil' },
        { id: view.id, name: 'evil' },
      ],
    });
    const { result } = await importFile(workspace, path, { force: true });
    expect(result).toMatchObject({ created: { teams: 0 }, updated: { teams: 0 }, problems: 2 });
    expect(await workspace.client.views.list({})).toEqual([view]);
    const grant = workspace.core.grants.issue(path, 'read');
    const { result: plan } = await drain(await workspace.client.transfer.preview({ grant }));
    const skipped = { code: 'duplicate_id', action: 'skipped' };
    expect(plan.problems).toMatchObject([
      { path: '$.teams[0].id', ...skipped },
      { path: '$.teams[1].id', ...skipped },
    ]);
    expect((await workspace.client.workspace.info({})).actor).toEqual(actor);
    expect(await verified(workspace)).toMatchObject({ ok: true });
  });

  it('refuses a file that has changed since the preview', async () => {
    const fault = await refusedWith(importFile(workspace, fixtureFile, { sha256: 'another' }));
    expect(fault).toMatchObject({ code: 'BAD_FILE', data: { reason: 'changed_since_preview' } });
  });

  it('backs up a workspace with records first, unless disabled; an empty one needs no backup', async () => {
    const { backups } = workspace.core.services.files;
    expect((await importFile(workspace, fixtureFile)).result.backup).toBeNull();
    expect(
      (await importFile(workspace, fixtureFile, { force: true, backup: false })).result.backup,
    ).toBeNull();
    expect(existsSync(backups)).toBe(false);
    const { result } = await importFile(workspace, fixtureFile, { force: true });
    expect(await listBackups(backups)).toMatchObject([{ id: result.backup, reason: 'import' }]);
  });

  it('refuses a bad file with force and backup too, and touches nothing', async () => {
    await workspace.client.entities.create({ type: 'team', data: { name: 'Mine' } });
    const path = workspace.put('{"teams": {}}');
    const fault = await refusedWith(importFile(workspace, path, { force: true, backup: true }));
    expect(fault).toMatchObject({ code: 'BAD_FILE', data: { reason: 'list_that_is_no_list' } });
    expect((await stateOf(workspace)).size).toBe(1);
    expect(existsSync(workspace.core.services.files.backups)).toBe(false);
  });

  it('never opens the workspace’s own files', async () => {
    const { files } = workspace.core.services;
    for (const path of [files.live, `${files.live}-wal`, files.lock]) {
      expect(await refusedWith(importFile(workspace, path, { force: true }))).toMatchObject({
        data: { reason: 'own_file' },
      });
    }
    expect((await verified(workspace)).ok).toBe(true);
  });
});

describe('the kind of a link that an import moves', () => {
  beforeEach(async () => {
    const { entities } = workspace.client;
    for (const id of ['power', 'radio']) await entities.create({ type: 'team', id, data: { name: id } });
    await entities.create({ type: 'project', id: 'orbit', data: { name: 'orbit' } });
    await entities.create({ type: 'student', id: 'sam', data: { name: 'sam' } });
    const data = { from: 'power', to: 'radio', interface_type: 'team-to-team' };
    await entities.create({ type: 'interface', id: 'l1', data });
  });

  const stored = async () => (await workspace.client.entities.get({ type: 'interface', id: 'l1' })).payload;

  /** Imports a document with that link in it. */
  const bring = (link: Record<string, unknown>) =>
    importFile(workspace, workspace.put({ interfaces: [{ id: 'l1', ...link }] }), { force: true });

  it('follows its ends if the file has none', async () => {
    await bring({ from: 'power', to: 'orbit' });
    expect(await stored()).toEqual({ from: 'power', to: 'orbit', interface_type: 'team-to-project' });
    await bring({ from: 'power', to: 'sam' });
    expect(await stored()).toEqual({ from: 'power', to: 'sam' });
    expect(await verified(workspace)).toMatchObject({ ok: true });
    await workspace.client.history.undo({});
    expect(await stored()).toMatchObject({ to: 'orbit', interface_type: 'team-to-project' });
  });

  it('is that of the file, and none if it was removed', async () => {
    await bring({ from: 'power', to: 'orbit', interfaceType: 'team-to-team' });
    expect(await stored()).toMatchObject({ to: 'orbit', interface_type: 'team-to-team' });
    const { entities } = workspace.client;
    await entities.update({ type: 'interface', id: 'l1', data: { to: 'sam' }, unset: ['interface_type'] });
    await bring({ from: 'power', to: 'orbit' });
    expect(await stored()).toEqual({ from: 'power', to: 'orbit' });
  });

  it('follows them in a table that has no column for it', async () => {
    const columns = [{ to: 'id' as const }, { to: 'field' as const, field: 'to' }];
    await bringText(workspace, 'id,To\nl1,orbit', { type: 'interface', columns });
    expect(await stored()).toMatchObject({ to: 'orbit', interface_type: 'team-to-project' });
  });

  it('is that of the table', async () => {
    const columns = [
      { to: 'id' as const },
      { to: 'field' as const, field: 'to' },
      { to: 'field' as const, field: 'interface_type' },
    ];
    await bringText(workspace, 'id,To,Kind\nl1,orbit,team-to-team', { type: 'interface', columns });
    expect(await stored()).toMatchObject({ to: 'orbit', interface_type: 'team-to-team' });
  });
});
