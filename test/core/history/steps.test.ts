import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { ReadHandle } from '#core/kernel/db/connection.ts';
import type { CurrentStep } from '#shared/contract/history.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const runs = lawRuns(13);
const teamA = { type: 'team', id: 'team-a' } as const;
const teamB = { type: 'team', id: 'team-b' } as const;

async function open(): Promise<{ ada: Client; rea: Client }> {
  const workspace = await testWorkspace({ template });
  return { ada: workspace.as(), rea: workspace.as('Rea') };
}

const size = async (client: Client, value: number, team: typeof teamA | typeof teamB = teamA) =>
  (await client.entities.update({ ...team, data: { size: value } })).op_id as string;

/** What undo would take, in that order. */
async function takes(client: Client, skip: string[] = []): Promise<string[]> {
  const { undo } = await client.history.steps({ skip });
  return undo.filter(({ blocked }) => blocked === null).map(({ op_id }) => op_id);
}

/** The transaction that made a step last: of an own change that its maker made again and that stands so, the redo. */
function madeLast(db: ReadHandle, step: CurrentStep, actor: string): number {
  const latest = db.get<{ id: number; redoes: string | null; actor: string }>(
    'SELECT id, redoes, actor FROM audit_transactions WHERE undoes = :op OR redoes = :op ORDER BY id DESC LIMIT 1',
    { op: step.op_id },
  );
  const again = latest?.redoes === step.op_id && latest.actor === actor && step.actor.id === actor;
  return again ? latest.id : step.id;
}

describe('the steps of undo and redo', () => {
  test('are the actor’s changes by name, newest first, and undone ones, next first', async () => {
    const { ada } = await open();
    const [one, two, three] = [await size(ada, 11), await size(ada, 12), await size(ada, 13)];
    expect((await takes(ada)).slice(0, 3)).toEqual([three, two, one]);
    expect((await ada.history.steps({})).redo).toEqual([]);
    await ada.history.undo({});
    await ada.history.undo({});
    const { undo, redo } = await ada.history.steps({});
    expect(undo[0]).toMatchObject({ op_id: one, label: 'team.update', blocked: null });
    expect(redo.map(({ op_id, label }) => [op_id, label])).toEqual([
      [two, 'team.update'],
      [three, 'team.update'],
    ]);
    expect(redo[0]?.params).toMatchObject({ title: 'Alpine team' });
  });

  test('show changes of others in between', async () => {
    const { ada, rea } = await open();
    const mine = await size(ada, 11);
    const theirs = await size(rea, 12, teamB);
    const { undo } = await ada.history.steps({ limit: 2 });
    expect(undo).toMatchObject([
      { op_id: theirs, blocked: 'others', actor: { name: 'Rea' } },
      { op_id: mine, blocked: null },
    ]);
    // What others took back themselves is nothing that stands.
    await rea.history.undo({});
    expect((await ada.history.steps({ limit: 1 })).undo[0]).toMatchObject({ op_id: mine });
  });

  test('are skipped by undo and redo on request, and come next again without that', async () => {
    const { ada } = await open();
    const [one, two] = [await size(ada, 11), await size(ada, 12, teamB)];
    const next = async (skip: string[] = []) => {
      const { undo, redo } = await ada.history.nextSteps({ skip });
      return [undo?.op_id, redo?.op_id];
    };
    const sizes = async () =>
      Promise.all([teamA, teamB].map(async ({ id }) => (await ada.entities.find({ id })).payload['size']));
    expect(await next([two])).toEqual([one, undefined]);
    await ada.history.undo({ skip: [two] });
    expect(await sizes()).toEqual([5, 12]);
    expect(await next()).toEqual([two, one]);
    await ada.history.undo({});
    expect(await sizes()).toEqual([5, 5]);
    expect((await next())[1]).toBe(two);
    expect((await next([two]))[1]).toBe(one);
    await ada.history.redo({ skip: [two] });
    expect(await sizes()).toEqual([11, 5]);
    expect((await next())[1]).toBe(two);
  });

  test('a new change leaves nothing to redo; another person’s does not', async () => {
    const { ada, rea } = await open();
    await size(ada, 11);
    await ada.history.undo({});
    await size(rea, 12, teamB);
    expect((await ada.history.steps({})).redo).toHaveLength(1);
    await size(ada, 13, teamB);
    expect((await ada.history.steps({})).redo).toHaveLength(0);
  });

  test('begin with the next undo and redo, after any changes by anybody', async () => {
    await fc.assert(
      fc.asyncProperty(histories({ minLength: 1, maxLength: 14 }), (steps) =>
        withWorkspace(template, async (workspace) => {
          for (const step of steps) await perform([workspace.core], step);
          // Undoing everything may have taken her away.
          const people = await workspace.as().workspace.profiles({});
          const clients = people.flatMap(({ name }) =>
            ['Ada', 'Rea'].includes(name) ? workspace.as(name) : [],
          );
          for (const client of clients) {
            const state = await client.history.nextSteps({});
            const listed = await client.history.steps({ limit: 200 });
            const next = listed.undo.find(({ blocked }) => blocked === null);
            expect(next?.op_id).toBe(state.undo?.op_id);
            expect(listed.redo[0]?.op_id).toBe(state.redo?.op_id);
            expect(next?.label).toBe(state.undo?.label);
            const { id: actor } = (await client.workspace.info({})).actor;
            const made = listed.undo.map((one) => madeLast(workspace.core.services.read, one, actor));
            expect(made).toEqual(made.toSorted((a, b) => b - a));
          }
        }),
      ),
      { numRuns: runs },
    );
  });

  test('of redo are taken in the order in which they are listed', async () => {
    const { ada } = await open();
    for (const value of [11, 12, 13]) await size(ada, value);
    for (let done = 0; done < 3; done += 1) await ada.history.undo({});
    const listed = (await ada.history.steps({})).redo.map(({ op_id }) => op_id);
    for (const op_id of listed) {
      expect((await ada.history.nextSteps({})).redo?.op_id).toBe(op_id);
      await ada.history.redo({ expect: op_id });
    }
    expect((await ada.history.steps({})).redo).toEqual([]);
  });
});
