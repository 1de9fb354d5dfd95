import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test, onTestFinished } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { backedUp } from '#test/support/backup.ts';
import type { BackedUp } from '#test/support/backup.ts';
import { alterDatabase, rewrite } from '#test/support/backup-file.ts';
import { bytesIn, failingDisk, restoreHere } from '#test/support/restore.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, openSeeded } from '#test/support/workspace.ts';
import { join } from 'node:path';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { readCompleteLive } from '#core/log/closed-live.ts';
import { fillUp, makeReadOnly, mountSmall, readOnlyPlaces, smallDisks } from '#test/support/disk.ts';
import { testFolder } from '#test/support/folder.ts';

const template = await makeTemplate(preparePeople);

/** A closed workspace that went on after its backup. */
async function given(): Promise<BackedUp> {
  const made = await backedUp(template);
  await made.workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
  await made.workspace.core.close();
  return made;
}

/** Restoring fails, says why, and leaves every file as it was. */
async function leavesAll(
  { workspace, made }: BackedUp,
  code: string,
  more: Parameters<typeof restoreHere>[2] = {},
): Promise<string> {
  const before = bytesIn(workspace.folder);
  const error: unknown = await restoreHere(workspace.folder, made.id, more).then(
    () => 'restored',
    (reason: unknown) => reason,
  );
  expect(bytesIn(workspace.folder)).toEqual(before);
  expect(error).toMatchObject({ code });
  return isFault(error) ? error.message : '';
}

describe('a backup that cannot be used', () => {
  const damages: Readonly<Record<string, [reason: string, spoil: (given: BackedUp) => unknown]>> = {
    'it is cut off': ['damaged', ({ file }) => truncateSync(file, 300)],
    'it is empty': ['foreign', ({ file }) => truncateSync(file, 0)],
    'it is longer': ['damaged', ({ file }) => appendFileSync(file, 'x')],
    'it has a byte flipped': ['damaged', ({ file }) => flip(file)],
    'it is a folder': ['foreign', ({ file }) => (rmSync(file), mkdirSync(file))],
    'it is a link in circles': ['foreign', ({ file }) => (rmSync(file), symlinkSync(file, file))],
    'its schema is newer': [
      'newer',
      ({ file }) => rewrite(file, ({ manifest }) => (manifest.schema_version = schemaVersion + 1)),
    ],
    'its manifest says another head': [
      'damaged',
      ({ file }) => rewrite(file, ({ manifest }) => (manifest.head.hash = 'f'.repeat(64))),
    ],
    'its audit was changed': [
      'damaged',
      ({ file }) =>
        rewrite(file, (parts) =>
          alterDatabase(parts, "UPDATE audit_logs SET payload_after = '{}' WHERE id = 2"),
        ),
    ],
    'it is of another workspace': [
      'another',
      ({ file }) =>
        rewrite(file, (parts) => {
          alterDatabase(parts, "UPDATE workspace SET value = 'other' WHERE key = 'id'");
          parts.manifest.workspace = 'other';
        }),
    ],
  };

  function flip(file: string): void {
    const bytes = readFileSync(file);
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(file, bytes);
  }

  test.each(Object.entries(damages))('changes nothing: %s', async (_, [reason, spoil]) => {
    const of = await given();
    await spoil(of);
    expect(await leavesAll(of, 'BACKUP')).toMatch(/Nothing was changed/);
    await expect(restoreHere(of.workspace.folder, of.made.id)).rejects.toMatchObject({ data: { reason } });
    await of.workspace.reopen();
    expect((await of.workspace.verify()).ok).toBe(true);
  });

  test('and one that is not there, or has no room', async () => {
    const of = await given();
    const look = (): Promise<number> => Promise.resolve(1000);
    expect(await leavesAll(of, 'BACKUP', { freeBytesOf: look })).toContain('are free');
    await leavesAll(of, 'BACKUP', { id: '20200101T000000000Z' });
    await leavesAll(of, 'BACKUP', { id: '../../elsewhere' });
  });
});

