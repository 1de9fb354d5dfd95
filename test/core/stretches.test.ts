import { describe, expect, test } from 'vitest';
import { exportListInput } from '#shared/contract/export-list.ts';
import { groupRecords } from '#core/records/groups.ts';
import { resolveSelection } from '#core/model/list.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { ColumnStore } from '#core/model/columns/store.ts';
import { NameIndex } from '#core/model/name-index.ts';
import { LogFacets } from '#core/history/facets.ts';
import { listChanges, listTransactions } from '#core/history/queries.ts';
import type { Services } from '#core/model/services.ts';
import { createLookup } from '#core/import/write.ts';
import { orderInSnapshot } from '#core/export/list.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { counted, stretchesOf } from '#test/support/stretches.ts';
import { testWorkspace } from '#test/support/workspace.ts';

/** No answer may hold up the others: between two pauses nothing reads more rows than this. */
const most = 4100;
const template = await crowdTemplate();

/** A workspace with its reads counted. What lists keep in memory is read already. */
async function watched() {
  const workspace = await testWorkspace({ template });
  const { services } = workspace.core;
  services.columns.matchingRows({ type: 'team', filters: [], search: '' });
  const { db, rows } = counted(services.read);
  const watching: Services = { ...services, read: db };
  return { workspace, services: watching, db, rows };
}

const changeOf = { label: 'seed', changes: 9000 };

