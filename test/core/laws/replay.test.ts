import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { expectSound } from '#test/support/invariants.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, verified, withWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const sound = { ok: true, integrity: { problems: [] }, chain: { problems: [] }, replay: { problems: [] } };

test('replaying the audit from empty gives exactly the live tables, whatever several people did', async () => {
  const outcomes = new Map<string, number>();
  const count = (key: string): void => void outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 10, maxLength: 60 }), (steps) =>
      withWorkspace(template, async (workspace) => {
        const cores = [workspace.core, await workspace.another()];
        for (const step of steps) count(`${step.deed.kind} ${(await perform(cores, step))?.code ?? 'done'}`);
        workspace.raw(expectSound);
        expect(await verified(workspace.as())).toMatchObject(sound);
      }),
    ),
    { numRuns: lawRuns(50) },
  );
  if (process.env['LAW_RUNS']) console.log(Object.fromEntries(outcomes));
  // The histories must not be made of refusals only.
  for (const kind of [
    'create',
    'update',
    'remove',
    'restore',
    'profile',
    'undo',
    'redo',
    'burst',
    'import',
    'change',
    'edit',
    'removeMany',
    'restoreMany',
    'view',
    'arrange',
    'release',
  ]) {
    expect(outcomes.get(`${kind} done`), kind).toBeGreaterThan(0);
  }
});
