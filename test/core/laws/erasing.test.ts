import { sinceBase } from '#shared/domain/points-in-time.ts';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Core } from '#core/open.ts';
import { expectSound } from '#test/support/invariants.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { openAt, transactionsOf } from '#test/support/moments.ts';
import { erasePerson, filesWith } from '#test/support/people.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import type { Step } from '#test/support/steps.ts';
import { makeTemplate, verified, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const sound = { ok: true, integrity: { problems: [] }, chain: { problems: [] }, replay: { problems: [] } };

const lives = fc.record({
  before: histories({ minLength: 1, maxLength: 15 }),
  between: histories({ maxLength: 10 }),
  after: histories({ minLength: 3, maxLength: 15 }),
  pick: fc.nat({ max: 1000 }),
  removed: fc.boolean(),
  purge: fc.boolean(),
});

const nameOf = (number: number): string => `Xandra Ypsilon-${number}ö`;
const fieldOf = (number: number): string => `private matter no. ${number}`;

const visible = (core: Core, table: 'students' | 'teams', pick: number): string | null => {
  const ids = core.services.read.column<string>(
    `SELECT id FROM ${table} WHERE deleted_at IS NULL AND hidden = 0 ORDER BY id`,
  );
  return ids[pick % ids.length] ?? null;
};

/** Makes a student known by values that nothing else has, in the record, its history, a text and a label; returns its id, or null where there is none. */
async function introduce(core: Core, client: Client, pick: number, removed: boolean): Promise<string | null> {
  const [id, team] = [visible(core, 'students', pick), visible(core, 'teams', pick)];
  if (id === null) return null;
  const data = { name: nameOf(0), expertise_area: fieldOf(0), own: { deep: [fieldOf(1)] } };
  await client.entities.update({ type: 'student', id, data });
  await client.entities.update({ type: 'student', id, data: { name: nameOf(1), own: fieldOf(2) } });
  const text = { description: `see ${nameOf(1)}!` };
  if (team !== null) await client.entities.update({ type: 'team', id: team, data: text });
  if (removed) await client.entities.remove({ type: 'student', id });
  return id;
}

async function go(core: Core, steps: readonly Step[], count: Map<string, number>): Promise<void> {
  for (const step of steps) {
    const key = (await perform([core], step)) ? 'refused' : step.deed.kind;
    count.set(key, (count.get(key) ?? 0) + 1);
  }
}

const secrets = [nameOf(0), nameOf(1), fieldOf(0), fieldOf(1), fieldOf(2)];

async function expectAllSound(workspace: TestWorkspace, sandbox: Core, middle: number): Promise<void> {
  workspace.raw(expectSound);
  expect(await verified(workspace.as())).toMatchObject(sound);
  expect(await verified(clientOf(sandbox))).toMatchObject(sound);
  const past = await openAt(workspace, middle);
  expect(await verified(clientOf(past))).toMatchObject(sound);
  await past.close();
}

test('after an erasure no file has its values, chain and replay hold everywhere, and others can continue and undo', async () => {
  const count = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(lives, ({ before, between, after, pick, removed, purge }) =>
      withWorkspace(template, async (workspace) => {
        const { core } = workspace;
        const ada = workspace.as();
        await go(core, before, count);
        const id = await introduce(core, ada, pick, removed);
        const { id: sandbox } = await take(ada, id === null ? 'Plan' : `of ${nameOf(1)}`);
        const inside = await openSandbox(workspace, sandbox);
        await go(inside, between, count);
        await go(core, between, count);
        if (id !== null) await erasePerson(ada, id);
        if (purge) await resultOf(await ada.people.purge({ days: 0 }));
        expect(filesWith(workspace, secrets)).toEqual([]);
        await expectAllSound(workspace, inside, transactionsOf(core)[before.length] ?? 1);
        await go(core, after, count);
        await resultOf(await ada.compare.between(sinceBase(sandbox)));
        expect(filesWith(workspace, secrets)).toEqual([]);
        await expectAllSound(workspace, inside, transactionsOf(core).at(-2) ?? 1);
      }),
    ),
    { numRuns: lawRuns(15) },
  );
  for (const kind of ['create', 'update', 'undo']) expect(count.get(kind), kind).toBeGreaterThan(0);
});
