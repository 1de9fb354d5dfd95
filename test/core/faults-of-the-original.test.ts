import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addSample } from '#test/support/sample.ts';
import { stateOf } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

/** What the original program got wrong, as far as it applies to core: each is a test of ours. */
const template = await makeTemplate(preparePeople);

async function importFile(workspace: TestWorkspace, file: object, force = true): Promise<void> {
  const path = join(workspace.folder, '..', 'file.json');
  writeFileSync(path, JSON.stringify(file));
  const grant = workspace.core.grants.issue(path, 'read');
  for await (const _ of await workspace.as().transfer.importFile({ grant, force })) continue;
}
const empty = { teams: [], faculty: [], projects: [], interfaces: [] };

test('analytics read one state while edits went to another: every query sees a write at once', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { record } = await ada.entities.create({
    type: 'team',
    data: { name: 'Brand new', discipline: 'ground' },
  });
  expect((await ada.entities.list({ type: 'team', search: 'brand' })).rows).toEqual([record]);
  expect((await ada.entities.counts({})).teams).toBe(3);
  expect(await ada.entities.values({ type: 'team', field: 'discipline' })).toContainEqual({
    value: 'ground',
    count: 1,
  });
  expect((await ada.entities.lookup({ types: ['team'], text: 'brand' }))[0]?.id).toBe(record.id);
  await ada.entities.update({
    type: 'team',
    id: record.id,
    data: { discipline: 'payload', name: 'Renamed' },
  });
  expect((await ada.entities.list({ type: 'team', search: 'brand' })).matched).toBe(0);
  expect(
    (
      await ada.entities.list({
        type: 'team',
        filters: [{ field: 'discipline', op: 'is', value: 'payload' }],
      })
    ).matched,
  ).toBe(1);
  await ada.entities.remove({ type: 'team', id: record.id });
  expect((await ada.entities.counts({})).teams).toBe(2);
  expect((await ada.workspace.info({})).counts.teams).toBe(2);
});

test('autosave posted empty lists every ten seconds: saving nothing changes nothing', async () => {
  const workspace = await testWorkspace({ template });
  const before = stateOf(workspace);
  const { transactions } = await workspace.as().workspace.info({});
  await importFile(workspace, empty);
  expect((await workspace.as().entities.update({ type: 'team', id: 'team-a', data: {} })).op_id).toBeNull();
  await refused('NOT_EMPTY', importFile(workspace, empty, false));
  expect(stateOf(workspace)).toEqual(before);
  expect((await workspace.as().workspace.info({})).transactions).toBe(transactions);
});

test('an import that leaves records out does not delete them', async () => {
  const workspace = await testWorkspace({ template });
  await importFile(workspace, { ...empty, teams: [{ id: 'team-a', name: 'Alpine team', size: 11 }] });
  expect((await workspace.as().entities.counts({})).teams).toBe(2);
  expect((await workspace.as().entities.find({ id: 'team-a' })).payload).toMatchObject({
    size: 11,
    project_id: 'project-a',
  });
});

describe('interface creation failed on a field-name mismatch', () => {
  test('it takes the names that the contract declares, and gives them back', async () => {
    const ada = (await testWorkspace({ template })).as();
    const data = {
      from: 'team-a',
      to: 'project-b',
      interface_type: 'team-to-project',
      bond_type: 'codified-strong',
      energy_loss: 7,
    };
    const { record } = await ada.entities.create({ type: 'interface', data });
    expect(record.payload).toEqual(data);
    expect((await ada.entities.get({ type: 'interface', id: record.id })).payload).toEqual(data);
  });

  test('a file may spell them either way', async () => {
    const workspace = await testWorkspace({ template });
    await importFile(workspace, {
      ...empty,
      interfaces: [
        {
          id: 'one',
          from: 'team-a',
          to: 'team-b',
          interfaceType: 'team-to-team',
          bondType: 'fragile-temporary',
          energyLoss: 61,
        },
        {
          id: 'two',
          from_entity: 'team-a',
          to_entity: 'team-b',
          interface_type: 'team-to-team',
          bond_type: 'fragile-temporary',
          energy_loss: 61,
        },
      ],
    });
    const payload = {
      from: 'team-a',
      to: 'team-b',
      interface_type: 'team-to-team',
      bond_type: 'fragile-temporary',
      energy_loss: 61,
    };
    for (const id of ['one', 'two'])
      expect((await workspace.as().entities.find({ id })).payload).toMatchObject(payload);
  });
});

test('deleting an entity left orphan interfaces: they are hidden with it', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as().entities.remove({ type: 'team', id: 'team-a' });
  expect(await workspace.as().entities.find({ id: 'link' })).toMatchObject({ hidden: true });
  expect((await workspace.as().entities.links({ id: 'team-b' })).total).toBe(0);
  expect((await workspace.verify()).ok).toBe(true);
});

