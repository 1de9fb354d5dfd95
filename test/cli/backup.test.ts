import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

beforeAll(async () => {
  await seed();
});

describe('frames backup', () => {
  test('makes a backup, lists it and finds it whole', async () => {
    expect((await frames('backup list', ...w)).stdout).toBe('None.\n');
    const { damaged, ...made } = await json<Backup & { damaged: unknown }>('backup create', ...w);
    expect(damaged).toEqual([]);
    expect(made).toMatchObject({ reason: 'asked', counts: { teams: 64 }, problem: null });
    expect(await json('backup list', ...w)).toEqual([made]);
    expect(await json('backup verify', made.id, ...w)).toEqual({
      id: made.id,
      ok: true,
      reason: null,
      problems: [],
      documents: [],
    });
    const said = (await frames('backup create', ...w)).stdout;
    expect(said).toMatch(/^Made backup \d{8}T\d{9}Z\.\n[^]*: 8 universities, .*64 teams/);
    // It was read back, and nothing is wrong with it.
    expect(said).toContain('Checked: when made');
    expect(said).not.toContain('Problem');
  });

  test('says once what is wrong with one', async () => {
    const { id } = await json<Backup>('backup create', ...w);
    const file = at(`w/backups/${id}.frames`);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const { code, stdout, stderr } = await frames('backup verify', id, ...w);
    expect(code).toBe(1);
    const [, cause = ''] = stdout.trimEnd().split('\n');
    expect(cause.trim().length).toBeGreaterThan(10);
    expect(stdout.split(cause.trim())).toHaveLength(2);
    expect(stderr).not.toContain(cause.trim());
    rmSync(file);
  });

  test('lists and verifies without the workspace itself', async () => {
    const [newest] = await json<Backup[]>('backup list', ...w);
    rmSync(at('w/frames.sqlite'));
    expect(await json('backup verify', newest?.id ?? '', ...w)).toMatchObject({ ok: true });
    const table = (await frames('backup list', ...w)).stdout;
    expect(table).toContain(newest?.id);
    expect(table).toContain('64 teams');
  });

  test('creates a workspace from one in an empty folder, and touches no other', async () => {
    const [newest] = await json<Backup[]>('backup list', ...w);
    const id = newest?.id ?? '';
    expect(await json('backup restore', id, ...w, '--into', 'again')).toMatchObject({
      id,
      folder: at('again'),
      workspace_id: newest?.workspace,
      counts: { teams: 64 },
    });
    expect(await json('verify', '--workspace', 'again')).toMatchObject({ ok: true, chain: { kept: true } });
    expect((await frames('entities list team', '--workspace', 'again')).code).toBe(0);
    for (const into of ['again', '.']) {
      const { error } = await refused('backup restore', id, ...w, '--into', into);
      expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'not_empty_folder' } });
    }
    expect(await json('verify', '--workspace', 'again')).toMatchObject({ ok: true });
  });

  test.each([
    ['PK', 'is not a FRAMES backup'],
    ['\u0089', 'is not a FRAMES backup'],
  ])('calls no backup damaged that is not: %s', async (text, words) => {
    const id = '20200101T000000000Z';
    writeFileSync(at(`w/backups/${id}.frames`), text);
    expect((await frames('backup verify', id, ...w)).stdout).toContain(`✗ Backup ${id} ${words}.`);
  });
});
