import { expect, test } from 'vitest';
import { OneAtATime } from '#core/kernel/one-at-a-time.ts';

test('work runs in the order of the calls, one piece at a time, also after a failure', async () => {
  const turns = new OneAtATime();
  const seen: string[] = [];
  const work = (name: string) => async (): Promise<string> => {
    seen.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name} ends`);
    if (name === 'second') throw new Error('no');
    return name;
  };
  const results = await Promise.allSettled(['first', 'second', 'third'].map((name) => turns.run(work(name))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const order = ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]);
  expect(seen).toEqual(order);
});
