import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { deed, JobHistory } from '#test/support/job-history.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { TestWorkspace } from '#test/support/workspace.ts';

const workspace = await TestWorkspace.create();
afterAll(() => workspace.dispose());

test('whatever workers, crashes, clocks and people do, each job ends, and each effect is there once', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 60 }), async (deeds) => {
      const history = new JobHistory(workspace);
      for (const one of deeds) await history.play(one);
      await history.finish();
      history.check();
      expect(history.problems).toEqual([]);
      refused += history.refused;
    }),
    { numRuns: lawRuns(150) },
  );
  // The histories did have workers that tried to write after they had lost their lease.
  expect(refused).toBeGreaterThan(10);
  expect((await workspace.verify()).ok).toBe(true);
});
