import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { runSync } from '#core/kernel/progress.ts';
import { nodeKind } from '#core/analysis/organisation.ts';
import { Damage } from '#core/analysis/questions/damage.ts';
import { findStandout, estimateStay } from '#core/analysis/cohorts.ts';
import type { Findings } from '#core/analysis/questions/finding.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { answerOf, madeOrganisations, organisationOf, relabelled } from './organisations.ts';
import type { Made, MadeLink } from './organisations.ts';

function reachOf(of: Made): number {
  const damage = new Damage(organisationOf(of));
  runSync(damage.measure());
  return damage.total;
}

const rounding = 1e-9;

describe('more knowledge never hurts', () => {
  const at = (links: readonly MadeLink[], place: number, changed: Partial<MadeLink>): MadeLink[] =>
    links.map((link, other) => (other === place % links.length ? { ...link, ...changed } : link));
  const links = (of: Made): void => fc.pre(of.links.length > 0);

  test.each([
    [
      'another link',
      (of: Made, a: number, b: number): Made => {
        const [from, to] = [a % of.kinds.length, b % of.kinds.length];
        fc.pre(from !== to);
        return { ...of, links: [...of.links, { from, to, loss: 35, documented: 0.2 }] };
      },
    ],
    [
      'a documented link',
      (of: Made, a: number): Made => {
        links(of);
        return { ...of, links: at(of.links, a, { documented: 1 }) };
      },
    ],
    [
      'a stronger link',
      (of: Made, a: number): Made => {
        links(of);
        return { ...of, links: at(of.links, a, { loss: 0 }) };
      },
    ],
  ])('%s', (_, better) => {
    fc.assert(
      fc.property(madeOrganisations, fc.nat(20), fc.nat(20), (of, a, b) => {
        expect(reachOf(better(of, a, b))).toBeGreaterThanOrEqual(reachOf(of) - rounding);
      }),
    );
  });

  test('a member who stays on never worsens the departure of the others', () => {
    fc.assert(
      fc.property(madeOrganisations, fc.nat(11), (made, a) => {
        // What is lost counts by importance, what is there does not, so their difference means something without importance only.
        const of: Made = { ...made, importance: [] };
        const members = (of.members ?? []).filter(({ team }) => team < of.kinds.length);
        fc.pre(members.length > 0);
        const { team, node } = members[a % members.length] as (typeof members)[number];
        const joined: Made = {
          ...of,
          kinds: [...of.kinds, nodeKind.person],
          members: [...(of.members ?? []), { node: of.kinds.length, team, weight: 1, terms: 4 }],
        };
        const left = (joinedOrNot: Made): number => {
          const damage = new Damage(organisationOf(joinedOrNot));
          runSync(damage.measure());
          return damage.total - damage.lost(damage.bearing.departureOf([node]));
        };
        expect(left(joined)).toBeGreaterThanOrEqual(left(of) - rounding);
      }),
    );
  });
});

test('the order of the records changes no value', () => {
  fc.assert(
    fc.property(madeOrganisations, fc.nat(), (of, seed) => {
      const random = seededRandom(seed);
      const order = [...of.kinds.keys()]
        .map((node) => ({ node, lot: random() }))
        .sort((a, b) => a.lot - b.lot)
        .map(({ node }) => node);
      for (const question of ['leavers', 'degrading', 'weak', 'undocumented', 'cohorts'] as const) {
        const values = ({ items }: Findings): number[] => items.map(({ value }) => value);
        const [one, other] = [
          values(answerOf(of, question)),
          values(answerOf(relabelled(of, order), question)),
        ];
        expect(other).toHaveLength(one.length);
        for (const [at, value] of one.entries()) expect(other[at]).toBeCloseTo(value, 9);
      }
    }),
  );
});

/** Teams of as many members, each with a term drawn from 1 to the stay, in a ring with some links across. */
function programme(
  { teams, size, stay }: { teams: number; size: number; stay: number },
  termOf: (team: number, place: number) => number,
): Made {
  const members = Array.from({ length: teams * size }, (_, at) => ({
    node: teams + at,
    team: Math.floor(at / size),
    terms: Math.min(stay, termOf(Math.floor(at / size), at % size)),
  }));
  return {
    kinds: Array.from({ length: teams + members.length }, (_, node) =>
      node < teams ? nodeKind.team : nodeKind.person,
    ),
    members,
    links: Array.from({ length: teams }, (_, team) =>
      [1, 3].map((step) => ({ from: team, to: (team + step) % teams })),
    )
      .flat()
      .filter(({ from, to }) => from !== to)
      .map((ends) => ({ ...ends, loss: 5, documented: 0.8 })),
  };
}

