import { fc } from '@fast-check/vitest';
import type Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);

interface Transaction {
  id: number;
  changes: number;
  op_id: string;
  actor: string;
  undoes: string | null;
  redoes: string | null;
}
interface Row {
  action: string;
  entity_id: string;
  payload_before: string | null;
  payload_after: string | null;
}
type Payload = Record<string, unknown>;
const parse = (text: string | null): Payload => JSON.parse(text ?? '{}') as Payload;

const rowsOf = (db: Database.Database, { id, changes }: Transaction): Row[] =>
  db.prepare('SELECT * FROM audit_logs WHERE id >= ? AND id < ? ORDER BY id').all(id, id + changes) as Row[];

/** The transaction whose effect an undo or redo took back: the latest about the same change before it. */
function inverted(all: readonly Transaction[], step: Transaction): Transaction {
  const change = step.undoes ?? step.redoes;
  const about = ({ op_id, undoes, redoes }: Transaction): boolean => [op_id, undoes, redoes].includes(change);
  return all.filter((one) => one.id < step.id && about(one)).at(-1) as Transaction;
}

/** Every row of an undo finds the record exactly as the change that it takes back had left it, and puts it back as it was. */
function expectNothingOverwritten(db: Database.Database): number {
  const all = db.prepare('SELECT * FROM audit_transactions ORDER BY id').all() as Transaction[];
  const steps = all.filter(({ undoes, redoes }) => undoes !== null || redoes !== null);
  for (const step of steps) {
    const was = inverted(all, step);
    expect(was.actor, 'everybody undoes the own changes only').toBe(step.actor);
    const originals = rowsOf(db, was).toReversed();
    for (const row of rowsOf(db, step)) {
      const at = originals.findIndex(
        ({ entity_id, action }) => entity_id === row.entity_id && opposite(action, row.action),
      );
      const original = originals.splice(at, 1)[0];
      expect(original, `${row.action} of ${row.entity_id}`).toBeDefined();
      if (original) expectInverse(row, original);
    }
  }
  return steps.length;
}

const opposite = (done: string, undone: string): boolean =>
  done === 'update' ? undone === 'update' : done === 'delete' ? undone === 'restore' : undone === 'delete';

function expectInverse(row: Row, original: Row): void {
  const [before, after] = [parse(row.payload_before), parse(row.payload_after)];
  const [from, to] = [parse(original.payload_before), parse(original.payload_after)];
  if (row.action === 'delete') return expect(before).toEqual(to);
  if (row.action === 'restore') return expect(after).toEqual(from);
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    expect([Object.hasOwn(before, field), before[field]], field).toEqual([
      Object.hasOwn(to, field),
      to[field],
    ]);
    expect([Object.hasOwn(after, field), after[field]], field).toEqual([
      Object.hasOwn(from, field),
      from[field],
    ]);
  }
}

test('undo and redo never overwrite later changes by others, unless requested', async () => {
  let undone = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      histories({ minLength: 15, maxLength: 50 }),
      fc.constantFrom('ask', 'leave'),
      (steps, onConflict) =>
        withWorkspace(template, async (workspace) => {
          for (const step of steps) {
            const { deed } = step;
            const careful = deed.kind === 'undo' || deed.kind === 'redo' ? { ...deed, onConflict } : deed;
            const refusal = await perform([workspace.core], { ...step, deed: careful });
            if (refusal?.code === 'UNDO_CONFLICT') refused += 1;
          }
          undone += workspace.raw(expectNothingOverwritten);
        }),
    ),
    { numRuns: lawRuns(30) },
  );
  expect(undone).toBeGreaterThan(0);
  if (process.env['LAW_RUNS']) console.log({ undone, refused });
});
