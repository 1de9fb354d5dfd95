import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { runSync } from '#core/kernel/progress.ts';
import { Bearing } from '#core/analysis/bearer-model.ts';
import { Damage } from '#core/analysis/questions/damage.ts';
import { findLeavers } from '#core/analysis/questions/leavers.ts';
import type { Leaver } from '#core/analysis/questions/leavers.ts';
import { findAnswer } from '#core/analysis/questions/find-answer.ts';
import { rankInSteps } from '#core/analysis/questions/rank-subjects.ts';
import { findWorstSet } from '#core/analysis/questions/worst-set.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { nodeKind } from '#core/analysis/organisation.ts';
import type { Organisation } from '#core/analysis/organisation.ts';
import { Formulas } from '../formulas.ts';
import { madeOrganisations, organisationOf } from '../organisations.ts';
import type { Made } from '../organisations.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const damageOf = (of: Made, set: readonly number[]): number => new Formulas(of).departure(set);

function measured(of: Made): Damage {
  const damage = new Damage(organisationOf(of));
  runSync(damage.measure());
  return damage;
}

const nodeOf = ({ nodes }: Leaver): number => nodes[0] as number;

test('what passes over links and the damage of a set equal the formulas; the bound is never below', () => {
  fc.assert(
    fc.property(madeOrganisations, fc.array(fc.nat(11), { minLength: 1, maxLength: 3 }), (of, chosen) => {
      const damage = measured(of);
      const formulas = new Formulas(of);
      expect(damage.total).toBeCloseTo(formulas.total(), 9);
      const now = formulas.passRates();
      for (const [link, passes] of damage.bearing.passRates.entries())
        expect(passes).toBeCloseTo(now[link] as number, 9);
      const all = findLeavers(damage.bearing, 'all').flatMap(({ nodes }) => nodes);
      const set = [...new Set(chosen.map((at) => all[at % all.length] as number))];
      const departure = damage.bearing.departureOf(set);
      const after = formulas.passRates(new Set(set));
      for (const [link, passes] of departure.change) expect(passes).toBeCloseTo(after[link] as number, 9);
      expect(departure.change.length).toBe(
        now.filter((passes, link) => passes - (after[link] as number) > 1e-12).length,
      );
      expect(damage.lostShare(departure)).toBeCloseTo(formulas.departure(set), 9);
      expect(damage.lostShare(departure)).toBeLessThanOrEqual(damage.lossBound(departure) + 1e-9);
    }),
  );
});

test('added links gain the simulated value, and no more than the bound', () => {
  fc.assert(
    fc.property(
      madeOrganisations,
      fc.nat(11),
      fc.nat(11),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      (of, a, b, strength) => {
        const [from, to] = [a % of.kinds.length, b % of.kinds.length];
        // A link between the two could have another importance.
        fc.pre(
          from !== to &&
            !of.links.some((link) => [from, to].every((end) => [link.from, link.to].includes(end))),
        );
        const damage = measured(of);
        const formulas = new Formulas(of);
        const added = { from, to, loss: 100 * (1 - strength), documented: 1 };
        const withLink = new Formulas({ ...of, links: [...of.links, added] });
        const [before, after] = [formulas.intakes(), withLink.intakes()];
        const plain = withLink.intakes(withLink.passRates(), true);
        let [gain, total] = [0, formulas.total()];
        for (const [node, intake] of after.entries()) {
          if (intake === 0) continue;
          gain += (formulas.demand(node) * (intake - (before[node] as number))) / (plain[node] as number);
          if (before[node] === 0) total += formulas.people(node);
        }
        const gains = [{ from, to, weight: damage.bearing.weightBetween(from, to, strength) }];
        expect(damage.gainedShare(gains)).toBeCloseTo(total === 0 ? 0 : Math.min(1, gain / total), 9);
        expect(damage.gainedShare(gains)).toBeLessThanOrEqual(damage.gainBound(gains) + 1e-9);
      },
    ),
  );
});

test('the ranking equals that of all leavers tried one by one', () => {
  fc.assert(
    fc.property(madeOrganisations, fc.integer({ min: 1, max: 4 }), (of, count) => {
      const damage = measured(of);
      const leavers = findLeavers(damage.bearing, 'all');
      const { found } = runSync(rankInSteps(damage, leavers, { count }));
      const all = leavers
        .map((leaver) => damageOf(of, [nodeOf(leaver)]))
        .filter((value) => value > 1e-12)
        .toSorted((a, b) => b - a);
      expect(found.length).toBe(all.filter((value) => value >= (all[count - 1] ?? 0) - 1e-9).length);
      for (const [at, { value }] of found.entries()) expect(value).toBeCloseTo(all[at] as number, 9);
    }),
  );
});

test('members of one item cost the same, and others are separate', () => {
  fc.assert(
    fc.property(madeOrganisations, (of) => {
      const damage = measured(of);
      for (const { nodes } of findLeavers(damage.bearing, 'people'))
        for (const node of nodes)
          expect(damage.lostShare(damage.bearing.departureOf([node]))).toBeCloseTo(
            damage.lostShare(damage.bearing.departureOf(nodes.slice(0, 1))),
            9,
          );
    }),
  );
});

