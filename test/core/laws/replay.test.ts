import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { readLive } from '#test/support/live.ts';
import { replayAudit } from '#test/support/replay.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { verified, withWorkspace } from '#test/support/workspace.ts';

const byId = <V>(map: ReadonlyMap<string, V>): [string, V][] =>
  [...map].toSorted(([left], [right]) => (left < right ? -1 : 1));

test('replaying the audit from empty gives exactly the live tables, after whatever several people did', async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 5, maxLength: 40 }), (steps) =>
      withWorkspace(async (workspace) => {
        await preparePeople(workspace);
        const cores = [workspace.core, await workspace.another()];
        for (const step of steps) {
          const refusal = await perform(cores, step);
          const key = `${step.deed.kind} ${refusal?.code ?? 'done'}`;
          outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
        }
        workspace.raw((db) => expect(byId(replayAudit(db))).toEqual(byId(readLive(db))));
        const found = await verified(workspace.as());
        expect(found).toMatchObject({ ok: true, integrity: { problems: [] }, chain: { problems: [] }, replay: { problems: [] } });
      }),
    ),
    { numRuns: 40 },
  );
  if (process.env['SHOW_OUTCOMES']) console.log(byId(outcomes));
  // The histories must not be made of refusals only.
  for (const kind of ['create', 'update', 'remove', 'restore', 'profile', 'undo', 'redo', 'burst']) {
    expect(outcomes.get(`${kind} done`), kind).toBeGreaterThan(0);
  }
});
