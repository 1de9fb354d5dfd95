import { fc } from '@fast-check/vitest';
import type Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { essence, readLive } from '#test/support/live.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);

type Payload = Record<string, unknown>;
type State = Record<string, { type: string; payload: Payload }>;
interface Transaction {
  id: number;
  changes: number;
  op_id: string;
}
interface Row {
  action: string;
  entity_type: string;
  entity_id: string;
  payload_before: string | null;
  payload_after: string | null;
}
const parse = (text: string | null): Payload => JSON.parse(text ?? '{}') as Payload;
const stateIn = (db: Database.Database): State => structuredClone(essence(readLive(db))) as State;

const changesIn = (db: Database.Database): Transaction[] =>
  db
    .prepare(
      `SELECT id, changes, op_id FROM audit_transactions
       WHERE undoes IS NULL AND redoes IS NULL AND label <> 'workspace.create' ORDER BY id`,
    )
    .all() as Transaction[];

/** The transaction that had the effect of a change last: itself, its undo or its redo. */
const latestIn = (db: Database.Database, { op_id }: Transaction): Transaction =>
  db
    .prepare(
      'SELECT id, changes, op_id FROM audit_transactions WHERE ? IN (op_id, undoes, redoes) ORDER BY id DESC LIMIT 1',
    )
    .get(op_id) as Transaction;

const rowsIn = (db: Database.Database, { id, changes }: Transaction): Row[] =>
  db
    .prepare('SELECT * FROM audit_logs WHERE id >= ? AND id < ? ORDER BY id DESC')
    .all(id, id + changes) as Row[];

/** The state with one transaction taken back: its records and fields as they were before it, all else as it is. */
function without(now: State, rows: readonly Row[]): State {
  const state = structuredClone(now);
  for (const { action, entity_type, entity_id, payload_before, payload_after } of rows) {
    const [before, after] = [parse(payload_before), parse(payload_after)];
    const record = state[entity_id];
    if (action === 'delete') state[entity_id] ??= { type: entity_type, payload: before };
    else if (action !== 'update') delete state[entity_id];
    else if (record) {
      for (const field of Object.keys(after)) if (!Object.hasOwn(before, field)) delete record.payload[field];
      Object.assign(record.payload, before);
    }
  }
  return state;
}

/** Whether anything was done to one of its records after it. */
const wasTouched = (db: Database.Database, { id, changes }: Transaction): boolean =>
  db
    .prepare(
      `SELECT 1 FROM audit_logs WHERE id >= :end AND entity_id IN
         (SELECT entity_id FROM audit_logs WHERE id >= :id AND id < :end) LIMIT 1`,
    )
    .get({ id, end: id + changes }) !== undefined;

type Outcome = 'undone' | 'UNDO_CONFLICT' | 'NOTHING_TO_UNDO';

/** What came of undoing one change by itself: done, or the refusal, with why. */
async function tryUndo(workspace: TestWorkspace, op_id: string): Promise<[Outcome, string[]]> {
  try {
    const { left } = await workspace.as().history.undoChange({ op_id });
    return ['undone', left.map(({ reason }) => reason)];
  } catch (error) {
    const { code, data } = refusalIn(error);
    const { conflicts = [] } = data as { conflicts?: { reason: string }[] };
    return [code as Outcome, conflicts.map(({ reason }) => reason)];
  }
}

async function undoOne(workspace: TestWorkspace, pick: number): Promise<Outcome> {
  const all = workspace.raw(changesIn);
  const change = all[pick % all.length] as Transaction;
  const [now, last] = workspace.raw((db) => [stateIn(db), latestRow(db)] as const);
  const [rows, free] = workspace.raw((db) => {
    const latest = latestIn(db, change);
    return [rowsIn(db, latest), latest.id === change.id && !wasTouched(db, change)] as const;
  });
  const [outcome, reasons] = await tryUndo(workspace, change.op_id);
  const done = outcome === 'undone';
  expect(['undone', 'UNDO_CONFLICT', 'NOTHING_TO_UNDO']).toContain(outcome);
  expect(workspace.raw(stateIn)).toEqual(done ? without(now, rows) : now);
  expect(workspace.raw(latestRow) === last).toBe(!done);
  expect(reasons.length > 0).toBe(outcome === 'UNDO_CONFLICT');
  // What nobody has touched can only be in use by others now, or refer to what is gone.
  const others = reasons.filter((reason) => reason !== 'in_use' && reason !== 'end_missing');
  expect(free ? others : []).toEqual([]);
  return outcome;
}

const latestRow = (db: Database.Database): number =>
  (db.prepare('SELECT max(id) AS id FROM audit_logs').get() as { id: number }).id;

test('undoing an old change restores its fields and leaves all others, or is refused without a write', async () => {
  const outcomes = new Map<Outcome, number>();
  await fc.assert(
    fc.asyncProperty(
      histories({ minLength: 6, maxLength: 25 }),
      fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 8 }),
      (steps, picks) =>
        withWorkspace(template, async (workspace) => {
          for (const step of steps) await perform([workspace.core], step);
          for (const pick of picks) {
            const outcome = await undoOne(workspace, pick);
            outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          }
          expect((await workspace.verify()).ok).toBe(true);
        }),
    ),
    { numRuns: lawRuns(30) },
  );
  expect([...outcomes.keys()]).toContain('undone');
  expect([...outcomes.keys()]).toContain('UNDO_CONFLICT');
});
