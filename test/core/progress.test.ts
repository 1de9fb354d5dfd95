import { describe, expect, it } from 'vitest';
import { progressStream, runSteps } from '#core/kernel/progress.ts';
import { stillClock } from './transfer/support.ts';

/** A clock that moves on by 60 ms at each look. */
function tickingClock() {
  let time = 0;
  return { now: () => 0, elapsed: () => (time += 60) };
}

function* count(to: number, ended: () => void = () => {}): Generator<number, string, void> {
  try {
    for (let at = 1; at <= to; at++) yield at;
    return 'done';
  } finally {
    ended();
  }
}

describe('work in steps', () => {
  it('yields to the event loop and reports progress', async () => {
    const told: number[] = [];
    let turns = 0;
    let ticking = setImmediate(function tick() {
      turns += 1;
      ticking = setImmediate(tick);
    });
    const pace = { clock: tickingClock(), onProgress: ({ done }: { done: number }) => told.push(done) };
    const result = await runSteps(pace, 'counting', count(30), 30);
    clearImmediate(ticking);
    expect(result).toBe('done');
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(turns).toBeGreaterThanOrEqual(told.length);
  });

  it('reports nothing while no time passes', async () => {
    const told: number[] = [];
    const pace = { clock: stillClock, onProgress: ({ done }: { done: number }) => told.push(done) };
    await runSteps(pace, 'counting', count(1000));
    expect(told).toEqual([]);
  });

  it('stops between two slices when it is cancelled, and the work cleans up', async () => {
    const stop = new AbortController();
    let ended = false;
    const endless = count(1e9, () => (ended = true));
    const pace = { clock: tickingClock(), signal: stop.signal, onProgress: () => stop.abort() };
    await expect(runSteps(pace, 'counting', endless)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(ended).toBe(true);
  });

  it('does not begin when it is cancelled already', async () => {
    const pace = { clock: stillClock, signal: AbortSignal.abort() };
    await expect(runSteps(pace, 'counting', count(3))).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('ends when the consumer of its stream leaves', async () => {
    let ended = false;
    const endless = count(1e9, () => (ended = true));
    const stream = progressStream((onProgress, signal) =>
      runSteps({ clock: tickingClock(), onProgress, signal }, 'counting', endless, 30),
    );
    for await (const progress of stream) {
      expect(progress).toMatchObject({ kind: 'progress', step: 'counting', total: 30 });
      break;
    }
    expect(ended).toBe(true);
  });
});
