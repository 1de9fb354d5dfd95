import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { seal, unseal } from '#core/backup/manifest.ts';
import type { BackupManifest } from '#core/backup/manifest.ts';
import { schemaVersion } from '#core/db/migrate.ts';
import { sealed } from '#core/files/package.ts';
import { liveIn } from '#test/support/backup.ts';
import { putTogether, sha256Of, takeApart } from '#test/support/backup-file.ts';
import type { Parts } from '#test/support/backup-file.ts';
import { flipBit } from '#test/support/damage.ts';
import { everythingIn } from '#test/damage/look.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder('here');
const w = ['--workspace', 'w'] as const;
let made: Backup;

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
  made = await json<Backup>('backup', 'create', ...w);
  await json('backup', 'export', made.id, '--to', 'good.frames', ...w);
  await json('seed', '--size', 'small', '--workspace', 'other');
});

/** Hostile backups lie in the folder of backups under this id. */
const id = '20990101T000000000Z';
const folder = (): string => at(`w/backups/${id}`);
const manifest = (): string => join(folder(), 'manifest.json');

/** Writes a manifest whose own hash holds, as somebody would who knows how. */
function resealed(change: (open: BackupManifest) => void): void {
  const open = unseal(readFileSync(at(`w/backups/${made.id}/manifest.json`), 'utf8'), made.id);
  open.id = id;
  change(open);
  mkdirSync(folder());
  writeFileSync(manifest(), seal(open));
}
function raw(text: string): void {
  mkdirSync(folder());
  writeFileSync(manifest(), text);
}
const good = (): string =>
  readFileSync(at(`w/backups/${made.id}/manifest.json`), 'utf8').replaceAll(made.id, id);

