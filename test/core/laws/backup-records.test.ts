import { isDeepStrictEqual } from 'node:util';
import { fc } from '@fast-check/vitest';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { essence, readLive } from '#test/support/live.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { isRestorable } from '#shared/domain/types.ts';
import { isVisible, stateOfRecords } from '#test/support/promotion.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const runs = lawRuns(13);

type State = Record<string, { type: AuditedType; payload: Record<string, unknown> }>;

function stateOf({ files }: TestWorkspace): State {
  const db = new Database(files.live, { readonly: true });
  try {
    return essence(readLive(db)) as State;
  } finally {
    db.close();
  }
}

/** Whether a record that is there is not hidden. */
const isShown = (state: State, id: string): boolean => {
  const type = state[id]?.type;
  return type !== undefined && (!isEntityType(type) || isVisible(stateOfRecords(state), `${type} ${id}`));
};

test('a restored record equals the backup’s and is visible, its references come too, everything else stays, and it can be undone', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories({ maxLength: 6 }),
      histories({ minLength: 1, maxLength: 10 }),
      fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      async (first, then, picks, links, whole) =>
        withWorkspace(template, async (workspace) => {
          for (const step of first) await perform([workspace.core], step);
          const kept = stateOf(workspace);
          const { id } = await backUp(workspace);
          for (const step of then) await perform([workspace.core], step);
          const owner = workspace.as();
          const remove = { type: 'university', id: 'uni-a', with_contents: true } as const;
          if (whole) await owner.entities.remove(remove).catch(refusalIn);
          const before = stateOf(workspace);

          const differing = await resultOf(
            await owner.compare.between({
              from: 'now',
              to: `backup:${id}`,
              restorable: true,
              limit: 1000,
            }),
          );
          const restorable = Object.entries(kept).flatMap(([one, { type }]) =>
            isRestorable(type) && isShown(kept, one) ? one : [],
          );
          const differ = restorable.filter((one) => !isDeepStrictEqual(kept[one], before[one]));
          expect(differing.rows.map((row) => row.id).toSorted()).toEqual(differ.toSorted());

          fc.pre(restorable.length > 0);
          const picked = picks.map((pick) => restorable[pick % restorable.length] as string);
          const records = [...new Set([...(whole && kept['uni-a'] ? ['uni-a'] : []), ...picked])];
          const asked = { id, records, links };
          const preview = await resultOf(await owner.backups.restoreRecords({ ...asked, dry: true }));
          expect(stateOf(workspace)).toEqual(before);
          expect(preview.problems).toEqual([]);
          const seen = preview.head;
          const done = await resultOf(await owner.backups.restoreRecords({ ...asked, seen }));
          expect({ ...done, op_id: null, dry: true }).toEqual(preview);

          const expected = { ...before };
          for (const one of done.records) expected[one.id] = kept[one.id] as State[string];
          expect(stateOf(workspace)).toEqual(expected);
          for (const one of done.records) expect([one.id, isShown(expected, one.id)]).toEqual([one.id, true]);
          const because = (why: string) => done.records.flatMap((one) => (one.why === why ? one.id : []));
          expect(because('asked')).toEqual(records);
          const needed = because('needed');
          expect(needed.filter((one) => before[one] !== undefined)).toEqual([]);
          const references = (one: string): unknown[] => Object.values(kept[one]?.payload ?? {});
          const all = Object.keys(kept).filter((one) => expected[one]);
          expect(needed.filter((one) => !all.some((other) => references(other).includes(one)))).toEqual([]);
          const gone = Object.keys(kept).filter(
            (one) =>
              kept[one]?.type === 'interface' &&
              !before[one] &&
              !records.includes(one) &&
              isShown(kept, one) &&
              references(one).some((end) => records.includes(String(end))),
          );
          expect(done.links_left + because('link').length).toBe(gone.length);
          expect(because('link').filter((one) => !links || !gone.includes(one))).toEqual([]);

          expect(done.op_id === null).toBe(done.records.every(({ action }) => action === 'none'));
          if (done.op_id !== null) await owner.history.undoChange({ op_id: done.op_id });
          expect(stateOf(workspace)).toEqual(before);
          expect((await workspace.verify()).ok).toBe(true);
        }),
    ),
    { numRuns: runs },
  );
}, 240_000);
