import { describe, expect, test } from 'vitest';
import { retryOnChange } from '#core/log/retry-on-change.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const teamsOf = ({ core }: TestWorkspace): number =>
  core.services.read.get<{ n: number }>('SELECT count(*) AS n FROM teams')?.n ?? 0;
const write = (workspace: TestWorkspace): Promise<unknown> =>
  workspace.as().entities.create({ type: 'team', data: { name: 'T' } });

/** Counts the teams five times, with a pause after each; `made` says how often it was begun. */
function counting(workspace: TestWorkspace) {
  let made = 0;
  const work = function* work(): Generator<number, number[], void> {
    made += 1;
    const counts: number[] = [];
    for (let at = 0; at < 5; at += 1) {
      counts.push(teamsOf(workspace));
      yield at;
    }
    return counts;
  };
  return { work, made: () => made };
}

describe('reads that pause', () => {
  test('run once without concurrent writes', async () => {
    const workspace = await testWorkspace();
    const { work, made } = counting(workspace);
    const steps = [...retryOnChange(workspace.core.services.read, work)];
    expect(steps).toEqual([0, 1, 2, 3, 4]);
    expect(made()).toBe(1);
  });

  test('see one moment during writes, and end however many there are', async () => {
    for (const writes of [1, 2, 3, 4, 30]) {
      for (const first of [0, 1, 4]) {
        const workspace = await testWorkspace();
        const { work, made } = counting(workspace);
        const steps = retryOnChange(workspace.core.services.read, work);
        let step = steps.next();
        for (let pause = 0; !step.done; step = steps.next(), pause += 1) {
          if (pause >= first && pause < first + writes) await write(workspace);
        }
        expect(new Set(step.value).size, `${writes} from ${first}`).toBe(1);
        expect(step.value[0]).toBe(teamsOf(workspace));
        expect(made()).toBeLessThanOrEqual(4);
      }
    }
  });
});