/** A backup among those of the workspace, and why it cannot be restored. */
const backups: readonly [what: string, reason: string, make: () => void][] = [
  ['whose folder is a link', 'foreign', () => symlinkSync(at(`w/backups/${made.id}`), folder())],
  ['whose folder is a file', 'foreign', () => writeFileSync(folder(), good())],
  ['without a manifest', 'damaged', () => mkdirSync(folder())],
  [
    'whose manifest is a link',
    'foreign',
    () => {
      mkdirSync(folder());
      symlinkSync(at(`w/backups/${made.id}/manifest.json`), manifest());
    },
  ],
  [
    'whose manifest is a device',
    'foreign',
    () => {
      mkdirSync(folder());
      symlinkSync('/dev/zero', manifest());
    },
  ],
  [
    'whose manifest is a pipe',
    'foreign',
    () => {
      mkdirSync(folder());
      execFileSync('sh', ['-c', 'mkfifo "$0"', manifest()]);
    },
  ],
  [
    'whose manifest is huge',
    'foreign',
    () => {
      raw('');
      truncateSync(manifest(), 2 ** 28);
    },
  ],
  ['whose manifest is cut off', 'damaged', () => raw(good().slice(0, -50))],
  ['whose manifest is empty', 'damaged', () => raw('')],
  ['whose manifest is nested without end', 'damaged', () => raw('['.repeat(200_000))],
  ['whose manifest is of another format', 'foreign', () => raw('{"format":"tar","files":["/etc/passwd"]}')],
  ['whose manifest was changed', 'damaged', () => raw(good().replace('"asked"', '"daily"'))],
  [
    'that is of another id',
    'damaged',
    () => raw(readFileSync(at(`w/backups/${made.id}/manifest.json`), 'utf8')),
  ],
  ['of a newer format', 'newer', () => raw(good().replace('"format":2', '"format":99'))],
  ['of a newer schema', 'newer', () => resealed((open) => (open.schema_version = schemaVersion + 1))],
  ['of another workspace', 'another', () => resealed((open) => (open.workspace = 'x'))],
  [
    'that counts with keys of prototypes',
    'damaged',
    () =>
      resealed(
        (open) =>
          (open.counts = JSON.parse('{"__proto__":{"polluted":1},"constructor":5}') as Record<
            string,
            number
          >),
      ),
  ],
  ['with an absolute name', 'damaged', () => resealed((open) => (liveIn(open).name = '/etc/passwd'))],
  ['with a name that leads out', 'damaged', () => resealed((open) => (liveIn(open).name = '../../../live'))],
  ['with a name of a device', 'damaged', () => resealed((open) => (liveIn(open).name = 'CON'))],
  ...[
    '../../evil',
    '/tmp/x',
    'evil',
    'source-',
    'source-../x',
    'sandbox-..',
    'golden-0',
    'golden-x-manifest',
  ].map((name): (typeof backups)[number] => [
    `with a content called ${name}`,
    'foreign',
    () => resealed((open) => open.contents.push({ ...liveIn(open), name })),
  ]),
  [
    'whose reason steers a terminal',
    'foreign',
    () => resealed((open) => (open.reason = 'asked\u001b[31m\n\nred')),
  ],
  ['whose workspace breaks a line', 'foreign', () => resealed((open) => (open.workspace += '\n'))],
  ['with two contents of one name', 'damaged', () => resealed((open) => open.contents.push(liveIn(open)))],
  ['that says to be larger than it is', 'damaged', () => resealed((open) => (liveIn(open).bytes += 4096))],
  ['that says to be of petabytes', 'damaged', () => resealed((open) => (liveIn(open).bytes = 2 ** 50))],
  ['that says another head', 'damaged', () => resealed((open) => (open.head.hash = 'f'.repeat(64)))],
  [
    'whose pack leads out',
    'damaged',
    () => raw(good().replace(/"sha256":"[0-9a-f]{64}"/, '"sha256":"../../../../etc/passwd"')),
  ],
  [
    'whose pack is not there',
    'damaged',
    () => resealed((open) => Object.assign(open.packs[0] ?? {}, { sha256: 'a'.repeat(64) })),
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
    rmSync(folder(), { recursive: true, force: true });
    make();
    const before = everythingIn(at('w'));
    const here = await refused('backup', 'restore', id, ...w, '--yes');
    expectClear(here);
    expect(here.error).toMatchObject({ code: 'BACKUP', details: { reason } });
    const listed = await frames('backup', 'list', ...w);
    expect(listed.code).toBe(0);
    expect(listed.stdout).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(listed.stdout).not.toMatch(/There is no backup|Nothing was changed/);
    const into = await refused('backup', 'restore', id, ...w, '--into', 'new');
    expectClear(into);
    expect(everythingIn(at('w'))).toEqual(before);
    // That is noted beside it.
    expectClear(await refused('backup', 'verify', id, ...w));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('whose folder is none, or is a link, is listed with that, and counts nothing', async () => {
    rmSync(folder(), { recursive: true, force: true });
    const line = async (): Promise<string> =>
      (await frames('backup', 'list', ...w)).stdout.trim().split('\n').at(-1) ?? '';
    const before = (await line()).replace('1 backup.', '2 backups.');
    for (const make of [() => writeFileSync(folder(), good()), () => symlinkSync(at('w'), folder())]) {
      make();
      try {
        expect(await line()).toBe(before);
      } finally {
        rmSync(folder());
      }
    }
  });

  test('whose pack is a link, cut off or has a bit turned over is refused, and nothing is changed', async () => {
    rmSync(folder(), { recursive: true, force: true });
    const sha256 = unseal(readFileSync(at(`w/backups/${made.id}/manifest.json`), 'utf8'), made.id).packs[0]
      ?.sha256;
    const pack = at(`w/backups/packs/${sha256}.pack`);
    renameSync(pack, at('pack'));
    const makes = [
      () => symlinkSync(at('pack'), pack),
      ...[0.2, 0.5, 0.9, 1].map((where) => () => {
        copyFileSync(at('pack'), pack);
        flipBit(pack, where);
      }),
      () => {
        copyFileSync(at('pack'), pack);
        truncateSync(pack, 5000);
      },
    ];
    for (const make of makes) {
      rmSync(pack, { force: true });
      make();
      const before = everythingIn(at('w'));
      const found = await refused('backup', 'restore', made.id, ...w, '--yes');
      expectClear(found);
      expect(found.error).toMatchObject({ code: 'BACKUP', details: { reason: 'damaged' } });
      expect(everythingIn(at('w'))).toEqual(before);
    }
    rmSync(pack);
    renameSync(at('pack'), pack);
  });

  test('of another workspace takes this one’s place, or changes a record, only when that is said', async () => {
    const other = ['--workspace', 'other'] as const;
    cpSync(at(`w/backups`), at('other/backups'), { recursive: true });
    const before = everythingIn(at('other'));
    const found = await refused('backup', 'restore', made.id, '--workspace', 'other', '--yes');
    expectClear(found);
    expect(found.error).toMatchObject({ code: 'BACKUP', details: { reason: 'another' } });
    expect(found.error.message).toContain('Nothing was changed');
    expect(everythingIn(at('other'))).toEqual(before);

    const { rows } = await json<{ rows: { id: string }[] }>('entities', 'list', 'team', '--limit', '1', ...w);
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
      stdout: expect.stringMatching(/^Would be refused: Backup .* is of another workspace/) as string,
    });
    expect(dry.stdout).toContain(
      '! The backup is of another workspace: restoring from it wants --another.\n',
    );
    expect(everythingIn(at('other'))).toEqual(before);
    expect(await json<RestoredRecords>(...one, '--yes', '--another')).toMatchObject({ another: true });
    await json('backup', 'restore', made.id, '--workspace', 'other', '--yes', '--another');
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
const live = ({ manifest: { contents } }: Parts) =>
  contents[0] as { name: string; bytes: number; sha256: string };
/** A file whose manifest is all right, and whose compressed content is something else than it says. */
function bomb(path: string): void {
  const { manifest: said } = takeApart(at('good.frames'));
  const start = Buffer.concat([
    sealed(Buffer.from(JSON.stringify(said))),
    zstdCompressSync(Buffer.alloc(2 ** 29)),
  ]);
  writeFileSync(path, Buffer.concat([start, Buffer.from(sha256Of(start), 'hex')]));
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
  ['that says to be of petabytes', 'BACKUP', file((parts) => void (live(parts).bytes = 2 ** 50))],
  ['that says to be smaller than it is', 'BAD_FILE', file((parts) => void (live(parts).bytes -= 4096))],
  ['with an absolute name for its workspace', 'BAD_FILE', file((parts) => void (live(parts).name = '/live'))],
  [
    'with two contents of one name',
    'BAD_FILE',
    file(({ manifest: { contents } }) => void contents.push(...contents)),
  ],
  [
    'with a content that leads out',
    'BAD_FILE',
    file(
      ({ manifest: { contents } }) =>
        void contents.push({ name: '../../evil', bytes: 0, sha256: sha256Of(Buffer.alloc(0)) }),
    ),
  ],
  [
    'whose reason steers a terminal',
    'BAD_FILE',
    file(({ manifest: { backup } }) => void (backup.reason = '\u001b[31m')),
  ],
  ['of a newer schema', 'BAD_FILE', file((parts) => void (parts.manifest.schema_version = 99))],
  ['with another head', 'BAD_FILE', file((parts) => void (parts.manifest.backup.head.hash = 'f'.repeat(64)))],
  [
    'whose manifest is huge',
    'BAD_FILE',
    (path) => writeFileSync(path, sealed(Buffer.alloc(40_000_000, 0x20))),
  ],
];

describe('a hostile file', () => {
  test.each(files)('%s is not taken (%s), and nothing is changed', async (_, code, make) => {
    const path = at('bad.frames');
    rmSync(path, { force: true });
    make(path);
    const before = everythingIn(at('w'));
    const found = await refused('backup', 'take', 'bad.frames', ...w);
    expectClear(found);
    expect(found.error.code).toBe(code);
    expect(everythingIn(at('w'))).toEqual(before);
  });
});
