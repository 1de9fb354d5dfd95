import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyFile } from '#core/log/audit/verify.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { systemClock, systemRandom, systemServices } from '#core/kernel/system.ts';
import { migrateSandboxesBack, migrateWorkspace, schemaStatus } from '#core/workspace/migrate.ts';
import { takeOut } from '#test/support/backup.ts';
import { resultOf } from '#test/support/sandboxes.ts';

const parts = { ...systemServices(), log: silentLog };
let folder = '';
let workspace = '';

const open = (label: string): Promise<Core> =>
  openCore({
    ...parts,
    workspace,
    random: systemRandom,
    create: { owner: 'Ada' },
    holder: { kind: 'test', label },
  });
const holder = { kind: 'test', label: 'migrate' } as const;
const migrate = (target: number) => migrateWorkspace({ ...parts, workspace, target, holder });

async function integrity() {
  const files = workspaceFiles(workspace);
  return (await verifyFile({ files, log: silentLog }, { clock: systemClock })).integrity;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frames-migrate-'));
  workspace = join(folder, 'w');
  const core = await open('first');
  await core
    .client(core.session())
    .entities.create({ type: 'team', id: 'team_1', data: { name: 'Thermal', odd: [1] } });
  await core.close();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the schema of a workspace', () => {
  test('migrates to any version and back with all records; each version verifies, and each copy opens', async () => {
    for (let target = schemaVersion - 1; target >= 1; target--) {
      const { backup } = await migrate(target);
      expect(schemaStatus(workspace)).toMatchObject({ version: target, newest: schemaVersion });
      expect(await integrity()).toMatchObject({ ok: true, problems: [] });
      const copy = takeOut(join(workspace, 'backups'), String(backup));
      expect(schemaStatus(dirname(copy)).version).toBe(target + 1);
    }
    await migrate(schemaVersion);
    const core = await open('again');
    const record = await core.client(core.session()).entities.get({ type: 'team', id: 'team_1' });
    expect(record.payload).toMatchObject({ name: 'Thermal', odd: [1] });
    await core.close();
  });

  test('does nothing at the requested version: no copy is made', async () => {
    expect(await migrate(schemaVersion)).toEqual({ from: schemaVersion, to: schemaVersion, backup: null });
    expect(readdirSync(workspace)).not.toContain('backups');
  });

  test.each([0, -1, schemaVersion + 1])('cannot become %i', async (target) => {
    await expect(migrate(target)).rejects.toMatchObject({
      code: 'WORKSPACE',
      data: { reason: 'no_such_version' },
    });
    expect(schemaStatus(workspace).version).toBe(schemaVersion);
  });

  test('is refused while the workspace is open, with the holder’s name', async () => {
    const core = await open('the other window');
    await expect(migrate(1)).rejects.toMatchObject({
      code: 'BUSY',
      data: { holder: expect.stringContaining('the other window') as string },
    });
    await core.close();
    expect(readdirSync(join(workspace, 'holders'))).toEqual([]);
    expect(schemaStatus(workspace).version).toBe(schemaVersion);
  });

  test('goes back in sandboxes too, unless one is open or damaged', async () => {
    const core = await open('first');
    const { sandboxes } = core.client(core.session());
    for (const name of ['damaged', 'What if']) await resultOf(await sandboxes.create({ name }));
    const [whatIf = '', damaged = ''] = (await sandboxes.list({})).map(({ id }) => id);
    await core.close();
    const target = { kind: 'sandbox', id: whatIf } as const;
    const goBack = (): Promise<void> => migrateSandboxesBack({ ...parts, workspace, target: 3, holder });
    truncateSync(workspaceFiles(workspace, { kind: 'sandbox', id: damaged }).data, 100);
    const opened = await openCore({ ...parts, random: systemRandom, workspace, target, holder });
    await expect(goBack()).rejects.toMatchObject({ code: 'BUSY' });
    await opened.close();
    await goBack();
    expect(schemaStatus(workspace, target).version).toBe(3);
    expect(schemaStatus(workspace).version).toBe(schemaVersion);
    const again = await openCore({ ...parts, random: systemRandom, workspace, target, holder });
    expect((await again.client(again.session()).entities.list({ type: 'team' })).matched).toBe(1);
    await again.close();
  });

  test('is not there without a workspace', () => {
    expect(() => schemaStatus(folder)).toThrow('No FRAMES workspace found');
  });
});
