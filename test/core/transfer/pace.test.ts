import { describe, expect, it } from 'vitest';
import { paced } from '#core/transfer/pace.ts';
import { stillClock } from './support.ts';

/** A clock that moves on by 4 ms at each look. */
function tickingClock() {
  let time = 0;
  return { now: () => 0, elapsed: () => (time += 4) };
}

function* count(to: number, ended: () => void): Generator<number, string, void> {
  try {
    for (let at = 1; at <= to; at++) yield at;
    return 'done';
  } finally {
    ended();
  }
}

describe('paced', () => {
  it('lets the event loop have its turn every 10 ms and says how far it is', async () => {
    const told: number[] = [];
    let turns = 0;
    let ticking = setImmediate(function tick() {
      turns += 1;
      ticking = setImmediate(tick);
    });
    const result = await paced(
      count(30, () => {}),
      { clock: tickingClock(), tell: (done) => told.push(done) },
    );
    clearImmediate(ticking);
    expect(result).toBe('done');
    expect(told.length).toBeGreaterThan(5);
    expect(turns).toBeGreaterThanOrEqual(told.length);
  });

  it('does not pause while no time passes', async () => {
    const told: number[] = [];
    await paced(
      count(1000, () => {}),
      { clock: stillClock, tell: (done) => told.push(done) },
    );
    expect(told).toEqual([]);
  });

  it('stops between two slices when it is cancelled, and the work cleans up', async () => {
    const stop = new AbortController();
    let ended = false;
    const work = paced(
      count(1e9, () => (ended = true)),
      {
        clock: tickingClock(),
        signal: stop.signal,
        tell: () => stop.abort(),
      },
    );
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(ended).toBe(true);
  });

  it('does not begin when it is cancelled already', async () => {
    const work = count(3, () => {});
    await expect(paced(work, { clock: stillClock, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
