import { expect, test } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { ReadHandle } from '#core/kernel/db/connection.ts';
import { TableColumns } from '#core/model/columns/table.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

async function withTeams(): Promise<TestWorkspace> {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  for (const id of ['t1', 't2', 't3', 't4']) {
    await ada.entities.create({ type: 'team', id, data: { name: `Team ${id}` } });
  }
  return workspace;
}

const rename = (workspace: TestWorkspace, id: string, name: string) =>
  workspace.as().entities.update({ type: 'team', id, data: { name } });

function namesIn(table: TableColumns): unknown[] {
  const { values, codes } = table.column('r.name');
  return codes.map((code) => values[code]);
}

test('commits of other processes during a read of the log are not missed', async () => {
  const workspace = await withTeams();
  const { read, files, log } = workspace.core.services;
  const behind = openConnection(files.live, { mode: 'read', log });
  try {
    let lags = false;
    const at = (): ReadHandle => (lags ? behind : read);
    const handle: ReadHandle = {
      ...read,
      get: (sql, parameters) => at().get(sql, parameters),
      column: <V>(sql: string, parameters?: Parameters<ReadHandle['column']>[1]) => {
        const found = at().column<V>(sql, parameters);
        // From here on the other's commit is there.
        lags = false;
        return found;
      },
    };
    const table = new TableColumns(handle, 'team');
    table.refresh();
    namesIn(table);
    await rename(workspace, 't1', 'First');
    behind.exec('BEGIN');
    behind.get('SELECT count(*) FROM audit_logs');
    await rename(workspace, 't2', 'Second');
    lags = true;
    table.refresh();
    table.refresh();
    expect(namesIn(table)).toEqual(['First', 'Second', 'Team t3', 'Team t4']);
  } finally {
    behind.close();
  }
});

test('a reading that fails half way leaves nothing behind that is taken for the whole', async () => {
  const workspace = await withTeams();
  const { read } = workspace.core.services;
  let fails = true;
  const handle: ReadHandle = {
    ...read,
    *iterate<R>(sql: string, parameters?: Parameters<ReadHandle['iterate']>[1]) {
      let count = 0;
      for (const row of read.iterate<R>(sql, parameters)) {
        if (fails && ++count > 2) throw new Error('disk I/O error');
        yield row;
      }
    },
  };
  const table = new TableColumns(handle, 'team');
  expect(() => table.refresh()).toThrow('disk I/O error');
  fails = false;
  table.refresh();
  expect(table.rowids).toHaveLength(4);
  expect(namesIn(table)).toHaveLength(4);
});

test('a change and a new record are applied without reading other records', async () => {
  const workspace = await withTeams();
  for (let more = 5; more < 30; more += 1) {
    await workspace.as().entities.create({ type: 'team', id: `t${more}`, data: { name: `Team t${more}` } });
  }
  const table = new TableColumns(workspace.core.services.read, 'team');
  table.refresh();
  namesIn(table);
  const { generation } = table;
  await rename(workspace, 't2', 'Second');
  await workspace.as().entities.create({ type: 'team', id: 'z', data: { name: 'Last' } });
  table.refresh();
  expect(table.generation).toBe(generation);
  expect(namesIn(table)).toContain('Second');
  expect(namesIn(table)).toContain('Last');
  expect(namesIn(table)).toHaveLength(30);
});
