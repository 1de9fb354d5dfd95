import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withVersionsLock } from '#core/kernel/folder-lock.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { readClosed } from '#core/open/read-closed.ts';
import { backedUp, verify } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import { bytesIn, failingDisk, restoreHere } from '#test/support/restore.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, openSeeded } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const leftovers = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('.restore-') || name === 'restoring.json');

/** What a process leaves behind that dies after so many operations of the disk: none of the later ones happens. */
async function diesAfter(folder: string, id: string, operations: number): Promise<{ ended: boolean }> {
  const disk = failingDisk((number) => number >= operations);
  await restoreHere(folder, id, { disk }).catch(() => undefined);
  return { ended: disk.count <= operations };
}

async function prepared(): Promise<{ folder: string; id: string }> {
  const { workspace, made } = await backedUp(template);
  await workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
  await workspace.core.close();
  const folder = join(testFolder(), 'w');
  await cp(workspace.folder, folder, { recursive: true });
  return { folder, id: made.id };
}

const copyOf = async (folder: string): Promise<string> => {
  const copy = join(testFolder(), 'w');
  await cp(folder, copy, { recursive: true });
  return copy;
};

async function teamsIn(folder: string): Promise<number> {
  const core = await openSeeded({ folder, seed: 9 });
  try {
    const client = core.client(core.session());
    return (await client.entities.list({ type: 'team', limit: 0 })).total;
  } finally {
    await core.close();
  }
}

describe('a restore whose process dies while it replaces the file', () => {
  test('is completely done or not at all at the next opening, wherever it stopped', async () => {
    const { folder, id } = await prepared();
    const found: number[] = [];
    for (let operations = 0; ; operations += 1) {
      const copy = await copyOf(folder);
      const { ended } = await diesAfter(copy, id, operations);
      const teams = await teamsIn(copy);
      found.push(teams);
      expect([2, 3], `after ${operations}`).toContain(teams);
      expect(leftovers(copy), `after ${operations}`).toEqual([]);
      expect(await verifyClosed(workspaceFiles(copy)), `after ${operations}`).toMatchObject({ ok: true });
      if (ended) break;
    }
    expect(found.at(0)).toBe(3);
    expect(found.at(-1)).toBe(2);
    // From one operation on it is done, and it stays so.
    expect(found).toEqual(found.toSorted((a, b) => b - a));
  });

  test('also while reverting after a disk failure', { timeout: 60_000 }, async () => {
    const { folder, id } = await prepared();
    const found: string[] = [];
    for (let first = 2; first < 9; first += 1) {
      for (let second = first + 1; second < first + 6; second += 1) {
        const copy = await copyOf(folder);
        const disk = failingDisk((number) => number === first || number >= second);
        await restoreHere(copy, id, { disk }).catch(() => undefined);
        const teams = await teamsIn(copy);
        const { ok } = await verifyClosed(workspaceFiles(copy));
        const whole = ok && [2, 3].includes(teams) && leftovers(copy).length === 0;
        found.push(whole ? 'whole' : `${teams} teams after ${first} and ${second}`);
      }
    }
    expect(new Set(found)).toEqual(new Set(['whole']));
  });

  test('with a damaged live: unchanged, or restored', async () => {
    const { folder, id } = await prepared();
    const { live } = workspaceFiles(folder);
    truncateSync(live, 20_000);
    const { 'frames.sqlite': file, 'head.json': head } = bytesIn(folder);
    for (let operations = 0; ; operations += 1) {
      const copy = await copyOf(folder);
      const { ended } = await diesAfter(copy, id, operations);
      const opened = await teamsIn(copy).catch(() => {
        const { 'frames.sqlite': fileNow, 'head.json': headNow } = bytesIn(copy);
        return fileNow === file && headNow === head ? 'as it was' : 'neither';
      });
      expect(['as it was', 2], `after ${operations}`).toContain(opened);
      expect(existsSync(join(copy, 'restoring.json'))).toBe(false);
      if (ended) break;
    }
  });

  test('is settled before a workspace is only read', async () => {
    const { folder, id } = await prepared();
    for (let operations = 1; operations < 9; operations += 1) {
      const copy = await copyOf(folder);
      await diesAfter(copy, id, operations);
      await readClosed(copy, ({ read }) => {
        expect([2, 3]).toContain(read.get<{ n: number }>('SELECT count(*) AS n FROM teams')?.n);
        return Promise.resolve();
      });
      expect(leftovers(copy)).toEqual([]);
    }
  });

  test('and the next restore does not stumble over it', async () => {
    const { folder, id } = await prepared();
    await diesAfter(folder, id, 4);
    expect(leftovers(folder)).toHaveLength(2);
    await restoreHere(folder, id);
    expect(leftovers(folder)).toEqual([]);
    expect(await teamsIn(folder)).toBe(2);
  });
});

describe('a note of a restore', () => {
  test.each([
    'nonsense',
    '{}',
    '{"format":1,"backup":"x","building":"../../elsewhere","displaced":null}',
    '{"format":1,"backup":"x","building":".restore-abcdef","displaced":"../.."}',
  ])('that is none of ours decides nothing: %s', async (text) => {
    const { folder } = await prepared();
    const note = join(folder, 'restoring.json');
    writeFileSync(note, text);
    expect(await teamsIn(folder)).toBe(3);
    expect(existsSync(note)).toBe(true);
  });

  test('without its folder leaves live unchanged', async () => {
    const { folder } = await prepared();
    const note = join(folder, 'restoring.json');
    writeFileSync(note, '{"format":1,"backup":"x","building":".restore-abcdef","displaced":null}');
    expect(await teamsIn(folder)).toBe(3);
    expect(existsSync(note)).toBe(false);
    rmSync(workspaceFiles(folder).live);
    writeFileSync(note, '{"format":1,"backup":"x","building":".restore-abcdef","displaced":null}');
    await expect(teamsIn(folder)).rejects.toMatchObject({ data: { reason: 'missing' } });
  });
});

describe('remains of a killed process', () => {
  const making = '.building-aB3_9z';
  async function withLeftovers(): Promise<{ folder: string; backups: string }> {
    const { folder } = await prepared();
    const { backups } = workspaceFiles(folder);
    mkdirSync(join(backups, making));
    writeFileSync(join(backups, making, 'image'), 'x');
    writeFileSync(join(folder, 'restoring.json.1234567'), '{}');
    writeFileSync(join(folder, 'restoring.json.mine'), '{}');
    return { folder, backups };
  }

  test('among the records and backups are removed at the next opening', async () => {
    const { folder, backups } = await withLeftovers();
    await teamsIn(folder);
    expect(existsSync(join(backups, making))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('restoring'))).toEqual([
      'restoring.json.mine',
    ]);
  });

  test('of a check are removed by the next one, also while the workspace is open', async () => {
    const { workspace, made } = await backedUp(template);
    const { backups, golden } = workspace.files;
    const left = [backups, golden].map((folder) => join(folder, '.verify-abc123', 'image'));
    for (const folder of left) mkdirSync(folder, { recursive: true });
    await verify(workspace, made.id);
    await resultOf(await workspace.as().golden.verify({}));
    expect(left.filter((folder) => existsSync(folder))).toEqual([]);
  });

  test('stay while somebody works on the backups', async () => {
    const { folder, backups } = await withLeftovers();
    await withVersionsLock(backups, 'shared', {}, () => teamsIn(folder));
    expect(existsSync(join(backups, making, 'image'))).toBe(true);
    await teamsIn(folder);
    expect(existsSync(join(backups, making))).toBe(false);
  });
});
