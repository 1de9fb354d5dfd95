import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Organisation } from '#core/analysis/organisation.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { simulateScenario } from '#core/analysis/scenarios/simulate-task.ts';
import type { Simulation } from '#core/analysis/scenarios/simulate-task.ts';
import type { Step } from '#core/analysis/scenarios/steps.ts';
import {
  evenOrganisation,
  keysFor,
  makeOrganisation,
  mixedOrganisation,
} from '#scripts/science/organisations.ts';
import type { MadeLink, Measured } from '#scripts/science/organisations.ts';
import { documentAll, mentorAll, play, usualRatesOf } from '#scripts/science/table.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const medians = ({ series }: Simulation): number[] => series.scenario.map(({ median }) => median);

test.each([
  ['8 teams of 8', evenOrganisation(8, 8)],
  ['8 teams of 12', evenOrganisation(8, 12)],
])('an even programme stays within 5 points over eight terms: %s', (_, even) => {
  const [now = 0, ...later] = medians(play(even, { terms: 8 }));
  for (const reach of later) expect(now - reach).toBeLessThan(0.05);
});

/** The same organisation with the terms of each team spread evenly. */
function staggered({ organisation, keys }: Measured, stay: number): Measured {
  const counts = new Map<number, number>();
  for (const team of organisation.memberOf) counts.set(team, (counts.get(team) ?? 0) + 1);
  const seen = new Map<number, number>();
  const terms = Float64Array.from(organisation.memberOf, (team) => {
    const at = seen.get(team) ?? 0;
    seen.set(team, at + 1);
    return Math.ceil(((at + 1) * stay) / (counts.get(team) as number));
  });
  return { keys, organisation: { ...organisation, terms } };
}

/** The reach that is gained in all terms together by steps, in the same runs. */
const gained = (measured: Measured, steps: readonly Step[]): number =>
  play(measured, { steps }).difference.reduce((sum, { median }) => sum + median, 0);

test('known interventions help in the known order', () => {
  const mixed = mixedOrganisation();
  const before = play(mixed);
  const after = play(staggered(mixed, 8), { rates: usualRatesOf(mixed.organisation) });
  const stagger = medians(after).reduce(
    (sum, reach, term) => sum + reach - (medians(before)[term] as number),
    0,
  );
  const mentor = gained(mixed, [{ do: 'mentor', team: 1, terms: Infinity }]);
  const recruit = gained(mixed, [{ do: 'recruit', team: 1, count: 2 }]);
  const document = gained(mixed, [{ do: 'document', link: 2, documented: 0.8 }]);
  expect(stagger).toBeGreaterThan(recruit);
  expect(recruit).toBeGreaterThan(mentor);
  expect(mentor).toBeGreaterThan(document);
  expect(document).toBeGreaterThan(0);
  const [everyDocument, everyMentor] = [documentAll, mentorAll].map((stepsOf) =>
    gained(mixed, stepsOf(mixed.organisation)),
  );
  expect(everyDocument).toBeGreaterThan(mentor);
  expect(everyMentor).toBeGreaterThan(everyDocument as number);
  // An even programme has little to gain: nothing by documents, which it has, and little by people.
  const even = evenOrganisation();
  expect(gained(even, documentAll(even.organisation))).toBe(0);
  const [two, one] = [gained(even, [{ do: 'recruit', team: 1, count: 2 }]), gained(even, mentorOne)];
  expect(two).toBeGreaterThan(one);
  expect(one).toBeGreaterThan(0);
});

const mentorOne: Step[] = [{ do: 'mentor', team: 1, terms: Infinity }];

interface Made {
  teams: (number | null)[][];
  links: MadeLink[];
}

const links = (teams: number): fc.Arbitrary<MadeLink[]> =>
  fc.array(
    fc
      .record({
        from: fc.nat(teams - 1),
        to: fc.nat(teams - 1),
        loss: fc.constantFrom(0, 5, 15, 35, 60, Number.NaN),
        documented: fc.constantFrom(0, 0.2, 0.6, 0.8),
      })
      .filter(({ from, to }) => from !== to),
    { minLength: 1, maxLength: 9 },
  );

const made: fc.Arbitrary<Made> = fc.integer({ min: 2, max: 5 }).chain((count) =>
  fc.record({
    teams: fc.array(fc.array(fc.option(fc.integer({ min: 1, max: 8 }), { freq: 5 }), { maxLength: 5 }), {
      minLength: count,
      maxLength: count,
    }),
    links: links(count),
  }),
);

const organisationOf = ({ teams, links: of }: Made): Measured =>
  makeOrganisation(
    teams.map((terms) => ({ terms: terms.map((left) => left ?? Number.NaN) })),
    of,
  );

