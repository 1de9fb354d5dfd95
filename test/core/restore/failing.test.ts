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
import { describe, expect, test } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { backedUp } from '#test/support/backup.ts';
import type { BackedUp } from '#test/support/backup.ts';
import { forgeImage } from '#test/support/forge.ts';
import { bytesIn, failingDisk, restoreHere } from '#test/support/restore.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate } from '#test/support/workspace.ts';

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
    'its manifest is cut off': ['damaged', ({ manifest }) => truncateSync(manifest, 300)],
    'its manifest is empty': ['damaged', ({ manifest }) => truncateSync(manifest, 0)],
    'its manifest was changed': [
      'damaged',
      ({ manifest }) => writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('asked', 'other')),
    ],
    'its manifest is a folder': ['foreign', ({ manifest }) => (rmSync(manifest), mkdirSync(manifest))],
    'its manifest is a link in circles': [
      'foreign',
      ({ manifest }) => (rmSync(manifest), symlinkSync(manifest, manifest)),
    ],
    'its manifest is of another program': [
      'foreign',
      ({ manifest }) => writeFileSync(manifest, '{"name":"x"}'),
    ],
    'its format is newer': ['newer', ({ manifest }) => writeFileSync(manifest, '{"format":99}')],
    'its format is an early one': ['early', ({ manifest }) => writeFileSync(manifest, '{"format":1}')],
    'its schema is newer': [
      'newer',
      ({ reseal }) => reseal((open) => (open.schema_version = schemaVersion + 1)),
    ],
    'its manifest says other counts': [
      'damaged',
      ({ reseal }) => reseal((open) => (open.counts['teams'] = 99)),
    ],
    'its manifest says another head': [
      'damaged',
      ({ reseal }) => reseal((open) => (open.head.hash = 'f'.repeat(64))),
    ],
    'its pack is missing': ['damaged', ({ pack }) => rmSync(pack)],
    'its pack is cut off': ['damaged', ({ pack }) => truncateSync(pack, 2000)],
    'its pack is longer': ['damaged', ({ pack }) => appendFileSync(pack, 'x')],
    'its pack has a byte flipped': ['damaged', ({ pack }) => flip(pack)],
    'its pack is a folder': ['damaged', ({ pack }) => (rmSync(pack), mkdirSync(pack))],
    'it is of another program': ['damaged', (of) => forgeImage(of, (db) => db.pragma('application_id = 7'))],
    'it has a trigger': [
      'damaged',
      (of) =>
        forgeImage(of, (db) =>
          db.exec('CREATE TRIGGER later AFTER UPDATE ON workspace BEGIN DELETE FROM interfaces; END'),
        ),
    ],
    'its audit was changed': [
      'damaged',
      (of) => forgeImage(of, (db) => db.exec("UPDATE audit_logs SET payload_after = '{}' WHERE id = 2")),
    ],
    'it is of another workspace': [
      'another',
      async (of) => {
        await forgeImage(of, (db) => db.exec("UPDATE workspace SET value = 'other' WHERE key = 'id'"));
        of.reseal((open) => (open.workspace = 'other'));
      },
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
    expect(await leavesAll(of, 'BACKUP', { look })).toContain('are free');
    await leavesAll(of, 'BACKUP', { id: '20200101T000000000Z' });
    await leavesAll(of, 'BACKUP', { id: '../../elsewhere' });
  });
});

describe('who may not', () => {
  test.each(['Rea', 'Edi', 'Vic'])('changes nothing: %s', async (actor) => {
    expect(await leavesAll(await given(), 'FORBIDDEN', { actor })).toContain('Only an admin');
  });

  test('nor somebody whom nobody knows', async () => {
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

test('given up at any step, it leaves every file as it was', async () => {
  const { workspace, made } = await given();
  const steps = new Set<string>();
  const outcomes: unknown[] = [];
  for (let at = 0; ; at += 1) {
    const stop = new AbortController();
    let told = 0;
    const tell = ({ step }: { step: string }): void => {
      steps.add(step);
      told += 1;
      if (told === at) stop.abort();
    };
    if (at === 0) stop.abort();
    const { signal } = stop;
    outcomes.push(
      await outcome(workspace.folder, () => restoreHere(workspace.folder, made.id, { tell, signal })),
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
