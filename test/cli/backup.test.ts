import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backup, BackupReport } from '#shared/contract/backups.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
});

describe('frames backup', () => {
  test('makes a backup, lists it and finds it whole', async () => {
    expect((await frames('backup', 'list', ...w)).stdout).toBe('There are no backups.\n');
    const made = await json<Backup>('backup', 'create', ...w);
    expect(made).toMatchObject({ reason: 'asked', counts: { teams: 64 }, contents: ['live'], problem: null });
    expect(await json('backup', 'list', ...w)).toEqual([made]);
    expect(await json('backup', 'verify', made.id, ...w)).toEqual({
      id: made.id,
      ok: true,
      reason: null,
      problems: [],
    });
    const said = (await frames('backup', 'create', ...w)).stdout;
    expect(said).toMatch(/^Made backup \d{8}T\d{9}Z: 8 universities, .*64 teams/);
    const table = (await frames('backup', 'list', ...w)).stdout;
    const size = /[\d.]+ [kM]B/.source;
    expect(table).toMatch(new RegExp(`\\dZ .*asked +${size} +no bytes `));
    expect(table).toMatch(new RegExp(`\\dZ .*asked +${size} +${size} `));
  });

  test('lists and verifies also where the workspace itself is gone', async () => {
    const [newest] = await json<Backup[]>('backup', 'list', ...w);
    rmSync(at('w/frames.sqlite'));
    expect(await json('backup', 'verify', newest?.id ?? '', ...w)).toMatchObject({ ok: true });
    const table = (await frames('backup', 'list', ...w)).stdout;
    expect(table).toContain(newest?.id);
    expect(table).toContain('64 teams');
  });

  test('makes a workspace of one in an empty folder, and touches no other', async () => {
    const [newest] = await json<Backup[]>('backup', 'list', ...w);
    const id = newest?.id ?? '';
    expect(await json('backup', 'restore', id, ...w, '--into', 'again')).toMatchObject({
      id,
      folder: at('again'),
      workspace_id: newest?.workspace,
      counts: { teams: 64 },
    });
    expect(await json('verify', '--workspace', 'again')).toMatchObject({ ok: true, chain: { kept: true } });
    expect((await frames('entities', 'list', 'team', '--workspace', 'again')).code).toBe(0);
    for (const into of ['again', '.']) {
      const { error } = await refused('backup', 'restore', id, ...w, '--into', into);
      expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'not_empty_folder' } });
    }
    expect(await json('verify', '--workspace', 'again')).toMatchObject({ ok: true });
  });

  test('says which one is damaged, and why', async () => {
    const [newest] = await json<Backup[]>('backup', 'list', ...w);
    const id = newest?.id ?? '';
    writeFileSync(join(at('w/backups'), id, 'manifest.json'), '{"format":7}');
    const failed = await frames('backup', 'verify', id, ...w);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain(
      `✗ Backup ${id} was made by a newer version of FRAMES, and was not checked.`,
    );
    const { problems } = JSON.parse(
      (await frames('backup', 'verify', id, ...w, '--json')).stdout,
    ) as BackupReport;
    expect(problems[0]).toMatch(/newer version of FRAMES \(format 7\)/);
    expect((await json<Backup[]>('backup', 'list', ...w))[0]?.problem).toBe(problems[0]);
    expect((await refused('backup', 'verify', '../w', ...w)).error).toMatchObject({ code: 'BACKUP' });
    expect((await refused('backup', 'restore', id, ...w, '--into', 'x')).error).toMatchObject({
      code: 'BACKUP',
    });
  });

  test.each([
    ['{"format":1}', 'is of an early format, and was not checked'],
    ['{"format":2', 'is damaged'],
    ['{}', 'is none of FRAMES'],
  ])('calls no backup damaged that is not: %s', async (text, words) => {
    const id = '20200101T000000000Z';
    mkdirSync(at(`w/backups/${id}`), { recursive: true });
    writeFileSync(at(`w/backups/${id}/manifest.json`), text);
    expect((await frames('backup', 'verify', id, ...w)).stdout).toContain(`✗ Backup ${id} ${words}.`);
  });
});
