import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportListInput } from '#shared/contract/export-list.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { Connection } from '#core/kernel/db/connection.ts';
import { ColumnStore } from '#core/model/columns/store.ts';
import { ListCache } from '#core/model/list-cache.ts';
import { NameIndex } from '#core/model/name-index.ts';
import type { Services } from '#core/model/services.ts';
import { runListExport } from '#core/export/list.ts';
import { refused } from '#test/support/refusal.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const columns = [{ key: 'name', label: 'Name' }];
const wanted = exportListInput.parse({ grant: '-', format: 'csv', type: 'team', columns });

/** Two teams of which one is deleted, and services whose reads stand before that as long as `lags` says so. */
async function behind(
  lags: () => boolean,
): Promise<{ workspace: TestWorkspace; services: Services; close: () => void }> {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  for (const id of ['t1', 't2'])
    await ada.entities.create({ type: 'team', id, data: { name: `Team ${id}` } });
  const { services } = workspace.core;
  const { read, files, log } = services;
  const old = openConnection(files.live, { mode: 'read', log });
  old.exec('BEGIN');
  old.get('SELECT count(*) FROM audit_logs');
  await ada.entities.remove({ type: 'team', id: 't1' });
  const now = (): Connection => (lags() ? old : read);
  const lagging: Connection = {
    ...read,
    get: (...asked) => now().get(...asked),
    all: (...asked) => now().all(...asked),
    column: (...asked) => now().column(...asked),
    iterate: (...asked) => now().iterate(...asked),
  };
  const names = new NameIndex(lagging);
  const store = new ColumnStore(lagging, names);
  return {
    workspace,
    services: { ...services, read: lagging, names, columns: store, lists: new ListCache() },
    close: () => old.close(),
  };
}

const exported = (services: Services, path: string) => runListExport(services, path, wanted, services.source);

test('records deleted by another process during sorting are not exported', async () => {
  let lags = true;
  const { workspace, services, close } = await behind(() => lags);
  try {
    setTimeout(() => (lags = false), 1);
    const path = join(workspace.folder, '..', 'teams.csv');
    await exported(services, path);
    expect(readFileSync(path, 'utf8')).toBe('\uFEFFName\r\nTeam t2\r\n');
  } finally {
    close();
  }
});

test('during constant writes nothing is exported, which is reported', async () => {
  const { workspace, services, close } = await behind(() => true);
  try {
    const path = join(workspace.folder, '..', 'teams.csv');
    const { data } = await refused('BUSY', exported(services, path));
    expect(data.what).toBe('records');
    expect(existsSync(path)).toBe(false);
  } finally {
    close();
  }
});
