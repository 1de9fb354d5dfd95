import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { Damage, leaversOf, rankLeavers } from '#core/analysis/questions/leavers.ts';
import type { Leaver } from '#core/analysis/questions/leavers.ts';
import { leaverConfidence } from '#core/analysis/questions/confidence.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { findWorstSet } from '#core/analysis/questions/worst-set.ts';
import { nobody, noLifecycle } from '#core/analysis/organisation.ts';
import type { Organisation } from '#core/analysis/organisation.ts';

/** Teams first, then students, each in a team or none; links between any two. */
const organisations = fc
  .record({
    teams: fc.integer({ min: 1, max: 6 }),
    students: fc.oneof(
      fc.array(fc.nat(6), { maxLength: 6 }),
      fc.array(fc.nat(1), { minLength: 4, maxLength: 7 }),
    ),
    links: fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.constantFrom(0, 5, 15, 35, 60, 100)), {
      maxLength: 18,
    }),
  })
  .map(({ teams, students, links }): Organisation => {
    const size = teams + students.length;
    return {
      kinds: Uint8Array.from({ length: size }, (_, at) => (at < teams ? 1 : 2)),
      from: Uint32Array.from(links, ([from]) => from % size),
      to: Uint32Array.from(links, ([, to]) => to % size),
      losses: Float64Array.from(links, ([, , loss]) => loss),
      codified: new Uint8Array(links.length),
      students: Uint32Array.from(students, (_, at) => teams + at),
      memberOf: Uint32Array.from(students, (team) => (team < teams ? team : nobody)),
      terms: new Float64Array(students.length).fill(3),
      lifecycles: new Uint8Array(size).fill(noLifecycle),
    };
  });

/** What reaches v from u, by trying every way of at most three links; `present` is what of each node is there. */
function reachBetween(of: Organisation, present: readonly number[], u: number, v: number): number {
  const step = (at: number, value: number, left: number): number => {
    if (at === v) return value;
    if (left === 0) return 0;
    let best = 0;
    for (const [link, loss] of of.losses.entries()) {
      for (const [here, there] of [
        [of.from[link], of.to[link]],
        [of.to[link], of.from[link]],
      ] as [number, number][])
        if (here === at && there !== at)
          best = Math.max(best, step(there, value * (1 - loss / 100) * (present[there] as number), left - 1));
    }
    return best;
  };
  return step(u, present[u] as number, 3);
}

function reachOfAll(of: Organisation, present: readonly number[]): number {
  let sum = 0;
  for (let u = 0; u < of.kinds.length; u++)
    for (let v = 0; v < of.kinds.length; v++) if (u !== v) sum += reachBetween(of, present, u, v);
  return sum;
}

function damageOf(of: Organisation, set: readonly Leaver[]): number {
  const all = of.kinds.length;
  const whole = reachOfAll(
    of,
    Array.from({ length: all }, () => 1),
  );
  const present = Array.from({ length: all }, (_, node) => {
    if (set.some((leaver) => leaver.node === node)) return 0;
    const members = of.memberOf.filter((team) => team === node).length;
    const gone = set.filter(({ team }) => team === node).length;
    return gone === 0 ? 1 : 1 - gone / members;
  });
  return whole === 0 ? 0 : 1 - reachOfAll(of, present) / whole;
}