const steps = (teams: number, count: number): fc.Arbitrary<{ step: Step; helps: boolean }> => {
  const team = fc.nat(teams - 1);
  const link = fc.nat(count - 1);
  const helping: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ do: fc.constant('document' as const), link, documented: fc.constantFrom(0.3, 0.8, 1) }),
    fc.record({
      do: fc.constant('strengthen' as const),
      link,
      loss: fc.constantFrom(5, 15, 60),
      documented: fc.constantFrom(0, 0.6, 0.8),
    }),
    fc.record({
      do: fc.constant('link' as const),
      from: team,
      to: fc.integer({ min: 1, max: teams - 1 }),
      loss: fc.constantFrom(5, 35),
      documented: fc.constantFrom(0, 0.8),
    }),
    fc.record({ do: fc.constant('mentor' as const), team, terms: fc.constantFrom(1, 3, Infinity) }),
    fc.record({ do: fc.constant('recruit' as const), team, count: fc.integer({ min: 1, max: 3 }) }),
  );
  const hurting: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ do: fc.constant('cut' as const), link }),
    team.map((node): Step => ({ do: 'remove', nodes: [node] })),
  );
  return fc.oneof(
    helping.map((step) => ({
      step: step.do === 'link' ? { ...step, to: (step.from + step.to) % teams } : step,
      helps: true,
    })),
    hurting.map((step) => ({ step, helps: false })),
  );
};

test('added knowledge never lowers the reach of a run, and removed knowledge never raises it', () => {
  fc.assert(
    fc.property(
      made.chain((one) =>
        fc.tuple(fc.constant(one), steps(one.teams.length, one.links.length), fc.nat(1000)),
      ),
      ([one, { step, helps }, seed]) => {
        const { difference, series } = play(organisationOf(one), { steps: [step], terms: 4, runs: 12, seed });
        // What hurts is what helps, seen from the other side.
        const sign = helps ? 1 : -1;
        for (const [term, { low, high }] of difference.entries()) {
          const [before, after] = [series.nothing[term]?.median ?? 0, series.scenario[term]?.median ?? 0];
          expect(Math.min(sign * low, sign * high)).toBeGreaterThanOrEqual(-1e-9);
          expect(sign * (after - before)).toBeGreaterThanOrEqual(-1e-9);
        }
      },
    ),
    { numRuns: lawRuns(150) },
  );
});

/** The organisation with its nodes, links and memberships in another order; keys go along with what they are of. */
function shuffled({ organisation, keys }: Measured, seed: number): Measured {
  const random = seededRandom(seed);
  const orderOf = (length: number): number[] =>
    Array.from({ length }, (_, at) => at)
      .map((at) => [random(), at] as const)
      .sort(([a], [b]) => a - b)
      .map(([, at]) => at);
  const [nodes, ofLinks, rows] = [
    orderOf(organisation.kinds.length),
    orderOf(organisation.from.length),
    orderOf(organisation.students.length),
  ];
  const places = new Map(nodes.map((old, at) => [old, at]));
  const moved = (node: number): number => places.get(node) as number;
  const by = <A extends Float64Array | Uint8Array | Uint32Array>(of: A, order: readonly number[]): A =>
    of.map((_, at) => of[order[at] as number] as number) as A;
  const changed: Organisation = {
    ...organisation,
    kinds: by(organisation.kinds, nodes),
    importance: by(organisation.importance, nodes),
    sizes: by(organisation.sizes, nodes),
    lifecycles: by(organisation.lifecycles, nodes),
    from: by(organisation.from, ofLinks).map(moved),
    to: by(organisation.to, ofLinks).map(moved),
    losses: by(organisation.losses, ofLinks),
    documented: by(organisation.documented, ofLinks),
    linkImportance: by(organisation.linkImportance, ofLinks),
    bearerSet: by(organisation.bearerSet, ofLinks),
    students: by(organisation.students, rows).map(moved),
    memberOf: by(organisation.memberOf, rows).map(moved),
    terms: by(organisation.terms, rows),
    memberWeights: by(organisation.memberWeights, rows),
  };
  return { organisation: changed, keys: { nodes: by(keys.nodes, nodes), links: by(keys.links, ofLinks) } };
}

test('the order of records changes nothing', () => {
  fc.assert(
    fc.property(made, fc.nat(1000), (one, seed) => {
      const measured = organisationOf(one);
      const [first, second] = [play(measured, { runs: 5 }), play(shuffled(measured, seed), { runs: 5 })];
      for (const [term, reach] of medians(first).entries())
        expect(medians(second)[term]).toBeCloseTo(reach, 9);
      expect(second.guesses).toEqual(first.guesses);
    }),
    { numRuns: lawRuns(60) },
  );
});

/** A programme of which so many members' terms are unknown. */
const withUnknown = (share: number): Measured => {
  const { organisation } = mixedOrganisation();
  const random = seededRandom(5);
  const terms = organisation.terms.map((left) => (random() < share ? Number.NaN : left));
  const changed = { ...organisation, terms };
  return { organisation: changed, keys: keysFor(changed) };
};