test('"before" was logged after the change: it is the former state', async () => {
  const ada = (await testWorkspace({ template })).as();
  const before = (await ada.entities.find({ id: 'team-a' })).payload;
  await ada.entities.update({
    type: 'team',
    id: 'team-a',
    data: { name: 'New', size: 9 },
    unset: ['project_id'],
  });
  await ada.entities.remove({ type: 'team', id: 'team-a' });
  const { rows } = await ada.history.ofRecord({ id: 'team-a' });
  const [removal, update, creation] = rows.map(({ change }) => change);
  expect(creation).toMatchObject({ before: null, after: before });
  expect(update).toMatchObject({
    before: { name: 'Alpine team', size: 5, project_id: 'project-a' },
    after: { name: 'New', size: 9 },
  });
  expect(update?.after).not.toHaveProperty('project_id');
  expect(removal).toMatchObject({ before: { name: 'New', size: 9 }, after: null });
});

describe('the university was never filled in the audit', () => {
  test('it is, for every kind of record and every kind of change', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await ada.entities.create({ type: 'faculty', id: 'f', data: { name: 'F', university_id: 'uni-b' } });
    await ada.entities.create({ type: 'outcome', id: 'o', data: { university_id: 'uni-b' } });
    await ada.entities.create({ type: 'interface', id: 'l', data: { from: 'f', to: 'o' } });
    await ada.entities.update({ type: 'interface', id: 'l', data: { meta: 1 } });
    await ada.entities.remove({ type: 'university', id: 'uni-b', with_contents: true });
    await ada.entities.restore({ type: 'university', id: 'uni-b' });
    await ada.history.undo({});
    await importFile(workspace, { ...empty, teams: [{ id: 'i', name: 'I', university_id: 'uni-a' }] });
    const query = `SELECT entity_type, action, university_id FROM audit_logs WHERE entity_type <> 'profile' AND university_id IS NULL`;
    expect(workspace.raw((db) => db.prepare(query).all())).toEqual([]);
  });

  test('a record that leaves its university is still found under it', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.entities.update({ type: 'team', id: 'team-a', data: { university_id: null } });
    const [newest] = (await ada.history.list({ university_id: 'uni-a', limit: 1 })).rows;
    expect(newest?.label).toBe('team.update');
  });

  test('it is never made by taking an id apart', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.entities.create({ type: 'university', id: 'Uni', data: { name: 'Uni' } });
    await ada.entities.create({ type: 'university', id: 'Uni_D', data: { name: 'Uni D' } });
    const { record } = await ada.entities.create({
      type: 'team',
      id: 'Uni_D_team',
      data: { name: 'T', university_id: 'Uni_D' },
    });
    expect(record.university_id).toBe('Uni_D');
    const { record: other } = await ada.entities.create({
      type: 'team',
      id: 'Uni.team_1',
      data: { name: 'T' },
    });
    expect(other.university_id).toBeNull();
    const { rows } = await ada.history.list({ university_id: 'Uni' });
    expect(rows.map(({ label }) => label)).toEqual(['university.create']);
  });
});

describe('there was no audit for loading, copying, students and research', () => {
  test('sample data is one audited change', async () => {
    const workspace = await testWorkspace();
    const ada = workspace.as();
    await addSample(workspace);
    const [newest] = (await ada.history.list({ limit: 1 })).rows;
    const counts = await ada.entities.counts({});
    expect(newest).toMatchObject({
      label: 'seed',
      changes: Object.values(counts).reduce((sum, count) => sum + count, 0),
    });
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('imports, students, outcomes, risk factors and models are audited too', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await importFile(workspace, { ...empty, teams: [{ id: 'i', name: 'I' }] });
    await ada.entities.create({ type: 'student', data: { name: 'S' } });
    await ada.entities.create({ type: 'outcome', data: { success: true } });
    await ada.entities.create({ type: 'risk-factor', data: { factor_name: 'R' } });
    await ada.entities.create({ type: 'factor-model', data: { name: 'M' } });
    const labels = (await ada.history.list({ limit: 5 })).rows.map(({ label }) => label);
    expect(labels).toEqual([
      'factor-model.create',
      'risk-factor.create',
      'outcome.create',
      'student.create',
      'import',
    ]);
  });
});

test('durations were years in one file and months in another: months are stored, and the guess is reported', async () => {
  const workspace = await testWorkspace({ template });
  await importFile(workspace, { ...empty, projects: [{ id: 'p', name: 'P', duration: 3 }] });
  expect((await workspace.as().entities.find({ id: 'p' })).payload).toMatchObject({ duration_months: 36 });
});

test('positions dragged in the molecule view were never saved: they are, for everybody, and stay after a restart', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { id } = (await ada.entities.create({ type: 'team', data: { name: 'Dragged' } })).record;
  await ada.network.savePositions({ places: [{ id, x: 12.5, y: -40 }] });
  await workspace.reopen();
  const { nodes } = await workspace.as().network.neighbourhood({ id });
  expect([nodes.x[0], nodes.y[0]]).toEqual([12.5, -40]);
});
