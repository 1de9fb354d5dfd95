import { fc } from '@fast-check/vitest';
import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const open = async (): Promise<Client> => (await testWorkspace({ template })).as();

/** What a record's history says of its links, newest first. */
async function linksOf(client: Client, id: string): Promise<string[]> {
  const { rows } = await client.history.ofRecord({ id, with_links: true });
  return rows.flatMap(({ change, link }) =>
    link ? [`${change.action} ${link.title}${link.moved ? ` ${link.moved}` : ''}`] : [],
  );
}

describe('the history of a record with its links', () => {
  test('names who linked a record, changed the link, and removed it', async () => {
    const workspace = await testWorkspace({ template });
    const [ada, rea] = [workspace.as(), workspace.as('Rea')];
    const link = { type: 'interface', id: 'l' } as const;
    await rea.entities.create({ ...link, data: { from: 'project-a', to: 'team-a' } });
    await ada.entities.update({ ...link, data: { energy_loss: 40 } });
    await ada.entities.remove(link);
    const { rows, total } = await ada.history.ofRecord({ id: 'team-a', with_links: true });
    expect(total).toBe(5);
    expect(
      rows.map(({ change, transaction, link: with_ }) => [
        change.action,
        change.type,
        transaction.actor.name,
        with_?.title,
      ]),
    ).toEqual([
      ['delete', 'interface', 'Ada', 'Alpine project'],
      ['update', 'interface', 'Ada', 'Alpine project'],
      ['create', 'interface', 'Rea', 'Alpine project'],
      ['create', 'interface', 'Ada', 'Bay team'],
      ['create', 'team', 'Ada', undefined],
    ]);
    expect(rows[0]?.link).toEqual({
      id: 'project-a',
      type: 'project',
      title: 'Alpine project',
      moved: null,
    });
    const page = await ada.history.ofRecord({ id: 'team-a', with_links: true, offset: 1, limit: 2 });
    expect(page).toEqual({ total, rows: rows.slice(1, 3) });
    expect((await ada.history.ofRecord({ id: 'team-a' })).rows).toEqual([rows[4]]);
  });

  test('follows a link that is moved, at both its old and its new end', async () => {
    const ada = await open();
    await ada.entities.update({ type: 'interface', id: 'link', data: { to: 'project-b' } });
    await ada.entities.update({ type: 'interface', id: 'link', data: { energy_loss: 9 } });
    expect(await linksOf(ada, 'team-b')).toEqual(['update Alpine team away', 'create Alpine team']);
    expect(await linksOf(ada, 'project-b')).toEqual(['update Alpine team', 'update Alpine team here']);
    expect(await linksOf(ada, 'team-a')).toEqual([
      'update Bay project',
      'update Bay project',
      'create Bay team',
    ]);
  });

  test('can be cancelled', async () => {
    const ada = await open();
    const leaving = new AbortController();
    const asked = ada.history.ofRecord({ id: 'team-a', with_links: true }, { signal: leaving.signal });
    leaving.abort();
    expect(await refused('CANCELLED', asked)).toMatchObject({ data: {} });
  });
});

interface Row {
  id: number;
  action: string;
  entity_type: string;
  entity_id: string;
  before: string | null;
  after: string | null;
}
type Ends = { from?: unknown; to?: unknown };

/** What the log says of each record and its links, told by walking through it from the beginning. */
function walked(db: Database.Database): Map<string, number[]> {
  const about = new Map<string, number[]>();
  const links = new Map<string, Ends>();
  const query = `SELECT id, action, entity_type, entity_id, payload_before AS before, payload_after AS after
    FROM audit_logs ORDER BY id`;
  for (const row of db.prepare(query).all() as Row[]) {
    const of = new Set([row.entity_id]);
    if (row.entity_type === 'interface') {
      const was = links.get(row.entity_id) ?? {};
      const became = { ...was, ...(JSON.parse(row.after ?? '{}') as Ends) };
      links.set(row.entity_id, became);
      for (const end of [was.from, was.to, became.from, became.to]) if (typeof end === 'string') of.add(end);
    }
    for (const id of of) about.set(id, [row.id, ...(about.get(id) ?? [])]);
  }
  return about;
}

test('equals a scan of the whole log after any changes', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 10, maxLength: 40 }), (steps) =>
      withWorkspace(template, async (workspace) => {
        for (const step of steps) await perform([workspace.core], step);
        const ada = workspace.as();
        for (const id of ['xa', 'xb', 'xc'])
          await ada.entities.create({ type: 'faculty', id, data: { name: id } });
        await ada.entities.create({ type: 'interface', id: 'x', data: { from: 'xa', to: 'xb' } });
        await ada.entities.update({ type: 'interface', id: 'x', data: { to: 'xc' } });
        await ada.entities.update({ type: 'interface', id: 'x', data: { from: 'xb', to: 'xa' } });
        for (const [id, rows] of workspace.raw(walked)) {
          const found = await ada.history.ofRecord({ id, with_links: true, limit: 1000 });
          expect(
            found.rows.map(({ change }) => change.id),
            id,
          ).toEqual(rows);
          for (const { change, link } of found.rows) expect(link === null).toBe(change.entity_id === id);
        }
      }),
    ),
    { numRuns: lawRuns(10) },
  );
});

test('it is found by index, and no table is walked through', async () => {
  const workspace = await testWorkspace({ template });
  const { read } = workspace.core.services;
  const plans: string[] = [];
  const { rowIdsOf: rowsAbout } = await import('#core/history/link-rows.ts');
  const explaining = {
    ...read,
    column: <V>(sql: string, parameters?: Parameters<typeof read.column>[1]): V[] => {
      const steps = read.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
      plans.push(...steps.map(({ detail }) => detail));
      return read.column<V>(sql, parameters);
    },
  };
  for (const _ of rowsAbout(explaining, 'team-a', { withLinks: true })) continue;
  expect(plans.filter((detail) => /^SCAN (?!CONSTANT|.*SUBQUERY)/.test(detail))).toEqual([]);
  for (const index of ['from_id', 'to_id', 'from_id_deleted', 'to_id_deleted'])
    expect(plans.join('\n')).toMatch(new RegExp(`interfaces_${index}\\b`));
  for (const index of ['from', 'to']) expect(plans.join('\n')).toContain(`audit_logs_moved_${index}`);
});
