import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BackgroundWork } from '#core/kernel/background-work.ts';

test('closing cancels running work and waits for its cleanup; later work is cancelled at once', async () => {
  const background = new BackgroundWork();
  const told: string[] = [];
  const work = async (onProgress: (progress: never) => void, signal: AbortSignal): Promise<string> => {
    onProgress({ kind: 'progress' } as never);
    while (!signal.aborted) await sleep(1);
    await sleep(20);
    told.push('cleared up');
    throw new Error('given up');
  };
  const stream = background.stream(work);
  await stream.next();
  await background.close();
  expect(told).toEqual(['cleared up']);
  await expect(stream.next()).rejects.toThrow('given up');
  await expect(
    background
      .stream((_, signal) => (signal.aborted ? Promise.reject(new Error('too late')) : Promise.resolve(1)))
      .next(),
  ).rejects.toThrow('too late');
});
