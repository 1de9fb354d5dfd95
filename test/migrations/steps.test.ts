import { afterAll, describe, expect, test } from 'vitest';
import { localMigrations } from '#migrations/local/index.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { migrateTo, schemaVersion, versionOf } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { testFolder } from '#test/support/folder.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { contentsOf, databaseAt, fillFrom, schemaOf } from './harness.ts';

/** A workspace with every type of record, deleted ones, unknown fields and an undo: what rows may look like. */
const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.entities.create({
    type: 'faculty',
    data: { name: 'F', university_id: 'uni-a', x_note: { 'ü "x"': [1, null] } },
  });
  await ada.entities.create({
    type: 'outcome',
    data: { project_id: 'project-a', success: true, cohort_year: 2025 },
  });
  await ada.entities.create({
    type: 'risk-factor',
    data: { factor_name: 'bond', values: [{ value: 'weak', contribution: 0.35 }] },
  });
  await ada.entities.create({ type: 'factor-model', data: { name: 'M', is_active: true } });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { description: null }, unset: ['size'] });
  const places = ['team-a', 'team-b', 'project-a'].map((id, at) => ({ id, x: at * 100.5, y: -at }));
  await ada.network.savePositions({ places });
  await ada.network.deletePositions({ ids: ['team-a'] });
  await ada.network.savePositions({ places: [{ id: 'team-b', x: 7, y: 7 }] });
  const view = { name: 'Ünder "way"', address: 'frames://live/teams', layout: { columns: ['name', null] } };
  const { id } = (await ada.views.create(view)).view;
  await ada.views.create({ name: 'Gone', address: 'frames://live/teams' });
  await ada.history.undo({});
  await ada.views.update({ id, name: 'Under way', layout: null });
  await ada.workspace.rename({ name: 'First' });
  await ada.workspace.rename({ name: 'Second' });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  await ada.history.undo({});
  await ada.history.redo({});
});
const source = openConnection(workspaceFiles(template.folder).live, { mode: 'read', log: silentLog });
afterAll(() => source.close());

const versions = localMigrations.map(({ version }) => version);

test('the steps are numbered without a gap from 1, and named', () => {
  expect(versions).toEqual(versions.map((_, index) => index + 1));
  expect(schemaVersion).toBe(versions.length);
  expect(new Set(localMigrations.map(({ name }) => name)).size).toBe(versions.length);
});

test('a fresh workspace has the schema that the steps make, one after the other with rows in them', async () => {
  const stepped = await databaseAt(testFolder(), 1);
  for (const version of versions) {
    await migrateTo(stepped, version);
    if (version === 1) fillFrom(stepped, source);
  }
  expect(schemaOf(stepped)).toEqual(schemaOf(source));
  expect(contentsOf(stepped)).toEqual(contentsOf(source));
  stepped.close();
});

describe.each(versions.slice(0, -1))('from %i to the next', (version) => {
  test('rows stay as they are, forward and back and forward again', async () => {
    const db = await databaseAt(testFolder(), version);
    fillFrom(db, source);
    const [schema, rows] = [schemaOf(db), contentsOf(db)];
    await migrateTo(db, version + 1);
    expect(versionOf(db)).toBe(version + 1);
    const [nextSchema, nextRows] = [schemaOf(db), contentsOf(db)];
    for (const [table, before] of Object.entries(rows)) expect(nextRows[table], table).toMatchObject(before);
    await migrateTo(db, version);
    expect(versionOf(db)).toBe(version);
    expect(schemaOf(db)).toEqual(schema);
    expect(contentsOf(db)).toEqual(rows);
    await migrateTo(db, version + 1);
    expect(schemaOf(db)).toEqual(nextSchema);
    expect(contentsOf(db)).toEqual(nextRows);
    expect(db.pragma('integrity_check')).toBe('ok');
    expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
    db.close();
  });
});

describe.each(versions)('the schema at %i', (version) => {
  test('is the same however it was reached', async () => {
    const folder = testFolder();
    const straight = await databaseAt(folder, version, 'straight.sqlite');
    const back = await databaseAt(folder, schemaVersion, 'back.sqlite');
    await migrateTo(back, version);
    expect(schemaOf(back)).toEqual(schemaOf(straight));
    straight.close();
    back.close();
  });

  test('holds STRICT tables, and every payload is JSON', async () => {
    const db = await databaseAt(testFolder(), version);
    const loose = db.all(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    );
    expect(loose).toEqual([]);
    const insert = `INSERT INTO teams (id, payload, created_at, updated_at) VALUES ('t', ?, 'now', 'now')`;
    expect(() => db.write.run(insert, ['{"name":'])).toThrow(/malformed JSON|CHECK constraint/);
    const bytes = `INSERT INTO workspace (key, value) VALUES ('k', x'00')`;
    expect(() => db.write.run(bytes)).toThrow('cannot store BLOB value in TEXT column');
    db.close();
  });
});

test('the way back to nothing leaves nothing', async () => {
  const db = await databaseAt(testFolder(), schemaVersion);
  fillFrom(db, source);
  await migrateTo(db, 0);
  expect(schemaOf(db)).toEqual([]);
  expect(versionOf(db)).toBe(0);
  db.close();
});

describe('a step that fails', () => {
  const broken = (version: number) => [
    ...localMigrations,
    {
      version,
      name: 'broken',
      up: async (db: Parameters<(typeof localMigrations)[number]['up']>[0]) => {
        await db.schema.createTable('half').addColumn('a', 'text').execute();
        throw new Error('a step that fails');
      },
      down: () => Promise.resolve(),
    },
  ];

  test('is taken back whole, with its number, and what was before it stands', async () => {
    const db = await databaseAt(testFolder(), 1);
    fillFrom(db, source);
    await expect(migrateTo(db, schemaVersion + 1, { migrations: broken(schemaVersion + 1) })).rejects.toThrow(
      'a step that fails',
    );
    expect(versionOf(db)).toBe(schemaVersion);
    expect(schemaOf(db)).toEqual(schemaOf(source));
    expect(contentsOf(db)).toEqual(contentsOf(source));
    db.close();
  });
});

test('a newer schema is refused, whichever way it should go', async () => {
  const db = await databaseAt(testFolder(), schemaVersion);
  db.pragma(`user_version = ${schemaVersion + 3}`);
  for (const target of [schemaVersion, 1, schemaVersion + 3]) {
    await expect(migrateTo(db, target)).rejects.toMatchObject({
      code: 'WORKSPACE',
      data: { reason: 'newer' },
    });
  }
  expect(schemaOf(db)).toEqual(schemaOf(source));
  db.close();
});
