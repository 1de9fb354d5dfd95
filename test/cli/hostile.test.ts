import { execFileSync } from 'node:child_process';
import {
  cpSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { withPreamble } from '#core/kernel/files/package.ts';
import { putTogether, takeApart } from '#test/support/backup-file.ts';
import type { Parts } from '#test/support/backup-file.ts';
import { everythingIn } from '#test/damage/opening.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
let made: Backup;

beforeAll(async () => {
  await seed();
  made = await json<Backup>('backup create', ...w);
  await json('backup export', made.id, '--to', 'good.frames', ...w);
  await json('seed', '--size', 'small', '--workspace', 'other');
});

/** Hostile backups lie in the folder of backups under this id. */
const id = '20990101T000000000Z';
const version = (): string => at(`w/backups/${id}.frames`);

const good = (): Buffer => readFileSync(at(`w/backups/${made.id}.frames`));
const raw = (bytes: Buffer): void => writeFileSync(version(), bytes);

/** Writes a file of which every hash holds, as somebody would who knows how. */
function forged(change: (parts: Parts) => unknown): void {
  const parts = takeApart(at(`w/backups/${made.id}.frames`));
  parts.manifest.made = '2099-01-01T00:00:00.000Z';
  change(parts);
  putTogether(version(), parts);
}

/** A backup among those of the workspace, and why it cannot be restored. */
const backups: readonly [what: string, reason: string, make: () => void][] = [
  ['whose file is a link', 'foreign', () => symlinkSync(at(`w/backups/${made.id}.frames`), version())],
  ['whose file is a folder', 'foreign', () => mkdirSync(version())],
  ['whose file is a device', 'foreign', () => symlinkSync('/dev/zero', version())],
  ['whose file is a pipe', 'foreign', () => void execFileSync('sh', ['-c', 'mkfifo "$0"', version()])],
  ['whose file is huge', 'foreign', () => (raw(Buffer.alloc(0)), truncateSync(version(), 2 ** 28))],
  ['that is cut off', 'damaged', () => raw(good().subarray(0, -50))],
  ['that is empty', 'foreign', () => raw(Buffer.alloc(0))],
  [
    'whose manifest is nested without end',
    'damaged',
    () => raw(withPreamble(Buffer.from('['.repeat(20_000)))),
  ],
  ['whose manifest is longer than any', 'damaged', () => raw(withPreamble(Buffer.from('['.repeat(200_000))))],
  [
    'whose manifest is of something else',
    'damaged',
    () => raw(withPreamble(Buffer.from('{"format":"tar"}'))),
  ],
  ['that is of another id', 'foreign', () => raw(good())],
  [
    'of a newer schema',
    'newer',
    () => forged(({ manifest }) => (manifest.schema_version = schemaVersion + 1)),
  ],
  [
    'that counts with keys of prototypes',
    'damaged',
    () =>
      forged(({ manifest }) => {
        const counts = '{"__proto__":{"polluted":1},"constructor":5}';
        manifest.counts = JSON.parse(counts) as Record<string, number>;
      }),
  ],
  [
    'whose reason steers a terminal',
    'damaged',
    () => forged(({ manifest }) => (manifest.reason = 'a\u001b[31m\n\nred')),
  ],
  ['whose workspace breaks a line', 'damaged', () => forged(({ manifest }) => (manifest.workspace += '\n'))],
  ['that says to be larger than it is', 'damaged', () => forged(({ manifest }) => (manifest.bytes += 4096))],
  ['that says to be of petabytes', 'no_room', () => forged(({ manifest }) => (manifest.bytes = 2 ** 50))],
  [
    'that says another head',
    'damaged',
    () => forged(({ manifest }) => (manifest.head.hash = 'f'.repeat(64))),
  ],
];

/** What a person would see: one line that names the reason, and no stack. */
function expectClear({ code, error }: Awaited<ReturnType<typeof refused>>): void {
  expect(code).toBeGreaterThan(0);
  expect(error.code).not.toBe('INTERNAL');
  expect(error.message).toMatch(/^[^\n\p{Cc}]+\.$/u);
}

describe('a hostile backup', () => {
  test.each(backups)('%s is refused as %s, and nothing is changed', async (_, reason, make) => {
    rmSync(version(), { recursive: true, force: true });
    make();
    const before = everythingIn(at('w'));
    const here = await refused('backup restore', id, ...w, '--yes');
    expectClear(here);
    expect(here.error).toMatchObject({ code: 'BACKUP', details: { reason } });
    const listed = await frames('backup list', ...w);
    expect(listed.code).toBe(0);
    expect(listed.stdout).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(everythingIn(at('w'))).toEqual(before);
    // That is noted beside it.
    expectClear(await refused('backup verify', id, ...w));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('of another workspace replaces this one or changes a record only on request', async () => {
    const other = ['--workspace', 'other'] as const;
    cpSync(at(`w/backups`), at('other/backups'), { recursive: true });
    const before = everythingIn(at('other'));
    const found = await refused('backup restore', made.id, '--workspace', 'other', '--yes');
    expectClear(found);
    expect(found.error).toMatchObject({ code: 'BACKUP', details: { reason: 'another' } });
    expect(found.error.message).toContain('Nothing was changed');
    expect(everythingIn(at('other'))).toEqual(before);

    const { rows } = await json<{ rows: { id: string }[] }>('entities list team', '--limit', '1', ...w);
    const one = ['backup', 'restore', made.id, ...other, '--record', rows[0]?.id ?? ''] as const;
    // Nobody is asked about what is refused.
    for (const more of [['--yes'], []]) {
      const single = await refused(...one, ...more);
      expectClear(single);
      expect(single.error).toMatchObject({ code: 'BACKUP', details: { reason: 'another' } });
      expect(single.error.message).toContain('--another');
    }
    const dry = await frames(...one, '--dry');
    expect(dry).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^Would be refused: Backup .* belongs to another workspace/) as string,
    });
    expect(everythingIn(at('other'))).toEqual(before);
    expect(await json<RestoredRecords>(...one, '--yes', '--another')).toMatchObject({ another: true });
    await json('backup restore', made.id, '--workspace', 'other', '--yes', '--another');
    expect(await json('verify', '--workspace', 'other')).toMatchObject({ ok: true });
  });
});

