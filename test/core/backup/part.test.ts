import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { BackupContent } from '#core/backup/manifest.ts';
import { storeSources } from '#core/backup/pack/deed.ts';
import { pageBytes } from '#core/backup/pack/format.ts';
import { namePack } from '#core/backup/pack/writer.ts';
import { fileDigest, partsOf, writePart } from '#core/backup/part.ts';
import { restoreInto } from '#core/backup/restore-into.ts';
import { isLarge } from '#core/kernel/db/in-worker.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { backedUp, backUp, namesIn, restore, verify } from '#test/support/backup.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { flipBit } from '#test/support/damage.ts';
import { makeFolder, removeFolder, testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const crowd = await crowdTemplate();
const quiet = (): void => undefined;

/** A file of some pages, of which some are alike, that ends anywhere. */
const file = fc
  .tuple(fc.array(fc.nat({ max: 200 }), { maxLength: 300 }), fc.nat({ max: pageBytes - 1 }))
  .map(([pages, rest]) =>
    Buffer.concat([...pages.map((fill) => Buffer.alloc(pageBytes, fill)), Buffer.alloc(rest, 7)]),
  );

test('the parts of a file, written in any number, are together what was stored', async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.integer({ min: 1, max: 5 }), async (bytes, count) => {
      const folder = makeFolder();
      try {
        const [packs, path, target] = ['packs', 'file', 'target'].map((name) => join(folder, name)) as [
          string,
          string,
          string,
        ];
        mkdirSync(packs);
        writeFileSync(path, bytes);
        const temporary = join(folder, 'pack');
        const sources = [{ path, name: 'live' }];
        const stored = await storeSources({ sources, packs, temporary, earlier: [] }, quiet);
        expect(stored).toMatchObject({ damaged: null, spoiled: [], known: [] });
        if (stored.fresh) await namePack(packs, temporary, stored.fresh);
        const all = stored.fresh ? [stored.fresh] : [];
        const [content] = stored.contents as [BackupContent];
        writeFileSync(target, '');
        for (const part of partsOf(content, count))
          expect(await writePart({ folder: packs, packs: all, target, ...part }, quiet)).toBeNull();
        expect(readFileSync(target).equals(bytes)).toBe(true);
        const { sha256 } = content;
        expect(await fileDigest({ path: target }, quiet)).toEqual({ sha256, bytes: bytes.length });
      } finally {
        removeFolder(folder);
      }
    }),
    { numRuns: 30 },
  );
});

describe('a backup that is so large that threads store and read it', () => {
  test('comes back as the workspace that it is of, and says how far that is', async () => {
    const { workspace, made } = await backedUp(crowd);
    expect(isLarge(workspace.files.live)).toBe(true);
    expect(await verify(workspace, made.id)).toMatchObject({ ok: true });
    const into = join(testFolder(), 'new');
    const seen: number[] = [];
    const tell = ({ done }: { done: number }): void => void seen.push(done);
    expect(await restore(workspace, made.id, into, { tell })).toMatchObject({ counts: made.counts });
    expect(seen.at(-1)).toBe(made.contents[0]?.bytes);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(statSync(join(into, 'frames.sqlite')).size).toBe(made.contents[0]?.bytes);
  });

  test('is not taken for whole when a pack of it has rotted', async () => {
    const { workspace, made, pack } = await backedUp(crowd);
    flipBit(pack, Math.floor(statSync(pack).size / 3));
    expect(await verify(workspace, made.id)).toMatchObject({ ok: false, reason: 'damaged' });
    const into = join(testFolder(), 'new');
    await expect(restore(workspace, made.id, into)).rejects.toMatchObject({ code: 'BACKUP' });
    expect(existsSync(into)).toBe(false);
  });

  test('is not taken for whole when its pages stand in another order than they were stored', async () => {
    const { workspace, made, reseal } = await backedUp(crowd);
    reseal(({ contents }) => {
      const [content] = contents as [BackupContent];
      const [[pack, first, length], ...rest] = content.runs as [BackupContent['runs'][number]];
      const split = first + length - 2;
      content.runs = [[pack, first, length - 2], [pack, split + 1, 1], [pack, split, 1], ...rest];
    });
    const { problems } = await verify(workspace, made.id);
    expect(problems).toEqual(['What it holds of "live" is not what was stored.']);
  });

  test('leaves nothing of itself when it is cancelled while it is made or read', async () => {
    const workspace = await testWorkspace({ template: crowd });
    const packs = join(workspace.files.backups, 'packs');
    for (const wanted of ['copying', 'storing']) {
      const stop = new AbortController();
      const tell = ({ step }: { step: string }): void => {
        if (step === wanted) stop.abort();
      };
      await expect(backUp(workspace, { signal: stop.signal, tell })).rejects.toMatchObject({
        code: 'CANCELLED',
      });
      expect([namesIn(workspace), readdirSync(packs)]).toEqual([[], []]);
    }
    const { id } = await backUp(workspace);
    const stop = new AbortController();
    const into = join(testFolder(), 'new');
    const source = { clock: systemClock, ids: createIds(systemClock, systemRandom), log: silentLog };
    const { signal } = stop;
    const given = restoreInto({
      files: workspace.files,
      id,
      into,
      ...source,
      signal,
      tell: () => stop.abort(),
    });
    await expect(given).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(existsSync(into)).toBe(false);
  });
});