test('unknown terms make bands wider, and reach no better than with evenly spread terms', () => {
  const shares = [0, 0.5, 1];
  const rates = { ...usualRatesOf(mixedOrganisation().organisation), newcomer_terms: 6 };
  const found = shares.map((share) => play(withUnknown(share), { runs: 400, rates }));
  const widths = found.map(({ series }) =>
    series.nothing.slice(1, 4).reduce((sum, { low, high }) => sum + high - low, 0),
  );
  for (const [at, width] of widths.entries()) expect(width).toBeGreaterThanOrEqual(widths[at - 1] ?? 0);
  expect(found.map(({ guesses }) => guesses.terms > 0)).toEqual([false, true, true]);
  const levelOf = (one: Simulation): number =>
    medians(one).reduce((sum, reach) => sum + reach, 0) / medians(one).length;
  const [known = 0, half, all] = found.map(levelOf);
  expect(half).toBeLessThanOrEqual(known + 0.01);
  // Unknown terms are drawn evenly from 1 to 8, so they hide that members of a team leave together.
  const spread = play(staggered(mixedOrganisation(), 8), { runs: 400, rates });
  expect(all).toBeLessThanOrEqual(levelOf(spread));
});

test('the 80 % bands hold in worlds of which only the rates are not known exactly', () => {
  const worlds = 200;
  let [held, all] = [0, 0];
  for (let world = 0; world < worlds; world++) {
    const measured = world % 2 === 0 ? mixedOrganisation() : withUnknown(0.3);
    const said = play(measured, { runs: 100, seed: 7 }).series.nothing;
    const happened = play(measured, { runs: 1, seed: 1000 + world }).series.nothing;
    for (const [term, { low, high }] of said.entries()) {
      if (term === 0) continue;
      const { median } = happened[term] as { median: number };
      all += 1;
      held += Number(low <= median && median <= high);
    }
  }
  expect(held / all).toBeGreaterThan(0.75);
  expect(held / all).toBeLessThan(0.85);
});

test('the same seed plays the same, and more runs play the first ones again', () => {
  const measured = mixedOrganisation();
  const input = { steps: mentorOne, runs: 10, seed: 3 };
  expect(play(measured, input)).toEqual(play(measured, input));
  expect(play(measured, { ...input, seed: 4 })).not.toEqual(play(measured, input));
});

test('of a large network some records stand for all, near the exact values', () => {
  const random = seededRandom(3);
  const teams = 600;
  const large = makeOrganisation(
    Array.from({ length: teams }, () => ({
      terms: Array.from({ length: 4 }, () => 1 + Math.floor(8 * random())),
    })),
    Array.from({ length: 3000 }, (_, at) => ({
      from: at % teams,
      to: (at + 1 + Math.floor(random() * (teams - 1))) % teams,
      loss: [5, 15, 35][at % 3] as number,
      documented: 0.5,
    })),
  );
  const [exact, estimated] = [Infinity, 20_000].map((mostVisits) =>
    play(large, { runs: 5, maxVisits: mostVisits }),
  );
  expect([exact?.estimate, estimated?.estimate]).toEqual([false, true]);
  for (const [term, { median }] of (exact as Simulation).series.nothing.entries())
    expect(estimated?.series.nothing[term]?.median).toBeCloseTo(median, 2);
});

test('links weaken from term to term if the programme’s rate is known', () => {
  const measured = mixedOrganisation();
  const rates = usualRatesOf(measured.organisation);
  const [steady, weaker] = [0, 0.3].map((weak) =>
    medians(play(measured, { rates: { ...rates, weak }, runs: 50 })),
  );
  expect(weaker?.[0]).toBe(steady?.[0]);
  expect(weaker?.[5]).toBeLessThan(steady?.[5] as number);
});

test('a person in several teams is one person, who leaves all of them at once', () => {
  const one = makeOrganisation(
    [{ terms: [3] }, { terms: [3] }],
    [{ from: 0, to: 1, loss: 0, documented: 0 }],
  );
  const students = one.organisation.students.map(() => 2);
  const twice = { ...one, organisation: { ...one.organisation, students } };
  const rates = {
    ...usualRatesOf(one.organisation),
    early: { mean: 0.5, strength: null },
    joins: { mean: 0, strength: null },
  };
  const both = { terms: 1, rates };
  const worlds = 2000;
  const mean = (measured: Measured): number => {
    let sum = 0;
    for (let seed = 0; seed < worlds; seed++)
      sum +=
        simulateScenario({ ...defaults(measured), ...both, runs: 1, seed }).series.nothing[1]?.median ?? 0;
    return sum / worlds;
  };
  // Both are there with a chance of a half where they are one, and of a quarter where they are two.
  expect(mean(twice)).toBeCloseTo(0.5, 1);
  expect(mean(one)).toBeCloseTo(0.25, 1);
});

const defaults = ({ organisation, keys }: Measured) => ({
  organisation,
  keys,
  reference: null,
  modules: new Uint32Array(organisation.kinds.length),
  steps: [],
});
