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
import { sumOf } from '#shared/domain/counts.ts';
import { isRestorable } from '#core/restore/records/between.ts';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import { isEntityType } from '#shared/domain/types.ts';
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

const lastDeletion = `SELECT meta ->> '$.because' FROM audit_logs WHERE entity_id = ? AND action = 'delete'
  ORDER BY id DESC LIMIT 1`;

/** What of a backup went with universities that are gone. */
function wentWith(
  { files }: TestWorkspace,
  universities: readonly string[],
  kept: State,
  before: State,
): string[] {
  const db = new Database(files.live, { readonly: true });
  try {
    const because = db.prepare(lastDeletion).pluck();
    return Object.entries(kept).flatMap(([id, { type, payload }]) => {
      const of = String(payload['university_id']);
      const went = isEntityType(type) && !before[id] && !before[of] && universities.includes(of);
      return went && because.get(id) === of ? id : [];
    });
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
      fc.record({ contents: fc.boolean(), links: fc.boolean(), references: fc.boolean() }),
      fc.boolean(),
      async (first, then, picks, along, whole) =>
        withWorkspace(template, async (workspace) => {
          for (const step of first) await perform([workspace.core], step);
          const kept = stateOf(workspace);
          const { id } = await backUp(workspace);
          for (const step of then) await perform([workspace.core], step);
          const owner = workspace.as();
          const remove = { type: 'university', id: 'uni-a', with_contents: true } as const;
          if (whole) await owner.entities.remove(remove).catch(refusalIn);
          const before = stateOf(workspace);
          const { contents, links, references } = along;

          const differing = await resultOf(await owner.backups.diff({ id, limit: 1000 }));
          const restorable = Object.entries(kept).flatMap(([one, { type }]) =>
            isRestorable(type) ? one : [],
          );
          const differ = restorable.filter((one) => !isDeepStrictEqual(kept[one], before[one]));
          expect(differing.rows.map((row) => row.id).toSorted()).toEqual(differ.toSorted());

          fc.pre(restorable.length > 0);
          const picked = picks.map((pick) => restorable[pick % restorable.length] as string);
          const records = [...new Set([...(whole && kept['uni-a'] ? ['uni-a'] : []), ...picked])];
          const went = wentWith(workspace, records, kept, before);
          const asked = { id, records, ...along };
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
          const came = unasked.filter(({ why }) => why === 'contents');
          expect(came.filter(() => !contents)).toEqual([]);
          expect(brought).toEqual(expect.arrayContaining(contents ? went : []));
          const { interfaces: _, ...left } = done.contents_left;
          const others = went.filter((one) => !records.includes(one));
          expect(sumOf(left)).toBe(contents ? 0 : others.length);
          const owned = came.filter(({ type }) => type !== 'interface').map((one) => one.id);
          expect(owned.toSorted()).toEqual(contents ? others.toSorted() : []);

          expect(done.op_id === null).toBe(done.records.every(({ action }) => action === 'none'));
          if (done.op_id !== null) await owner.history.undoChange({ op_id: done.op_id });
          expect(stateOf(workspace)).toEqual(before);
          expect((await workspace.verify()).ok).toBe(true);
        }),
    ),
    { numRuns: runs },
  );
});