describe('no more than some thousand rows are read between two pauses', () => {
  test('while existing ids are looked up', async () => {
    const { db, rows } = await watched();
    const { result, longest, pauses } = stretchesOf(createLookup(db), rows);
    expect(longest).toBeLessThanOrEqual(most);
    expect(pauses).toBeGreaterThan(2);
    expect(['c00000', 'c08999', 'c09000'].map((id) => result(id)?.type)).toEqual(['team', 'team', undefined]);
  });

  test('when names are read ahead, and nothing is read twice', async () => {
    const { workspace, db, rows } = await watched();
    const names = new NameIndex(db);
    const { longest, pauses } = stretchesOf(names.readAhead(), rows);
    expect(longest).toBeLessThanOrEqual(most);
    expect(pauses).toBeGreaterThan(2);
    expect(stretchesOf(names.readAhead(), rows)).toMatchObject({ pauses: 0, longest: 0 });
    await workspace.as().entities.update({ type: 'team', id: 'c00007', data: { name: 'New' } });
    names.refresh();
    expect(['c00007', 'c08999'].map((id) => names.title(id))).toEqual(['New', 'Team 499']);
  });

  test('when the columns of lists are read ahead, and they answer as if they had not been', async () => {
    const { services, db, rows } = await watched();
    const columns = new ColumnStore(db, new NameIndex(db));
    const { longest, pauses } = stretchesOf(columns.warmUp(), rows);
    expect(longest).toBeLessThanOrEqual(most);
    expect(pauses).toBeGreaterThan(20);
    const sort = [{ field: 'size', direction: 'desc' as const }];
    expect(columns.orderedRows('team', sort)).toEqual(services.columns.orderedRows('team', sort));
    const asked = { type: 'team' as const, filters: [], search: 'team 49' };
    expect(columns.matchingRows(asked)).toEqual(services.columns.matchingRows(asked));
  });

  test('while others ask or read ahead too', async () => {
    const { services, db } = await watched();
    const sort = [{ field: 'size', direction: 'desc' as const }];
    const order = services.columns.orderedRows('team', sort);
    for (const asks of [true, false]) {
      const columns = new ColumnStore(db, new NameIndex(db));
      for (const _ of columns.readAhead('university')) continue;
      const steps = columns.readAhead('team');
      steps.next();
      const other = columns.readAhead('team');
      if (asks) columns.orderedRows('team', sort);
      else other.next();
      for (const _ of steps) continue;
      for (const _ of other) continue;
      expect(columns.orderedRows('team', sort)).toEqual(order);
    }
  });

  test('when names change while they are read ahead', async () => {
    const { workspace, db } = await watched();
    const names = new NameIndex(db);
    const steps = names.readAhead();
    steps.next();
    for (const id of ['c00001', 'c08998'])
      await workspace.as().entities.update({ type: 'team', id, data: { name: `Renamed ${id}` } });
    for (const _ of steps) continue;
    names.refresh();
    expect(names.title('c00001')).toBe('Renamed c00001');
    expect(names.title('c08998')).toBe('Renamed c08998');
  });

  test('when the first that asks is an edit of many', async () => {
    const { services, db, rows } = await watched();
    const columns = new ColumnStore(db, new NameIndex(db));
    const which = { kind: 'matching' as const, filters: [], search: '', except: [] };
    const { result, longest } = stretchesOf(resolveSelection({ ...services, columns }, 'team', which), rows);
    expect(longest).toBeLessThanOrEqual(most);
    expect(result).toHaveLength(9000);
  });

  test('when they are grouped', async () => {
    const { services } = await watched();
    const wanted = { type: 'team' as const, by: 'size', filters: [], search: '', limit: 200 };
    const steps = groupRecords(services, { ...wanted, summaries: [{ field: 'experience', of: 'mean' }] });
    let [step, longest, before] = [steps.next(), 0, 0];
    for (; !step.done; step = steps.next()) {
      longest = Math.max(longest, step.value - before);
      before = step.value;
    }
    expect(before).toBe(9000);
    expect(longest).toBeLessThanOrEqual(most);
    expect(step.value.groups.map(({ value, count }) => [value, count])).toEqual([
      [2, 6000],
      [3, 3000],
    ]);
  });

  test('when a change of many records is shown', async () => {
    const { workspace, db, rows } = await watched();
    const { rows: found } = await workspace.as().history.list({ limit: 1 });
    expect(found[0]).toMatchObject(changeOf);
    const page = listChanges(db, { id: found[0]?.id ?? 0, offset: 8990, limit: 50 });
    expect(page.rows.map(({ entity_id }) => entity_id)).toEqual(
      Array.from({ length: 10 }, (_, at) => `c0899${at}`),
    );
    expect(rows()).toBeLessThan(200);
  });

  test('while the log is scanned for a kind of change', async () => {
    const { db, rows } = await watched();
    const facets = new LogFacets(db);
    const wanted = { type: 'team' as const, action: 'create' as const, offset: 0, limit: 50 };
    const { result, longest, pauses } = stretchesOf(listTransactions(db, wanted, facets), rows);
    expect(longest).toBeLessThanOrEqual(most);
    expect(pauses).toBeGreaterThan(2);
    expect(result).toMatchObject({ total: 1, rows: [changeOf] });
  });

  test('when a list of which a few are picked is exported', async () => {
    const { services, rows } = await watched();
    const columns = [{ key: 'name', label: 'Name' }];
    const except = Array.from({ length: 8998 }, (_, at) => `c${String(at).padStart(5, '0')}`);
    const wanted = exportListInput.parse({ grant: '-', format: 'csv', type: 'team', columns, except });
    const db = openConnection(services.files.live, { mode: 'read', log: services.log });
    try {
      expect(await orderInSnapshot(services, db, { ...wanted, sort: [] }, services.source)).toHaveLength(2);
      expect(rows()).toBeLessThan(most);
    } finally {
      db.close();
    }
  });
});

test('groups are of one moment, whatever is written while they are counted', async () => {
  const { workspace, services } = await watched();
  const wanted = { type: 'team' as const, by: null, filters: [], search: '', limit: 200, summaries: [] };
  for (const writes of [1, 2, 5]) {
    const before = services.columns.matchingRows({ type: 'team', filters: [], search: '' })?.length ?? 0;
    const steps = groupRecords(services, wanted);
    let step = steps.next();
    for (let written = 0; !step.done; step = steps.next(), written += 1) {
      if (written < writes) await crowdOfOne(workspace, `x${writes}-${written}`);
    }
    // Either all that was written was there by then, or none of what came after.
    const { count } = step.value.groups[0] ?? { count: 0 };
    expect(count).toBeGreaterThanOrEqual(before);
    expect(count).toBeLessThanOrEqual(before + writes);
    const after = services.columns.matchingRows({ type: 'team', filters: [], search: '' })?.length;
    expect(count).toBe(after);
  }
});

async function crowdOfOne(workspace: Awaited<ReturnType<typeof testWorkspace>>, id: string): Promise<void> {
  await workspace.as().entities.create({ type: 'team', id, data: { name: id, size: 2 } });
}
