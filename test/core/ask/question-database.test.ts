import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { questionDatabase } from '#core/ask/question-database.ts';
import { questionTables } from '#core/ask/question-schema.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { sampleTemplate } from '#test/support/sample.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const sample = await sampleTemplate();

/** Columns that are computed, as lists compute them. */
const shown: Partial<Record<EntityType, (derived: JsonObject) => object>> = {
  student: ({ status, team_title = null }) => ({ status, team: team_title }),
  interface: ({ from_title, is_cross_university }) => ({
    from_title,
    is_cross_university: Number(is_cross_university),
  }),
};

async function query<R>({ core }: Pick<TestWorkspace, 'core'>, sql: string): Promise<R[]> {
  const db = new DatabaseSync(await questionDatabase(core.services), { readOnly: true });
  try {
    return db.prepare(sql).all() as R[];
  } finally {
    db.close();
  }
}

const files = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('questions'));

describe('the question database', () => {
  it('has exactly the documented tables and columns, with the values that lists show', async () => {
    const workspace = await testWorkspace({ template: sample });
    const client = workspace.as();
    const columns = await query<{ table: string; name: string; type: string }>(
      workspace,
      `SELECT m.name AS "table", c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.rowid, c.cid`,
    );
    expect(columns.map(({ table, name, type }) => `${table}.${name} ${type}`)).toEqual(
      questionTables.flatMap((table) =>
        table.columns.map(({ name, type }) => `${table.name}.${name} ${type}`),
      ),
    );
    for (const type of entityTypes) {
      const { rows, matched } = await client.entities.list({ type, limit: 1000 });
      const copied = await query<Record<string, unknown>>(workspace, `SELECT * FROM ${tableOf[type]}`);
      expect(copied).toHaveLength(matched);
      const byId = new Map(copied.map((row) => [row['id'], row]));
      for (const { id, payload, derived } of rows) {
        const row = byId.get(id) ?? {};
        for (const { key, kind } of fieldsOf(type)) {
          if (['json', 'references', 'reference'].includes(kind) || !(key in row)) continue;
          const value = payload[key] ?? null;
          expect(row[key], `${id} ${key}`).toBe(typeof value === 'boolean' ? Number(value) : value);
        }
        expect(row).toMatchObject(shown[type]?.(derived) ?? {});
      }
    }
    const [bearers] = await query<{ n: number }>(workspace, 'SELECT count(*) AS n FROM contact_who');
    expect(bearers?.n).toBeGreaterThan(100);
    const [people] = await query<{ n: number }>(workspace, 'SELECT count(*) AS n FROM people');
    expect(people?.n).toBe(31 + 248);
  });

  it('documents every declared field of a type', () => {
    for (const type of entityTypes) {
      const { columns = [] } = questionTables.find(({ name }) => name === tableOf[type]) ?? {};
      expect(columns.every(({ meaning }) => /^[A-Z]/.test(meaning))).toBe(true);
      const numbers = fieldsOf(type).filter(({ kind }) => kind === 'number' || kind === 'boolean');
      for (const { key, unit } of numbers)
        expect(columns.find(({ name }) => name === key)).toMatchObject(unit ? { unit } : { name: key });
    }
  });

  it('excludes deleted and hidden records and the history', async () => {
    const workspace = await testWorkspace({ template: sample });
    const client = workspace.as();
    await client.entities.update({
      type: 'team',
      id: 'team_summit-structures',
      data: { name: 'Renamed-away' },
    });
    await client.entities.update({ type: 'team', id: 'team_summit-structures', data: { name: 'Frames' } });
    await client.entities.remove({ type: 'team', id: 'team_summit-flight-software' });
    const file = await questionDatabase(workspace.core.services);
    const [team] = await query<{ n: number }>(
      workspace,
      "SELECT count(*) AS n FROM students WHERE team = 'Flight software' AND university_id = 'univ_summit'",
    );
    expect(team?.n).toBe(0);
    const [ends] = await query<{ n: number }>(
      workspace,
      "SELECT count(*) AS n FROM interfaces WHERE 'team_summit-flight-software' IN (from_id, to_id)",
    );
    expect(ends?.n).toBe(0);
    expect(readFileSync(file).includes('Renamed-away')).toBe(false);
    expect(readFileSync(file).includes('team_summit-flight-software')).toBe(false);
  });

  it('is built once for each state, and there is one at a time', async () => {
    const workspace = await testWorkspace({ template: sample });
    const [first, same] = await Promise.all([
      questionDatabase(workspace.core.services),
      questionDatabase(workspace.core.services),
    ]);
    expect(same).toBe(first);
    await workspace.as().entities.create({ type: 'team', data: { name: 'One more' } });
    const next = await questionDatabase(workspace.core.services);
    expect(next).not.toBe(first);
    expect(existsSync(first)).toBe(false);
    expect(files(workspace.folder)).toHaveLength(1);
    const [{ n } = { n: 0 }] = await query<{ n: number }>(
      workspace,
      "SELECT count(*) AS n FROM teams WHERE name = 'One more'",
    );
    expect(n).toBe(1);
  });

  it('is that of the sandbox that is open', async () => {
    const workspace = await testWorkspace({ template: sample });
    const { id } = await take(workspace.as(), 'S');
    const sandbox = await openSandbox(workspace, id);
    await clientOf(sandbox).entities.create({ type: 'team', data: { name: 'Only here' } });
    const count = "SELECT count(*) AS n FROM teams WHERE name = 'Only here'";
    expect(await query({ core: sandbox }, count)).toEqual([{ n: 1 }]);
    expect(await query(workspace, count)).toEqual([{ n: 0 }]);
    await sandbox.close();
  });

  it('is removed when a person is erased', async () => {
    const workspace = await testWorkspace({ template: sample });
    await questionDatabase(workspace.core.services);
    expect(files(workspace.folder)).toHaveLength(1);
    for await (const _ of await workspace.as().people.erase({ person: 'stud_summit-001' })) continue;
    expect(files(workspace.folder)).toEqual([]);
  });
});
