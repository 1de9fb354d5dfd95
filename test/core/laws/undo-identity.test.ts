import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Core } from '#core/open.ts';
import { essence, readLive } from '#test/support/live.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const runs = lawRuns(15);

const stateOf = (workspace: TestWorkspace): unknown => workspace.raw((db) => essence(readLive(db)));
const transactionsIn = (core: Core): number =>
  core.services.read.get<{ n: number }>('SELECT count(*) AS n FROM audit_transactions')?.n ?? 0;

/** A history of one person's changes only. */
const changes = histories({ minLength: 1, maxLength: 12 }).map((steps) =>
  steps
    .filter(({ deed }) => deed.kind !== 'undo' && deed.kind !== 'redo')
    .map((step) => ({ ...step, actor: 'Ada' as const })),
);

/** The state before each of the changes made, and how many transactions each made. */
interface Past {
  before: unknown;
  made: number;
}

async function live(
  workspace: TestWorkspace,
  cores: readonly Core[],
  steps: readonly Parameters<typeof perform>[1][],
): Promise<Past[]> {
  const past: Past[] = [];
  for (const step of steps) {
    const before = stateOf(workspace);
    const count = transactionsIn(workspace.core);
    await perform(cores, step);
    const made = transactionsIn(workspace.core) - count;
    if (made > 0) past.push({ before, made });
  }
  return past;
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < count; done++) await work();
}

test('undoing changes one by one goes back through every state, and redoing comes forward through them', async () => {
  await fc.assert(
    fc.asyncProperty(changes, (steps) =>
      withWorkspace(template, async (workspace) => {
        const past = await live(workspace, [workspace.core], steps);
        const states = [...past.map(({ before }) => before), stateOf(workspace)];
        const ada = workspace.as();
        for (const { before, made } of past.toReversed()) {
          await times(made, () => ada.history.undo({ on_conflict: 'ask' }));
          expect(stateOf(workspace)).toEqual(before);
        }
        for (const [index, { made }] of past.entries()) {
          await times(made, () => ada.history.redo({ on_conflict: 'ask' }));
          expect(stateOf(workspace)).toEqual(states[index + 1]);
        }
        expect((await ada.history.nextSteps({})).redo).toBeNull();
      }),
    ),
    { numRuns: runs },
  );
});

test('undo and redo are one line for all windows and commands, and go on after a restart', async () => {
  await fc.assert(
    fc.asyncProperty(changes, fc.nat({ max: 12 }), (steps, back) =>
      withWorkspace(template, async (workspace) => {
        const other = await workspace.another();
        const past = await live(workspace, [workspace.core, other], steps);
        const end = stateOf(workspace);
        const all = past.reduce((sum, { made }) => sum + made, 0);
        const first = Math.min(back, all);
        const elsewhere = other.client(other.session());
        await times(first, () => elsewhere.history.undo({}));
        await workspace.reopen();
        await times(all - first, () => workspace.as().history.undo({}));
        expect(stateOf(workspace)).toEqual(past[0]?.before ?? end);
        await times(first, () => workspace.as().history.redo({}));
        await workspace.reopen();
        await times(all - first, () => elsewhere.history.redo({}));
        expect(stateOf(workspace)).toEqual(end);
      }),
    ),
    { numRuns: Math.ceil(runs / 2) },
  );
});

test('a new change ends the possibility to redo', async () => {
  await withWorkspace(template, async (workspace) => {
    const ada = workspace.as();
    await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
    await ada.history.undo({});
    expect((await ada.history.nextSteps({})).redo).not.toBeNull();
    await ada.entities.update({ type: 'team', id: 'team-b', data: { size: 9 } });
    expect((await ada.history.nextSteps({})).redo).toBeNull();
  });
});
