import { mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { everythingIn } from '#test/damage/opening.ts';
import { makeReadOnly, readOnlyPlaces } from '#test/support/disk.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const temporary = (): string[] =>
  readdirSync(tmpdir()).filter((name) => /^frames-(verify|restore)-/.test(name));

describe.each(readOnlyPlaces())('a workspace that is %s', () => {
  test('can verify backups and preview salvage; errors name no temporary folder', async () => {
    await seed();
    const { id } = await json<Backup>('backup create', ...w);
    await json('sandbox create', 'W1', ...w);
    const before = everythingIn(at('w'));
    const left = temporary();
    // Of a process that was killed.
    mkdirSync(join(tmpdir(), `frames-verify-${2 ** 22 + 1}-Abc123`, 'image'), { recursive: true });
    onTestFinished(makeReadOnly(at('w')));
    expect(await json('backup verify', id, ...w)).toMatchObject({ ok: true });
    expect((await frames('salvage', '--dry', ...w)).code).toBe(0);
    for (const words of [
      ['sandbox', 'diff', 'W1'],
      ['backup', 'diff', id],
      ['backup', 'restore', id, '--yes'],
      ['backup', 'take', at('none.frames')],
      ['golden', 'verify'],
      ['vacuum'],
      ['salvage', '--yes'],
    ]) {
      const { error } = await refused(...words, ...w);
      expect(error.message, words.join(' ')).not.toMatch(/\.\w+-\w{6}\b/);
      expect(error.code, words.join(' ')).not.toBe('NOT_FOUND');
    }
    expect(everythingIn(at('w'))).toEqual(before);
    expect(temporary()).toEqual(left);
  });
});
