import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

test('an older file is refused with the time of the missing changes, and accepted with --yes', async () => {
  await seed();
  const old = readFileSync(at('w/frames.sqlite'));
  await json('entities create team', '--data', '{"name":"Late"}', ...w);
  writeFileSync(at('w/frames.sqlite'), old);
  const { error } = await refused('entities list team', ...w);
  expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'behind' } });
  expect(error.message).toMatch(/without its newest changes: they last until [\d: -]+ \(UTC\)/);
  const { stdout } = await frames('salvage', ...w, '--dry');
  expect(stdout).not.toContain('nothing is known to be lost');
  const asked = await refused('accept', ...w);
  expect(asked).toMatchObject({ code: 2, error: { code: 'USAGE' } });
  expect((await frames('accept', ...w, '--yes')).stdout).toMatch(/without the changes until .*/);
  expect((await frames('accept', ...w, '--yes')).stdout).toContain('Nothing was changed');
  // Nor is anything asked then.
  expect((await frames('accept', ...w)).stdout).toContain('Nothing was changed');
});

test('the file of another workspace is named as such everywhere', async () => {
  const x = ['--workspace', 'x'] as const;
  await seed('x');
  await json('backup create', ...x);
  await json('seed', '--size', 'small', '--workspace', 'Elsewhere');
  await json('entities create team', '--data', '{"name":"Theirs"}', '--workspace', 'Elsewhere');
  copyFileSync(at('Elsewhere/frames.sqlite'), at('x/frames.sqlite'));
  await frames('health', ...x);
  expect((await frames('salvage', ...x, '--dry')).stdout).toMatch(/another workspace/);
  const asked = await refused('accept', ...x);
  expect(asked).toMatchObject({ code: 2 });
  expect(asked.error.message).toMatch(/belongs to another workspace, "Elsewhere"/);
  const { accepted } = await json<{ accepted: unknown }>('accept', ...x, '--yes');
  expect(accepted).toMatchObject({ another: true });
});