function finished<R>(work: Generator<unknown, R, void>): R {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function measured(of: Organisation): Damage {
  const damage = new Damage(of);
  finished(damage.measure());
  return damage;
}

test('the damage of a set is the share of the reach that its leaving takes, and never more than its bound', () => {
  fc.assert(
    fc.property(organisations, fc.array(fc.nat(11), { minLength: 1, maxLength: 3 }), (of, chosen) => {
      const damage = measured(of);
      const all = leaversOf(of, 'all');
      const set = [...new Set(chosen.map((at) => all[at % all.length] as Leaver))];
      expect(damage.of(set)).toBeCloseTo(damageOf(of, set), 9);
      const bound = set.reduce((sum, leaver) => sum + damage.atMost(leaver), 0);
      expect(damage.of(set)).toBeLessThanOrEqual(bound + 1e-9);
    }),
  );
});

test('the ranking is that of all leavers, tried one by one', () => {
  fc.assert(
    fc.property(organisations, fc.integer({ min: 1, max: 4 }), (of, count) => {
      const found = finished(rankLeavers(measured(of), leaversOf(of, 'all'), count)).map((one) => one.damage);
      const all = leaversOf(of, 'all')
        .map((leaver) => damageOf(of, [leaver]))
        .toSorted((a, b) => b - a);
      for (const [at, value] of found.entries()) expect(value).toBeCloseTo(all[at] as number, 9);
    }),
  );
});

test('the worst set is that of an enumeration', () => {
  fc.assert(
    fc.property(organisations, fc.integer({ min: 2, max: 3 }), (of, count) => {
      const leavers = leaversOf(of, 'all');
      const found = finished(findWorstSet(measured(of), leavers, count));
      const sets = (from: number, left: number): Leaver[][] =>
        left === 0
          ? [[]]
          : leavers
              .slice(from)
              .flatMap((one, at) => sets(from + at + 1, left - 1).map((others) => [one, ...others]));
      const worst = Math.max(0, ...sets(0, count).map((set) => damageOf(of, set)));
      if (!found) return;
      expect(found.exact).toBe(true);
      expect(found.damage).toBeCloseTo(worst, 9);
      expect(damageOf(of, found.leavers)).toBeCloseTo(worst, 9);
    }),
    { numRuns: 60 },
  );
});

test('how sure a rank is follows from the seed, and where nothing can be told apart it is certain', () => {
  const star: Organisation = {
    kinds: Uint8Array.from([1, 1, 1, 1]),
    from: Uint32Array.from([0, 0, 0]),
    to: Uint32Array.from([1, 2, 3]),
    losses: Float64Array.from([5, 5, 5]),
    codified: new Uint8Array(3),
    students: new Uint32Array(0),
    memberOf: new Uint32Array(0),
    terms: new Float64Array(0),
    lifecycles: new Uint8Array(4).fill(noLifecycle),
  };
  const ranked = finished(rankLeavers(measured(star), leaversOf(star, 'teams'), 2));
  expect(ranked[0]?.leaver.node).toBe(0);
  const sure = (seed: number): number[] => finished(leaverConfidence(star, ranked, { seed, runs: 200 }));
  expect(sure(7)).toEqual(sure(7));
  expect(sure(7)[0]).toBeGreaterThan(0.9);
});

test('of a dense network estimates are near the exact values, and the worst stays the worst', () => {
  const random = seededRandom(3);
  const [size, count] = [800, 6000];
  // Everybody is linked alike, but for one whom a hundred others reach each other through.
  const node = (): number => Math.floor(random() * size);
  const ends = Array.from({ length: count }, (_, at) =>
    at < 200 ? ([0, node()] as const) : ([node(), node()] as const),
  );
  const organisation: Organisation = {
    kinds: new Uint8Array(size).fill(1),
    from: Uint32Array.from(ends, ([from]) => from),
    to: Uint32Array.from(ends, ([, to]) => to),
    losses: Float64Array.from(ends, (_, at) => (at < 200 ? 5 : 60)),
    codified: new Uint8Array(count),
    students: new Uint32Array(0),
    memberOf: new Uint32Array(0),
    terms: new Float64Array(0),
    lifecycles: new Uint8Array(size).fill(noLifecycle),
  };
  const rank = (mostVisits: number) => {
    const damage = new Damage(organisation, undefined, { mostVisits });
    finished(damage.measure());
    return { damage, ranked: finished(rankLeavers(damage, leaversOf(organisation, 'all'), 1)) };
  };
  const [exact, estimated] = [rank(Infinity), rank(500_000)];
  expect([exact.damage.isSampled, estimated.damage.isSampled]).toEqual([false, true]);
  expect(estimated.ranked[0]?.leaver.node).toBe(0);
  expect(Math.abs(estimated.damage.total / exact.damage.total - 1)).toBeLessThan(0.05);
  const [value, guess] = [exact.ranked[0]?.damage ?? 0, estimated.ranked[0]?.damage ?? 0];
  expect(Math.abs(guess / value - 1)).toBeLessThan(0.15);
});