test('the worst set is that of an enumeration', () => {
  fc.assert(
    fc.property(madeOrganisations, fc.integer({ min: 2, max: 3 }), (of, count) => {
      const damage = measured(of);
      const leavers = findLeavers(damage.bearing, 'all');
      const found = runSync(findWorstSet(damage, leavers, count));
      const nodes = leavers.flatMap((leaver) => leaver.nodes);
      const sets = (from: number, left: number): number[][] =>
        left === 0
          ? [[]]
          : nodes
              .slice(from)
              .flatMap((one, at) => sets(from + at + 1, left - 1).map((others) => [one, ...others]));
      if (!found) return;
      const worst = Math.max(0, ...sets(0, count).map((set) => damageOf(of, set)));
      expect(found.exact).toBe(true);
      expect(found.damage).toBeCloseTo(worst, 9);
      expect(damageOf(of, found.leavers.map(nodeOf))).toBeCloseTo(worst, 9);
    }),
    { numRuns: lawRuns(40) },
  );
});

const star = organisationOf({
  kinds: [1, 1, 1, 1],
  links: [1, 2, 3].map((to) => ({ from: 0, to, loss: 5, documented: 0 })),
});

test('how sure a rank is follows from the seed, and not from how many items are shown', () => {
  const confidences = (of: Organisation, seed: number, limit: number): (number | null)[] =>
    runSync(
      findAnswer(of, { question: 'leavers', who: 'teams', only: null, set: null, limit, quick: false, seed }),
    ).items.map(({ confidence }) => confidence);
  expect(confidences(star, 7, 4)).toEqual(confidences(star, 7, 4));
  expect(confidences(star, 7, 1)[0]).toBe(confidences(star, 7, 4)[0]);
  expect(confidences(star, 7, 1)[0]).toBeGreaterThan(0.9);
  // Pairs that cannot be told apart share the last rank.
  const pairs = organisationOf({
    kinds: Array.from({ length: 24 }, () => nodeKind.team),
    links: Array.from({ length: 12 }, (_, at) => ({ from: 2 * at, to: 2 * at + 1, loss: 5, documented: 0 })),
  });
  for (const limit of [1, 3, 24]) expect(confidences(pairs, 7, limit)[0]).toBeGreaterThan(0.9);
});

test('how surely an item is among the largest follows from all that are ranked, and not from how many are shown', () => {
  // One hub after the other, each with fewer links than the one before.
  const sizes = Array.from({ length: 24 }, (_, at) => 24 - at);
  const starts = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size + 1, 0));
  const hubs = organisationOf({
    kinds: sizes.flatMap((size) => [nodeKind.team, ...Array.from({ length: size }, () => nodeKind.person)]),
    links: sizes.flatMap((size, at) =>
      Array.from({ length: size }, (_, one) => ({
        from: starts[at] as number,
        to: (starts[at] as number) + one + 1,
        loss: 5,
        // Different for each hub, so that no two tie.
        documented: at / 200,
      })),
    ),
  });
  const found = (limit: number) =>
    runSync(
      findAnswer(hubs, {
        question: 'leavers',
        who: 'teams',
        only: null,
        set: null,
        limit,
        quick: false,
        seed: 7,
      }),
    );
  const [few, all] = [found(3), found(24)];
  expect([few.top, all.top]).toEqual([10, 10]);
  expect(few.items.map(({ inTop }) => inTop)).toEqual(all.items.slice(0, 3).map(({ inTop }) => inTop));
  const shares = all.items.map(({ inTop }) => inTop ?? 0);
  expect(shares[0]).toBeGreaterThan(0.95);
  expect(shares.at(-1)).toBeLessThan(0.05);
  // In each test ten are among the ten largest.
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(10, 6);
});

test('of a dense network estimates are near the exact values, and the worst stays the worst', () => {
  const random = seededRandom(3);
  const [size, count] = [800, 6000];
  // Everybody is linked alike, but for one whom a hundred others reach each other through.
  const node = (): number => Math.floor(random() * size);
  const dense = organisationOf({
    kinds: Array.from({ length: size }, () => nodeKind.team),
    links: Array.from({ length: count }, (_, at) => ({
      from: at < 200 ? 0 : node(),
      to: node(),
      loss: at < 200 ? 5 : 60,
      documented: 0,
    })).filter(({ from, to }) => from !== to),
  });
  const rank = (mostVisits: number) => {
    const damage = new Damage(dense, { maxVisits: mostVisits });
    runSync(damage.measure());
    const { found } = runSync(rankInSteps(damage, findLeavers(damage.bearing, 'all'), { count: 1 }));
    return { damage, found };
  };
  const [exact, estimated] = [rank(Infinity), rank(50_000)];
  expect([exact.damage.isSampled, estimated.damage.isSampled]).toEqual([false, true]);
  expect(estimated.found[0]?.subject.nodes).toEqual([0]);
  expect(Math.abs(estimated.damage.total / exact.damage.total - 1)).toBeLessThan(0.05);
  const [value, guess] = [exact.found[0]?.value ?? 0, estimated.found[0]?.value ?? 0];
  expect(Math.abs(guess / value - 1)).toBeLessThan(0.15);
});

test('a bearing of an organisation without anything is empty', () => {
  expect(new Bearing(organisationOf({ kinds: [], links: [] })).passRates).toHaveLength(0);
});
