import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '#core/language-models/circuit-breaker.ts';
import { TestClock } from '#test/support/seeded.ts';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant('fail' as const) },
  { weight: 1, arbitrary: fc.constantFrom('succeed' as const, 'cancel' as const) },
  { weight: 2, arbitrary: fc.constantFrom(1_000, 29_000, 30_000, 60_000, 600_000, -3_600_000) },
);

describe('the circuit breaker of a model', () => {
  test.prop([fc.array(step, { maxLength: 60 })])(
    'opens after three failures in a row, for a time that doubles up to 10 minutes',
    (steps) => {
      const clock = new TestClock(0, 0);
      const breaker = new CircuitBreaker(clock);
      let [failures, pause, until] = [0, 0, 0];
      for (const next of steps) {
        if (typeof next === 'number') {
          clock.time += next;
          continue;
        }
        const left = until - clock.time;
        const isOpen = pause > 0 && left > 0 && left <= pause;
        expect(breaker.begin()).toBe(isOpen ? Math.ceil(left / 1000) : null);
        if (isOpen) continue;
        breaker[next]();
        if (next === 'succeed') [failures, pause] = [0, 0];
        if (next !== 'fail') continue;
        failures += 1;
        if (failures < 3) continue;
        pause = pause === 0 ? 30_000 : Math.min(600_000, pause * 2);
        until = clock.time + pause;
        expect(breaker.state).toEqual({ state: 'open', seconds: pause / 1000 });
      }
    },
  );

  it('lets one request through as a trial, and those of a person at any time', () => {
    const clock = new TestClock(0, 0);
    const breaker = new CircuitBreaker(clock);
    for (let time = 0; time < 3; time += 1) breaker.begin();
    for (let time = 0; time < 3; time += 1) breaker.fail();
    expect(breaker.begin()).toBe(30);
    expect(breaker.begin(true)).toBeNull();
    breaker.fail();
    expect(breaker.begin()).toBe(60);
    clock.time += 60_000;
    expect(breaker.state).toEqual({ state: 'trial' });
    expect(breaker.begin()).toBeNull();
    expect(breaker.begin()).toBe(1);
    breaker.cancel();
    expect(breaker.begin()).toBeNull();
    breaker.succeed();
    expect(breaker.state).toEqual({ state: 'closed' });
  });

  it('counts requests that fail together once it is open as one failure', () => {
    const breaker = new CircuitBreaker(new TestClock(0, 0));
    for (let time = 0; time < 5; time += 1) breaker.begin();
    for (let time = 0; time < 5; time += 1) breaker.fail();
    expect(breaker.state).toEqual({ state: 'open', seconds: 30 });
  });
});