describe('alarms', () => {
  test.each([
    [8, 8],
    [8, 12],
  ])('%i teams of %i, staggered and documented, raise none', (teams, size) => {
    const even = programme({ teams, size, stay: 8 }, (_, place) => (place % 8) + 1);
    for (const question of ['cohorts', 'degrading', 'weak', 'undocumented'] as const)
      expect(answerOf(even, question).items).toEqual([]);
  });

  test('fewer than a tenth of teams and links alarm in programmes that are even but for chance', () => {
    const random = seededRandom(11);
    const counts = { teams: 0, links: 0, cohorts: 0, degrading: 0 };
    for (let stay = 4; stay <= 8; stay++) {
      for (let size = 4; size <= 12; size++) {
        const teams = 20;
        const made = programme({ teams, size, stay }, () => Math.ceil(random() * stay));
        counts.teams += teams;
        counts.links += made.links.length;
        counts.cohorts += answerOf(made, 'cohorts').items.length;
        counts.degrading += answerOf(made, 'degrading').items.length;
      }
    }
    expect(counts.cohorts / counts.teams).toBeLessThan(0.1);
    expect(counts.degrading / counts.links).toBeLessThan(0.1);
    expect(counts.cohorts).toBeGreaterThan(0);
  });

  test('a team whose members all leave together does, and names them', () => {
    const made = programme({ teams: 6, size: 6, stay: 6 }, (team, place) => (team === 2 ? 1 : place + 1));
    const { items } = answerOf(made, 'cohorts');
    expect(items.map(({ nodes }) => nodes)).toEqual([[2]]);
    expect(items[0]).toMatchObject({ reason: { code: 'leave_together', params: { leaving: 6, within: 1 } } });
    const links = answerOf(made, 'degrading').items;
    expect(links.every(({ nodes }) => nodes.includes(2))).toBe(true);
    expect(links.flatMap((item) => item.links ?? item.link)).toHaveLength(4);
  });

  test.each([
    ['nobody leaves', [3, 4, 5, 6, 4, 5], null],
    ['a team of one', [1], null],
    ['a team of two', [1, 1], { leaving: 2, within: 1, expected: 2 / 6 }],
    ['a team of three', [1, 1, 1], { leaving: 3, within: 1, expected: 3 / 6 }],
    ['unknown terms are left out', [1, Number.NaN, Number.NaN, Number.NaN], null],
    ['four of four', [1, 1, 1, 1], { leaving: 4, within: 1, expected: 4 / 6 }],
    ['two of six within two terms', [1, 2, 3, 4, 5, 6], null],
  ] as const)('%s', (_, terms, found) => {
    expect(findStandout(terms, 6)).toEqual(found);
  });

  test('the stay of an even programme is found from the terms left', () => {
    expect(estimateStay([1, 2, 3, 4, 5, 6])).toBe(6);
    expect(estimateStay([1, 2, 3, 4, Number.NaN])).toBe(4);
    expect(estimateStay([])).toBe(4);
  });
});

test('a repair reaches its simulated value when it is made', () => {
  const made = programme({ teams: 6, size: 4, stay: 4 }, (_, place) => place + 1);
  const open = { ...made, links: made.links.map((link) => ({ ...link, documented: 0 })) };
  const whole = answerOf(open, 'leavers', { quick: false, limit: 1, who: 'teams' });
  const [item] = whole.items;
  const repair = item?.interventions.find(({ code }) => code === 'write_down');
  const step = repair?.steps[0];
  if (!item || step?.do !== 'document') throw new Error('nothing was proposed');
  const repaired = {
    ...open,
    links: open.links.map((link, at) =>
      at === step.link ? { ...link, documented: step.documented / 100 } : link,
    ),
  };
  const damage = new Damage(organisationOf(repaired));
  runSync(damage.measure());
  expect(damage.lostShare(damage.bearing.departureOf(item.nodes.slice(0, 1)))).toBeCloseTo(
    repair?.value ?? 0,
    9,
  );
});
