import { expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { inFolder } from './frames.ts';

const { frames, json, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

test('backup create --with-sandboxes --with-golden, and backup restore --into', async () => {
  await seed();
  const { id: sandbox } = await json<Sandbox>('sandbox create', 'What if', ...w);
  const said = await frames('backup create', '--with-sandboxes', '--with-golden', ...w);
  expect(said.stdout).toMatch(/, 1 sandbox, 1 golden version\.\n/);
  const [made] = await json<Backup[]>('backup list', ...w);
  const id = made?.id ?? '';
  expect(made?.inside.map(({ name }) => name)).toEqual(['golden-1', `sandbox-${sandbox}`]);
  expect((await frames('backup list', ...w)).stdout).toContain('1 sandbox, 1 golden version');
  expect(await json('backup verify', id, ...w)).toMatchObject({ ok: true });
  await json('backup restore', id, '--into', 'restored', ...w);
  const restored = await json('sandbox list', '--workspace', 'restored');
  expect(restored).toMatchObject([{ id: sandbox, name: 'What if', problem: null }]);
});
