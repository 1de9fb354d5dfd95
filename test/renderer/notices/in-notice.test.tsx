import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Progress } from '#shared/contract/progress.ts';
import { cancelled } from '#renderer/api/failures.ts';
import { inNotice } from '#renderer/ui/in-notice.tsx';
import { draw } from '../support/draw.tsx';

type Step = Progress | { kind: 'result'; result: string };

/** Work that goes on until it is told to end or given up. */
function begin(name: string): { end: () => void; over: Promise<string | null> } {
  const ended = Promise.withResolvers<void>();
  async function* work(signal: AbortSignal): AsyncGenerator<Step> {
    signal.addEventListener('abort', () => ended.reject(cancelled()));
    await ended.promise;
    yield { kind: 'result', result: name };
  }
  const over = inNotice({
    id: 'work',
    title: `Doing ${name}`,
    start: (signal) => Promise.resolve(work(signal)),
    done: (result) => ({ title: `Did ${result}` }),
    cancelled: { title: `Gave up ${name}` },
    failed: `Failed ${name}`,
  });
  return { end: () => ended.resolve(), over };
}

const noticeOf = async (title: string): Promise<HTMLElement> => {
  const [said] = await screen.findAllByText(title);
  return said?.closest('[role=alert]') as HTMLElement;
};

it('work of one kind that goes on at the same time has a notice and a Cancel each', async () => {
  const { hands } = draw(null);
  const [first, second] = [begin('the first'), begin('the second')];
  const shown = await noticeOf('Doing the first');
  await noticeOf('Doing the second');
  await hands.click(within(shown).getByRole('button', { name: 'Cancel' }));
  expect(await first.over).toBeNull();
  await screen.findByText('Gave up the first');
  expect(within(await noticeOf('Doing the second')).getByRole('button', { name: 'Cancel' })).toBeTruthy();
  second.end();
  expect(await second.over).toBe('the second');
  await screen.findByText('Did the second');
  const third = begin('the third');
  await waitFor(() => expect(screen.queryByText('Gave up the first')).toBeNull());
  third.end();
  await third.over;
});
