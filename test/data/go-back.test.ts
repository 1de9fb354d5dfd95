import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { FromData } from '#shared/shell/process.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { migrateWorkspace, schemaStatus } from '#core/workspace/migrate.ts';
import { executeOrder } from '#data/execute-order.ts';
import { take } from '#test/support/sandboxes.ts';
import { openSeeded, testWorkspace } from '#test/support/workspace.ts';

it('going back to an older version leaves live as it is while a sandbox is open elsewhere', async () => {
  const workspace = await testWorkspace();
  const { id } = await take(workspace.as(), 'What if');
  await workspace.core.close();
  const { folder } = workspace;
  const holder = { kind: 'test', label: 'older' } as const;
  const older = schemaVersion - 1;
  const { clock } = workspace;
  await migrateWorkspace({
    ...systemServices(),
    clock,
    log: silentLog,
    workspace: folder,
    target: older,
    holder,
  });
  // Opening updates the file, after a backup with the older schema.
  await workspace.reopen();
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  const backup = (await workspace.as().backups.list({})).find(({ reason }) => reason === 'migrate')?.id ?? '';
  await workspace.core.close();

  const target = { kind: 'sandbox', id } as const;
  const said: FromData[] = [];
  const parent = { on: () => undefined, postMessage: (message: FromData) => void said.push(message) };
  const open = { kind: 'open', workspace: folder, target, sample: false, name: '', look: false } as const;
  const order = { what: 'goBack', id: backup, actor: 'Ada' } as const;
  const goBack = (): Promise<boolean> =>
    executeOrder(open, order, parent, silentLog, new AbortController().signal);

  const before = readFileSync(workspace.files.live);
  const sandbox = await openSeeded({ folder, target });
  expect(await goBack()).toBe(false);
  expect(said.at(-1)).toMatchObject({ kind: 'notRestored', refused: { code: 'BUSY' } });
  expect(readFileSync(workspace.files.live).equals(before)).toBe(true);

  await sandbox.close();
  expect(await goBack()).toBe(true);
  expect(schemaStatus(folder).version).toBe(older);
  expect(schemaStatus(folder, target).version).toBe(older);
});