const file =
  (change: (parts: Parts) => void) =>
  (path: string): void => {
    const parts = takeApart(at('good.frames'));
    change(parts);
    putTogether(path, parts);
  };
/** A file whose manifest is all right, and whose compressed content is something else than it says. */
function bomb(path: string): void {
  const { manifest } = takeApart(at('good.frames'));
  putTogether(path, { manifest, content: Buffer.alloc(2 ** 29) });
}

/** A file that is to be taken among the backups, and why it is not. */
const files: readonly [what: string, code: string, make: (path: string) => void][] = [
  ['that is a pipe', 'BAD_FILE', (path) => void execFileSync('sh', ['-c', 'mkfifo "$0"', path])],
  ['that is a device', 'BAD_FILE', (path) => symlinkSync('/dev/zero', path)],
  ['that goes in circles', 'BAD_FILE', (path) => symlinkSync(path, path)],
  ['that is the live file by another name', 'BAD_FILE', (path) => linkSync(at('w/frames.sqlite'), path)],
  [
    'that is an archive',
    'BAD_FILE',
    (path) => writeFileSync(path, `PK\u0003\u0004${'../../etc/passwd'.repeat(99)}`),
  ],
  ['that unpacks to half a gigabyte', 'BAD_FILE', bomb],
  ['that says to be of petabytes', 'BACKUP', file(({ manifest }) => void (manifest.bytes = 2 ** 50))],
  ['that says to be smaller than it is', 'BAD_FILE', file(({ manifest }) => void (manifest.bytes -= 4096))],
  ['whose moment is a path', 'BAD_FILE', file(({ manifest }) => void (manifest.made = '../../evil'))],
  [
    'whose reason steers a terminal',
    'BAD_FILE',
    file(({ manifest }) => void (manifest.reason = '\u001b[31m')),
  ],
  ['of a newer schema', 'BAD_FILE', file(({ manifest }) => void (manifest.schema_version = 99))],
  ['with another head', 'BAD_FILE', file(({ manifest }) => void (manifest.head.hash = 'f'.repeat(64)))],
  [
    'whose manifest is huge',
    'BAD_FILE',
    (path) => writeFileSync(path, withPreamble(Buffer.alloc(40_000_000, 0x20))),
  ],
];

describe('a hostile file', () => {
  test.each(files)('%s is not taken (%s), and nothing is changed', async (_, code, make) => {
    const path = at('bad.frames');
    rmSync(path, { force: true });
    make(path);
    const before = everythingIn(at('w'));
    const found = await refused('backup take', 'bad.frames', ...w);
    expectClear(found);
    expect(found.error.code).toBe(code);
    expect(everythingIn(at('w'))).toEqual(before);
  });
});
