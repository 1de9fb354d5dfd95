import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;

test('an older file is refused until when changes are missing, and taken as it is with a yes', async () => {
  await json('seed', '--size', 'small', ...w);
  const old = readFileSync(at('w/frames.sqlite'));
  await json('entities', 'create', 'team', '--data', '{"name":"Late"}', ...w);
  writeFileSync(at('w/frames.sqlite'), old);
  const { error } = await refused('entities', 'list', 'team', ...w);
  expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'behind' } });
  expect(error.message).toMatch(/newest changes, until [\d: -]+ \(UTC\), are missing/);
  const { stdout } = await frames('salvage', ...w, '--dry');
  expect(stdout).not.toContain('nothing is known to be lost');
  const asked = await refused('accept', ...w);
  expect(asked).toMatchObject({ code: 2, error: { code: 'USAGE' } });
  expect((await frames('accept', ...w, '--yes')).stdout).toMatch(/changes until .* are missing in it/);
  expect((await frames('accept', ...w, '--yes')).stdout).toContain('Nothing was changed');
  // Nor is anything asked then.
  expect((await frames('accept', ...w)).stdout).toContain('Nothing was changed');
});

test('who may not take the file is not asked', async () => {
  const v = ['--workspace', 'v'] as const;
  await json('seed', '--size', 'small', ...v);
  await json('profiles', 'create', 'Vic', '--role', 'viewer', ...v);
  const old = readFileSync(at('v/frames.sqlite'));
  await json('entities', 'create', 'team', '--data', '{"name":"Late"}', ...v);
  writeFileSync(at('v/frames.sqlite'), old);
  const before = readdirSync(at('v')).toSorted();
  const { error } = await refused('accept', ...v, '--actor', 'Vic');
  expect(error.code).toBe('FORBIDDEN');
  expect(readdirSync(at('v')).toSorted()).toEqual(before);
});

test('a file that is missing or damaged is not asked about', async () => {
  const u = ['--workspace', 'u'] as const;
  await json('seed', '--size', 'small', ...u);
  const live = at('u/frames.sqlite');
  const why = async () => (await refused('accept', ...u)).error;
  writeFileSync(live, Buffer.alloc(9000, 1));
  expect(await why()).toMatchObject({ code: 'WORKSPACE', details: { reason: 'damaged' } });
  expect((await why()).message).toContain('It is damaged. Restore a backup, or salvage it.');
  rmSync(live);
  expect(await why()).toMatchObject({ details: { reason: 'lost' } });
  expect((await why()).message).toMatch(/frames\.sqlite is missing/);
});

test('the file of another workspace is named as that wherever it is looked at', async () => {
  const x = ['--workspace', 'x'] as const;
  await json('seed', '--size', 'small', ...x);
  await json('backup', 'create', ...x);
  await json('seed', '--size', 'small', '--workspace', 'Elsewhere');
  await json('entities', 'create', 'team', '--data', '{"name":"Theirs"}', '--workspace', 'Elsewhere');
  copyFileSync(at('Elsewhere/frames.sqlite'), at('x/frames.sqlite'));
  await frames('health', ...x);
  expect((await frames('salvage', ...x, '--dry')).stdout).toMatch(/another workspace/);
  const asked = await refused('accept', ...x);
  expect(asked).toMatchObject({ code: 2 });
  expect(asked.error.message).toMatch(/of another workspace, "Elsewhere"/);
  const { accepted } = await json<{ accepted: unknown }>('accept', ...x, '--yes');
  expect(accepted).toMatchObject({ another: true });
});

test('an older file of its own is not said to be of another workspace', async () => {
  const z = ['--workspace', 'z'] as const;
  await json('seed', '--size', 'small', ...z);
  await json('backup', 'create', ...z);
  const old = readFileSync(at('z/frames.sqlite'));
  await json('entities', 'create', 'team', '--data', '{"name":"Late"}', ...z);
  writeFileSync(at('z/frames.sqlite'), old);
  for (const what of [['health'], ['verify'], ['salvage', '--dry'], ['accept', '--yes']]) {
    const { stdout, stderr } = await frames(...what, ...z);
    expect(stdout + stderr).not.toContain('another workspace');
  }
});
