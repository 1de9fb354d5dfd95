import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { workspaceFiles } from '#core/db/files.ts';
import { backUp } from '#test/support/backup.ts';
import { copyOf, damagePages, page, pagesOfRecords, recordsOf, salvageHere } from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

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

const template = await makeTemplate(someHistory);
const whole = recordsOf(template.folder);
const places = pagesOfRecords(template.folder);
const count = readFileSync(workspaceFiles(template.folder).live).length / page;

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

  test.prop([damage], { numRuns: 12 })(
    'gives a workspace that verifies with every row of undamaged pages, or refuses; the original stays',
    async ({ pages, filling, backups, head }) => {
      const folder = copyOf(template.folder);
      const files = workspaceFiles(folder);
      const { rmSync } = await import('node:fs');
      if (!backups) rmSync(files.backups, { recursive: true });
      if (!head) rmSync(files.head);
      const fill = { zeros: () => 0, noise: (at: number) => (at * 2_654_435_761) >>> 24, text: () => 0x61 };
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
