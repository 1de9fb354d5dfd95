import { expect, test } from 'vitest';
import type { Backup, RestoredSandboxes } from '#shared/contract/backups.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { inFolder } from './frames.ts';

const { frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;

test('backup create --with-sandboxes --with-golden, and backup bring; a file holds the records only', async () => {
  await json('seed', '--size', 'small', ...w);
  const { id: sandbox } = await json<Sandbox>('sandbox create', 'What if', ...w);
  const said = await frames('backup create', '--with-sandboxes', '--with-golden', ...w);
  expect(said.stdout).toMatch(/, 1 sandbox, 1 golden version\.\n/);
  const [made] = await json<Backup[]>('backup list', ...w);
  const id = made?.id ?? '';
  expect(made?.inside.map(({ name }) => name)).toEqual(['golden-1', `sandbox-${sandbox}`]);
  expect((await frames('backup list', ...w)).stdout).toContain('1 sandbox, 1 golden version');
  await json('backup export', id, '--to', 'one.frames', ...w);

  await json('sandbox discard', sandbox, '--yes', ...w);
  await json('sandbox empty-trash', '--yes', ...w);
  expect(await json('backup verify', id, ...w)).toMatchObject({ ok: true });
  const back = await json<RestoredSandboxes[]>('backup bring', id, '--content', `sandbox-${sandbox}`, ...w);
  expect(back).toMatchObject([{ id: sandbox, outcome: 'back' }]);
  expect(await json('sandbox list', ...w)).toMatchObject([{ id: sandbox, name: 'What if', problem: null }]);

  const plain = await json<Backup>('backup create', ...w);
  expect((await refused('backup bring', plain.id, ...w)).error.code).toBe('USAGE');
  expect((await refused('backup bring none', ...w)).error.code).toBe('BACKUP');
});
