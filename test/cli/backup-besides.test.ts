import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Backup, BroughtBack } from '#shared/contract/backups.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;

test('backup create --with-sandboxes --with-golden, carried as one file, and backup bring', async () => {
  await json('seed', '--size', 'small', ...w);
  const { id: sandbox } = await json<Sandbox>('sandbox', 'create', 'What if', ...w);
  const said = await frames('backup', 'create', '--with-sandboxes', '--with-golden', ...w);
  expect(said.stdout).toMatch(/, 1 sandbox, 1 golden version\.\n/);
  const [made] = await json<Backup[]>('backup', 'list', ...w);
  const id = made?.id ?? '';
  expect(made?.inside.map(({ name }) => name)).toEqual([`sandbox-${sandbox}`, 'golden-1']);
  expect((await frames('backup', 'list', ...w)).stdout).toContain('1 sandbox, 1 golden version');
  await json('backup', 'export', id, '--to', 'one.frames', ...w);

  await json('sandbox', 'discard', sandbox, '--yes', ...w);
  await json('sandbox', 'empty-trash', '--yes', ...w);
  rmSync(join(at('w'), 'backups'), { recursive: true });
  const taken = await json<Backup>('backup', 'take', 'one.frames', ...w);
  expect(taken.inside).toEqual(made?.inside);
  expect(await json('backup', 'verify', taken.id, ...w)).toMatchObject({ ok: true });
  const back = await json<BroughtBack[]>(
    'backup',
    'bring',
    taken.id,
    '--content',
    `sandbox-${sandbox}`,
    ...w,
  );
  expect(back).toMatchObject([{ id: sandbox, outcome: 'back' }]);
  expect(await json('sandbox', 'list', ...w)).toMatchObject([
    { id: sandbox, name: 'What if', problem: null },
  ]);

  const plain = await json<Backup>('backup', 'create', ...w);
  expect((await refused('backup', 'bring', plain.id, ...w)).error.code).toBe('USAGE');
  expect((await refused('backup', 'bring', 'none', ...w)).error.code).toBe('BACKUP');
});
