import { isDeepStrictEqual } from 'node:util';
import { fc } from '@fast-check/vitest';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { essence, readLive } from '#test/support/live.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { isRestorable } from '#core/restore/records/between.ts';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { AuditedType } from '#shared/domain/types.ts';

const template = await makeTemplate(preparePeople);
const runs = Number(process.env['LAW_RUNS'] ?? 25);

type State = Record<string, { type: AuditedType; payload: Record<string, unknown> }>;

function stateOf({ files }: TestWorkspace): State {
  const db = new Database(files.live, { readonly: true });
  try {
    return essence(readLive(db)) as State;
  } finally {
    db.close();
  }
}

/** What names again what comes back: as it was before, but for fields that were empty and name in the backup what came. */
function namingAgain(
  { id, fields }: RestoredRecords['records'][number],
  before: State,
  kept: State,
  brought: readonly string[],
): State[string] {
  const one = before[id] as State[string];
  const payload = { ...one.payload };
  for (const { field } of fields) {
    expect(payload[field] ?? null).toBe(null);
    payload[field] = kept[id]?.payload[field];
    expect(brought).toContain(payload[field]);
  }
  return { ...one, payload };
}

test('a record that is restored is the backup’s, what it needs comes with it, all else stays, and undo takes it back', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories({ maxLength: 6 }),
      histories({ minLength: 1, maxLength: 10 }),
      fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      async (first, then, picks, links, references) =>
        withWorkspace(template, async (workspace) => {
          for (const step of first) await perform([workspace.core], step);
          const kept = stateOf(workspace);
          const { id } = await backUp(workspace);
          for (const step of then) await perform([workspace.core], step);
          const before = stateOf(workspace);
          const owner = workspace.as();

          const differing = await resultOf(await owner.backups.diff({ id, limit: 1000 }));
          const restorable = Object.entries(kept).flatMap(([one, { type }]) =>
            isRestorable(type) ? one : [],
          );
          const differ = restorable.filter((one) => !isDeepStrictEqual(kept[one], before[one]));
          expect(differing.rows.map((row) => row.id).toSorted()).toEqual(differ.toSorted());

          fc.pre(restorable.length > 0);
          const records = [...new Set(picks.map((pick) => restorable[pick % restorable.length] as string))];
          const asked = { id, records, links, references };
          const preview = await resultOf(await owner.backups.restoreRecords({ ...asked, dry: true }));
          expect(stateOf(workspace)).toEqual(before);
          expect(preview.problems).toEqual([]);
          const seen = preview.head;
          const done = await resultOf(await owner.backups.restoreRecords({ ...asked, seen }));
          expect({ ...done, op_id: null, dry: true }).toEqual(preview);

          const naming = done.records.filter(({ why }) => why === 'reference');
          const brought = done.records.flatMap((one) => (naming.includes(one) ? [] : one.id));
          const expected = { ...before };
          for (const one of brought) expected[one] = kept[one] as State[string];
          for (const one of naming) expected[one.id] = namingAgain(one, before, kept, brought);
          expect(stateOf(workspace)).toEqual(expected);
          expect(brought).toEqual(expect.arrayContaining(records));
          expect(naming.length > 0 && !references).toBe(false);
          expect(references ? done.references_left : 0).toBe(0);
          const unasked = done.records.filter(({ why }) => why !== 'asked' && why !== 'reference');
          expect(unasked.filter((one) => before[one.id] !== undefined)).toEqual([]);
          expect(unasked.filter(({ why }) => why === 'link' && !links)).toEqual([]);

          expect(done.op_id === null).toBe(done.records.every(({ action }) => action === 'none'));
          if (done.op_id !== null) await owner.history.undoChange({ op_id: done.op_id });
          expect(stateOf(workspace)).toEqual(before);
          expect((await workspace.verify()).ok).toBe(true);
        }),
    ),
    { numRuns: runs },
  );
});
