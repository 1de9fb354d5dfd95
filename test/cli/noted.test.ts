import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Finding, Health } from '#shared/contract/care.ts';
import { root } from '#scripts/lib/paths.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { inFolder } from './frames.ts';
import type { Ended } from './frames.ts';

const { folder, at, frames, json, refused, seed } = inFolder();
let made = 0;
let w: string;
let of: readonly string[];

beforeEach(async () => {
  made += 1;
  w = `w${made}`;
  of = ['--workspace', w];
  await seed(w);
});

const note = (): void => writeFileSync(at(`${w}/damaged.json`), '{"version":1}\n');
const wayOut = /"frames backup restore ID".*"frames salvage"/;
const finding = ({ findings }: Health, id: string): Finding | undefined =>
  findings.find((one) => one.id === id);

describe('a workspace of which damage was noted', () => {
  test('that is still corrupt: both report it with the way out, and exit with 1', async () => {
    spoilTable(at(`${w}/frames.sqlite`), 'teams');
    note();
    const health = await frames('health', ...of);
    expect(health.code).toBe(1);
    expect(health.stderr).toMatch(wayOut);
    const verify = await frames('verify', ...of);
    expect(verify.code).toBe(1);
    expect(verify.stderr).toMatch(wayOut);
    const { stdout, error } = await refused('verify', ...of);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, noted: true });
    expect(error).toMatchObject({ code: 'NOT_VERIFIED', details: { noted: true } });
    expect(existsSync(at(`${w}/damaged.json`))).toBe(true);
  });

  test('that is intact again: both check every page and exit with 0; the record stays for the next opening', async () => {
    note();
    const found = await json<Health>('health', ...of);
    expect(finding(found, 'noted')).toMatchObject({ state: 'warn', code: 'noted.whole' });
    expect(finding(found, 'integrity')).toMatchObject({ params: { how: 'full' } });
    const verify = await frames('verify', ...of);
    expect(verify.code).toBe(0);
    expect(await json('verify', ...of)).toMatchObject({ ok: true, noted: true });
    expect(existsSync(at(`${w}/damaged.json`))).toBe(true);
  });
});

describe('a damaged workspace of which nothing was noted', () => {
  const isNoted = (): boolean => existsSync(at(`${w}/damaged.json`));
  const create = () => refused('entities create university', '--data', '{"name":"Late"}', ...of);

  const meeting = ['health', 'verify', 'entities list team'];
  test.each(meeting)('is reported and recorded by %j, and the file is not written any more', async (what) => {
    spoilTable(at(`${w}/frames.sqlite`), 'teams');
    const ended = await frames(...what.split(' '), ...of);
    expect(ended.code).toBe(1);
    expect(ended.stdout).not.toContain('Noted damage');
    expect(isNoted()).toBe(true);
    const before = readFileSync(at(`${w}/frames.sqlite`));
    expect((await create()).error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'damaged' } });
    expect(readFileSync(at(`${w}/frames.sqlite`)).equals(before)).toBe(true);
    // What can be read is still read.
    expect((await frames('entities list risk-factor', ...of)).code).toBe(0);
  });

  test('other problems are reported by `frames verify` with advice, and writing continues', async () => {
    const db = new Database(at(`${w}/frames.sqlite`));
    db.exec('CREATE INDEX somebodys ON teams (id, deleted_at)');
    db.close();
    const verify = await frames('verify', ...of);
    expect(verify.code).toBe(1);
    expect(verify.stderr).not.toMatch(wayOut);
    expect((await frames('health', ...of)).code).toBe(0);
    expect(isNoted()).toBe(false);
    await json('entities create university', '--data', '{"name":"Late"}', ...of);
  });

  test('a planted trigger is recorded, and stays recorded after opening and backing up', async () => {
    const db = new Database(at(`${w}/frames.sqlite`));
    db.exec('CREATE TRIGGER somebodys AFTER INSERT ON teams BEGIN SELECT 1; END');
    db.close();
    expect((await frames('verify', ...of)).stderr).toMatch(wayOut);
    expect((await create()).error).toMatchObject({ details: { reason: 'damaged' } });
    expect((await frames('backup create', ...of)).code).toBe(1);
    expect((await create()).error).toMatchObject({ details: { reason: 'damaged' } });
    const { stderr } = await frames('health', ...of);
    expect(stderr).toMatch(wayOut);
  });
});

describe('on a full disk', () => {
  /** The system lets no file of this process grow beyond 8 kB, less than SQLite needs beside a file to read it. */
  const onFullDisk = async (what: string): Promise<Ended> => {
    const script = `trap '' XFSZ; ulimit -f 8; exec "${join(root, 'bin/frames')}" ${what} --workspace ${w}`;
    const ended = await promisify(execFile)('bash', ['-c', script], { cwd: folder }).catch(
      (error: unknown) => error,
    );
    // What ends well has no code.
    return { ...(ended as Ended), code: (ended as Partial<Ended>).code ?? 0 };
  };

  test('both report that the check failed for lack of space, not corruption', async () => {
    const verify = await onFullDisk('verify');
    expect(verify.code).toBe(1);
    expect(verify.stderr).toBe(
      'frames: The workspace could not be checked: The disk is full: FRAMES needs a little space next to the file even to read it. Free up space and try again.\n',
    );
    const health = await onFullDisk('health');
    expect(health.code).toBe(1);
    for (const { stdout, stderr } of [verify, health]) {
      expect(stdout + stderr).not.toMatch(/damaged|corrupt/);
      expect(stderr).not.toMatch(wayOut);
    }
  });

  test('accept says once that nothing was changed', async () => {
    const { stderr } = await onFullDisk('accept');
    expect(stderr.split('Nothing was changed')).toHaveLength(2);
  });
});
