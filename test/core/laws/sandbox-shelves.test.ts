import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { refusalIn } from '#test/support/refusal.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);

const which = fc.nat({ max: 2 });
const name = fc.constantFrom('one', 'ONE', 'two', 'three', 'four', 'five', 'six', 'seven', 'live');
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('take' as const), name }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('rename' as const), which, name }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('discard' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('recover' as const),
      which,
      name: fc.option(name, { nil: undefined }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('empty' as const) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

/** What was acknowledged: sandboxes in the order they were taken, with the changes made in each, and how many were deleted for good. */
class Acknowledged {
  readonly edits = new Map<string, number>();
  deleted = 0;

  id(index: number): string {
    const ids = [...this.edits.keys()];
    return ids[index % ids.length] ?? 'sbx_none';
  }
}

async function edit(workspace: TestWorkspace, id: string, seen: Acknowledged): Promise<void> {
  const core = await openSandbox(workspace, id);
  await clientOf(core).entities.create({ type: 'university', data: { name: 'Played' } });
  await core.close();
  seen.edits.set(id, (seen.edits.get(id) ?? 0) + 1);
}

async function perform(
  workspace: TestWorkspace,
  client: Client,
  one: Deed,
  seen: Acknowledged,
): Promise<void> {
  const { sandboxes } = client;
  if (one.kind === 'take') seen.edits.set((await take(client, one.name)).id, 0);
  else if (one.kind === 'empty') {
    const { removed } = await sandboxes.emptyTrash({});
    seen.deleted += removed;
  } else if (one.kind === 'edit') await edit(workspace, seen.id(one.which), seen);
  else if (one.kind === 'rename') await sandboxes.rename({ id: seen.id(one.which), name: one.name });
  else if (one.kind === 'discard') await sandboxes.discard({ id: seen.id(one.which) });
  else
    await sandboxes.recover({
      id: seen.id(one.which),
      ...(one.name === undefined ? {} : { name: one.name }),
    });
}

test('after any concurrent operations each sandbox is in one place with all its changes, or was deleted by name', async () => {
  const outcomes = new Map<string, number>();
  const batches = fc.array(fc.array(deed, { minLength: 1, maxLength: 3, size: 'max' }), {
    minLength: 10,
    maxLength: 18,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(batches, (together) =>
      withWorkspace(template, async (workspace) => {
        const clients = [
          workspace.as(),
          clientOf(await workspace.another()),
          clientOf(await workspace.another()),
        ];
        const seen = new Acknowledged();
        for (const first of ['first', 'second']) seen.edits.set((await take(workspace.as(), first)).id, 0);
        await workspace.as().sandboxes.discard({ id: seen.id(1) });
        for (const batch of together)
          await Promise.all(
            batch.map(async (one, at) => {
              const code = await perform(workspace, clients[at] as Client, one, seen).then(
                () => 'done',
                (error: unknown) => refusalIn(error).code,
              );
              expect(['done', 'NOT_FOUND', 'INVALID', 'BUSY']).toContain(code);
              outcomes.set(`${one.kind} ${code}`, (outcomes.get(`${one.kind} ${code}`) ?? 0) + 1);
            }),
          );
        const [here, gone] = [
          await workspace.as().sandboxes.list({}),
          await workspace.as().sandboxes.trash({}),
        ];
        const known = new Map([...here, ...gone].map((one) => [one.id, one]));
        expect(known.size).toBe(here.length + gone.length);
        expect(known.size).toBe(seen.edits.size - seen.deleted);
        for (const { id, problem, changes } of known.values())
          expect({ problem, changes }).toEqual({ problem: null, changes: seen.edits.get(id) });
        const names = here.map((one) => one.name?.toLowerCase());
        expect(new Set(names).size).toBe(names.length);
        expect([
          ...here.map((one) => one.discarded === null),
          ...gone.map((one) => one.discarded !== null),
        ]).not.toContain(false);
      }),
    ),
    { numRuns: lawRuns(10) },
  );
  for (const kind of ['take', 'rename', 'discard', 'recover', 'edit', 'empty'])
    expect(outcomes.get(`${kind} done`), kind).toBeGreaterThan(0);
});
