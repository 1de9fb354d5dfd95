import { describe, expect, it } from 'vitest';
import { runToEnd, streamSteps } from '#core/kernel/progress.ts';
import type { StepOptions } from '#core/kernel/progress.ts';
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

const steps = (more: Pick<StepOptions, 'clock' | 'signal'>): StepOptions => ({
  step: 'counting',
  total: 30,
  ...more,
});

describe('streamed work', () => {
  it('yields to the event loop and reports progress', async () => {
    const told: number[] = [];
    let turns = 0;
    let ticking = setImmediate(function tick() {
      turns += 1;
      ticking = setImmediate(tick);
    });
    const work = streamSteps(count(30), steps({ clock: tickingClock() }));
    const result = await runToEnd(work, ({ done }) => told.push(done));
    clearImmediate(ticking);
    expect(result).toBe('done');
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(turns).toBeGreaterThanOrEqual(told.length);
  });

  it('reports nothing while no time passes', async () => {
    const told: number[] = [];
    await runToEnd(streamSteps(count(1000), steps({ clock: stillClock })), ({ done }) => told.push(done));
    expect(told).toEqual([]);
  });

  it('stops between two slices when it is cancelled, and the work cleans up', async () => {
    const stop = new AbortController();
    let ended = false;
    const endless = count(1e9, () => (ended = true));
    const work = streamSteps(endless, steps({ clock: tickingClock(), signal: stop.signal }));
    await expect(runToEnd(work, () => stop.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(ended).toBe(true);
  });

  it('does not begin when it is cancelled already', async () => {
    const work = streamSteps(count(3), steps({ clock: stillClock, signal: AbortSignal.abort() }));
    await expect(runToEnd(work)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('ends the work when its listener leaves', async () => {
    let ended = false;
    const endless = count(1e9, () => (ended = true));
    for await (const progress of streamSteps(endless, steps({ clock: tickingClock() }))) {
      expect(progress).toMatchObject({ kind: 'progress', step: 'counting', total: 30 });
      break;
    }
    expect(ended).toBe(true);
  });
});