describe('people without permission', () => {
  test.each(['Rea', 'Edi', 'Vic'])('changes nothing: %s', async (actor) => {
    expect(await leavesAll(await given(), 'FORBIDDEN', { actor })).toContain('Only admins');
  });

  test('and unknown people', async () => {
    expect(await leavesAll(await given(), 'UNKNOWN_ACTOR', { actor: 'Nobody' })).toContain('Nobody');
  });
});

/** What came of a restore, and whether every file is as it was. */
async function outcome(
  folder: string,
  restoring: () => Promise<unknown>,
): Promise<{ code: string; same: boolean }> {
  const before = bytesIn(folder);
  const code = await restoring().then(
    () => 'restored',
    (error: unknown) => String((error as { code?: unknown }).code),
  );
  return { code, same: isDeepStrictEqual(bytesIn(folder), before) };
}

test('cancelled at any step, leaves every file unchanged', async () => {
  const { workspace, made } = await given();
  const steps = new Set<string>();
  const outcomes: unknown[] = [];
  for (let at = 0; ; at += 1) {
    const stop = new AbortController();
    let told = 0;
    const onProgress = ({ step }: { step: string }): void => {
      steps.add(step);
      told += 1;
      if (told === at) stop.abort();
    };
    if (at === 0) stop.abort();
    const { signal } = stop;
    outcomes.push(
      await outcome(workspace.folder, () => restoreHere(workspace.folder, made.id, { onProgress, signal })),
    );
    if (!signal.aborted) break;
  }
  expect(outcomes.pop()).toEqual({ code: 'restored', same: false });
  expect(new Set(outcomes.map((one) => JSON.stringify(one)))).toEqual(
    new Set(['{"code":"CANCELLED","same":true}']),
  );
  expect([...steps]).toEqual(expect.arrayContaining(['reading', 'copying', 'storing', 'rereading']));
});

describe('a disk that fails', () => {
  test.each([
    ['where live is whole', (): void => {}],
    ['where live is damaged', (file: string): void => truncateSync(file, 20_000)],
    ['where live is missing', (file: string): void => rmSync(file)],
  ])('at any one operation changes nothing, or what is restored stays: %s', async (_, lose) => {
    const { workspace, made } = await given();
    lose(workspace.files.live);
    const outcomes: string[] = [];
    for (let at = 0; ; at += 1) {
      const disk = failingDisk((number) => number === at);
      const { code, same } = await outcome(workspace.folder, () =>
        restoreHere(workspace.folder, made.id, { disk }),
      );
      const whole = code === 'restored' && (await verifyClosed(workspace.files)).ok;
      outcomes.push(whole ? 'whole' : same ? 'as it was' : `neither, after operation ${at} (${code})`);
      if (disk.count <= at) break;
    }
    expect(new Set(outcomes)).toEqual(new Set(['as it was', 'whole']));
    expect(outcomes.filter((one) => one === 'as it was').length).toBeGreaterThan(6);
  });
});

async function made(folder: string): Promise<ReturnType<typeof workspaceFiles>> {
  await (await openSeeded({ folder, owner: 'Ada' })).close();
  return workspaceFiles(folder);
}

// What is taken for damaged is moved aside by who restores: a whole file must never be.
test.each(readOnlyPlaces())(
  'a whole file in a folder that is %s is not taken for a damaged one',
  async () => {
    const files = await made(join(testFolder(), 'w'));
    const back = makeReadOnly(files.folder);
    try {
      expect(() => readCompleteLive({ files, log: silentLog })).toThrow('The workspace folder is read-only');
    } finally {
      back();
    }
    expect(readCompleteLive({ files, log: silentLog })?.profile.name).toBe('Ada');
  },
);

test.each(smallDisks())('a whole file on %s without any room is not taken for a damaged one', async () => {
  const disk = testFolder();
  onTestFinished(mountSmall(disk, 6_000_000));
  const files = await made(join(disk, 'w'));
  const filler = fillUp(disk);
  expect(() => readCompleteLive({ files, log: silentLog })).toThrow(
    /^The disk is full: FRAMES needs a little space next to the file even to read it\. Free up space and try again\. Nothing was changed\.$/,
  );
  rmSync(filler);
  expect(readCompleteLive({ files, log: silentLog })?.profile.name).toBe('Ada');
});
