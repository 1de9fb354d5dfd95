import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { backUp } from '#test/support/backup.ts';
import { copyOf, damagePages, page, pagesOfRecords, recordsOf, salvageHere } from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const note = 'x'.repeat(400);

/** Changes of every kind, some before and some after a backup. */
async function someHistory(workspace: TestWorkspace): Promise<void> {
  await preparePeople(workspace);
  const ada = workspace.as();
  const create = async (from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number += 1) {
      const data = { name: `Team ${number}`, university_id: 'uni-a', x_note: note, size: number + 1 };
      await ada.entities.create({ type: 'team', id: `t${number}`, data });
    }
  };
  await create(0, 40);
  await ada.entities.remove({ type: 'team', id: 't3' });
  await backUp(workspace);
  await create(40, 60);
  for (let number = 10; number < 20; number += 1)
    await ada.entities.update({ type: 'team', id: `t${number}`, data: { size: 1000 + number } });
  await ada.entities.remove({ type: 'team', id: 't21' });
  await ada.entities.restore({ type: 'team', id: 't3' });
  await ada.entities.create({
    type: 'interface',
    id: 'i1',
    data: { from: 't41', to: 't10', interface_type: 'codified' },
  });
}

const fill = { zeros: () => 0, noise: (at: number) => (at * 2_654_435_761) >>> 24, text: () => 0x61 };

/** The same, and changes of the same records after it, of which a backup was made; returns the file as it was before them. */
async function goneOn(workspace: TestWorkspace): Promise<Buffer> {
  await someHistory(workspace);
  await workspace.core.close();
  const older = readFileSync(workspace.files.live);
  await workspace.reopen();
  const ada = workspace.as();
  for (let number = 5; number < 15; number += 1)
    await ada.entities.update({ type: 'team', id: `t${number}`, data: { size: 2000 + number } });
  await ada.entities.remove({ type: 'team', id: 't41' });
  await ada.entities.remove({ type: 'team', id: 't3' });
  await ada.entities.restore({ type: 'team', id: 't21' });
  for (let number = 60; number < 70; number += 1)
    await ada.entities.create({ type: 'team', id: `t${number}`, data: { name: `Team ${number}` } });
  await backUp(workspace);
  return older;
}

const template = await makeTemplate(someHistory);
let older: Uint8Array = new Uint8Array();
const further = await makeTemplate(async (workspace) => {
  older = await goneOn(workspace);
});
const whole = recordsOf(template.folder);
const places = pagesOfRecords(template.folder);
const count = readFileSync(workspaceFiles(template.folder).live).length / page;

describe('salvaging an older copy that is also damaged', () => {
  const pages = fc.uniqueArray(fc.integer({ min: 1, max: older.length / page }), {
    maxLength: older.length / page,
  });
  const state = fc.record({ pages, filling: fc.constantFrom('zeros', 'noise', 'text'), head: fc.boolean() });

  test.prop([state], { numRuns: lawRuns(12) })(
    'returns the contents of the backup',
    async ({ pages: hit, filling, head }) => {
      const folder = copyOf(further.folder);
      const files = workspaceFiles(folder);
      const wanted = recordsOf(folder);
      for (const end of ['-wal', '-shm']) rmSync(`${files.live}${end}`, { force: true });
      writeFileSync(files.live, older);
      if (!head) rmSync(files.head);
      damagePages(folder, hit, fill[filling]);
      try {
        await salvageHere(folder);
      } catch (error) {
        expect(isFault(error) && error.message).toContain('Nothing was changed');
        expect(hit.length).toBeGreaterThan(0);
        return;
      }
      expect((await verifyClosed(files)).ok).toBe(true);
      expect(recordsOf(folder)).toEqual(wanted);
    },
  );
});

describe('salvaging a damaged file', () => {
  plain('finds every row of one that is whole', () => {
    expect([...places.keys()].toSorted()).toEqual(
      [...whole.keys(), 'ws_acts'].filter((id) => places.has(id)).toSorted(),
    );
    expect(places.size).toBeGreaterThanOrEqual(whole.size);
  });

  const number = fc.integer({ min: 1, max: count });
  const damage = fc.record({
    pages: fc.uniqueArray(number, { minLength: 1, maxLength: Math.ceil(count / 2) }),
    filling: fc.constantFrom('zeros', 'noise', 'text'),
    backups: fc.boolean(),
    head: fc.boolean(),
  });

  test.prop([damage], { numRuns: lawRuns(12) })(
    'gives a workspace that verifies with every row of undamaged pages, or refuses; the original stays',
    async ({ pages, filling, backups, head }) => {
      const folder = copyOf(template.folder);
      const files = workspaceFiles(folder);
      if (!backups) rmSync(files.backups, { recursive: true });
      if (!head) rmSync(files.head);
      const bytes = damagePages(folder, pages, fill[filling]);
      let salvaged: Awaited<ReturnType<typeof salvageHere>>;
      try {
        salvaged = await salvageHere(folder);
      } catch (error) {
        expect(isFault(error) && error.message).toContain('Nothing was changed');
        expect(readFileSync(files.live).equals(bytes)).toBe(true);
        // There is always something to begin with, unless hardly anything is left.
        expect(backups).toBe(false);
        return;
      }
      expect((await verifyClosed(files)).ok).toBe(true);
      const { displaced, report } = salvaged;
      if (displaced !== null)
        expect(readFileSync(join(folder, 'backups', displaced, 'frames.sqlite')).equals(bytes)).toBe(true);
      const now = recordsOf(folder);
      const left = new Set(report.left.map(({ id }) => id));
      for (const [id, row] of whole) {
        if (pages.includes(places.get(id) ?? 0) || left.has(id)) continue;
        expect({ id, ...now.get(id) }).toEqual({ id, ...row });
      }
      // Nothing that was found is left out but where what it refers to is gone.
      for (const one of report.left)
        if (!pages.includes(places.get(one.id) ?? 0)) expect(['refers', 'unnamed']).toContain(one.why);
    },
  );
});
