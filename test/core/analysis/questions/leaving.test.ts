import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { nodeKind } from '#core/analysis/organisation.ts';
import type { AnswerRequest, Finding, Findings } from '#core/analysis/questions/finding.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { Formulas } from '../formulas.ts';
import { answerOf, madeOrganisations } from '../organisations.ts';
import type { Made } from '../organisations.ts';

const answer = (of: Made, options: Partial<AnswerRequest> = {}): Findings => answerOf(of, 'leaving', options);

const unknown = Number.NaN;

interface MadeTeam {
  terms: readonly number[];
}

/** Teams in a ring, their members after them. */
function ringOf(teams: readonly MadeTeam[], link: { loss: number; documented: number }): Made {
  const members = teams.flatMap(({ terms }, team) => terms.map((left) => ({ team, terms: left })));
  return {
    kinds: [...teams.map(() => nodeKind.team), ...members.map(() => nodeKind.person)],
    members: members.map((member, at) => ({ node: teams.length + at, ...member })),
    links: teams.map((_, team) => ({ from: team, to: (team + 1) % teams.length, ...link })),
  };
}

const undocumented = { loss: 35, documented: 0.2 };
const documented = { loss: 5, documented: 0.8 };
const even = { terms: [1, 2, 3, 4] };
const staying = { terms: [5, 5, 5, 5] };

const teamItem = ({ items }: Findings, team: number): Finding | undefined =>
  items.find(({ nodes, link }) => link === null && nodes.includes(team));

describe('who leaves by the end of the next term', () => {
  test.each([
    ['4 of 6 this term', [1, 1, 1, 1, 4, 4]],
    ['3 of 4 this term', [1, 1, 1, 4]],
    ['5 of 8 this term', [1, 1, 1, 1, 1, 4, 4, 4]],
    ['a team of two', [1, 4]],
    ['a team of three', [1, 2, 4]],
  ])('a team that loses half or more is always listed, even if others cost more: %s', (_, terms) => {
    const larger = { terms: Array.from({ length: 40 }, (__, member) => (member < 19 ? 1 : 5)) };
    const made = ringOf([{ terms }, ...Array.from({ length: 12 }, () => larger)], undocumented);
    const { items } = answer(made, { limit: 3, who: 'teams' });
    expect(items).toHaveLength(4);
    expect(items.at(-1)).toMatchObject({
      nodes: [0],
      reason: { params: { people: terms.length, leaving: terms.filter((left) => left <= 2).length } },
    });
  });

  test('the value is that of their departure together', () => {
    fc.assert(
      fc.property(madeOrganisations, (of) => {
        const formulas = new Formulas(of);
        for (const { nodes, link, value, reason } of answer(of, { who: 'teams' }).items) {
          if (link !== null || reason.code.startsWith('leaving_unknown')) continue;
          const leavers = formulas.members.filter(
            ({ node, team, terms = unknown }) =>
              team === nodes[0] && terms <= 2 && of.kinds[node] === nodeKind.person,
          );
          expect(value).toBeCloseTo(formulas.departure(leavers.map(({ node }) => node)), 9);
        }
      }),
    );
  });

  test('members with unknown terms count by the chance that a member leaves', () => {
    const made = ringOf(
      [{ terms: [unknown, unknown] }, { terms: [1, 2, 3, 4, 5, 6, 7, 8] }, staying],
      undocumented,
    );
    const item = answer(made).items.find(({ reason }) => reason.code === 'leaving_unknown_team');
    // 2 of 12 known members leave.
    const chance = 2 / 12;
    expect(item?.nodes).toEqual([0]);
    expect(item?.value).toBeCloseTo(chance * new Formulas(made).departure([3, 4]), 9);
    expect(item?.reason.params).toMatchObject({ leaving: 2, chance: 17 });
  });

  test('the only one who leaves is named, or the team if rankings name teams only', () => {
    const made = ringOf([{ terms: [1, 5, 5, 5] }, staying, staying], undocumented);
    expect(answer(made).items).toMatchObject([{ nodes: [3], reason: { code: 'leaving_person_now' } }]);
    expect(answer(made, { who: 'teams' }).items).toMatchObject([
      { nodes: [0], reason: { code: 'leaving_team_now', params: { leaving: 1, people: 4 } } },
    ]);
    expect(answer(made, { who: 'people' }).items).toMatchObject([{ nodes: [3] }]);
  });

  test('a link that only both ends together halve is an item of its own', () => {
    const third = { terms: [1, 1, 5, 5, 5] };
    const { items } = answer(ringOf([third, third, staying], undocumented));
    expect(items.filter(({ link }) => link !== null)).toMatchObject([
      { link: 0, nodes: [0, 1], reason: { code: 'leaving_link', params: { leaving: 4, bearers: 10 } } },
    ]);
    // One end alone explains the loss.
    const most = { terms: [1, 1, 1, 5] };
    expect(answer(ringOf([most, most, staying], undocumented)).items.every(({ link }) => link === null)).toBe(
      true,
    );
    expect(answer(ringOf([third, third, staying], documented)).items.every(({ link }) => link === null)).toBe(
      true,
    );
  });

  test('a person of two teams is one item, also of one university', () => {
    const made: Made = {
      ...ringOf([staying, staying, staying], undocumented),
      members: [
        { node: 3, team: 0, terms: 1 },
        { node: 3, team: 1, terms: 1 },
        ...[4, 5, 6].map((node) => ({ node, team: 0, terms: 1 })),
        ...[7, 8, 9].map((node) => ({ node, team: 1, terms: 5 })),
      ],
    };
    const people = answer(made, { who: 'people' }).items.map(({ nodes }) => nodes);
    expect(people.toSorted(([a = 0], [b = 0]) => a - b)).toEqual([[3], [4, 5, 6]]);
    const alone: Made = { ...made, members: (made.members ?? []).filter(({ node }) => node < 4 || node > 6) };
    const ofSecond = Uint8Array.from(made.kinds, (_, node) => Number(node === 1));
    expect(answer(alone, { only: ofSecond, who: 'teams' }).items).toMatchObject([{ nodes: [1] }]);
  });

  test('members with unknown terms have a value in stress tests, and a team beyond the limit has no rank there', () => {
    const larger = { terms: Array.from({ length: 40 }, (__, member) => (member < 19 ? 1 : 5)) };
    const open = { terms: Array.from({ length: 40 }, () => unknown) };
    const { items } = answer(ringOf([open, larger, larger], undocumented), { who: 'teams', quick: false });
    const item = items.find(({ reason }) => reason.code === 'leaving_unknown_team');
    expect(item?.confidence).toBeGreaterThan(0);
    const made = ringOf([{ terms: [1, 1, 1, 4] }, larger, larger, larger], undocumented);
    const short = answer(made, { limit: 1, who: 'teams', quick: false }).items;
    expect(short).toHaveLength(2);
    expect(short[0]?.confidence).toBeGreaterThan(0);
    expect(short[1]).toMatchObject({ nodes: [0], confidence: null, inTop: null });
  });

  test('nobody leaves', () => {
    expect(answer(ringOf([staying, staying, staying], undocumented)).items).toEqual([]);
  });

  test('a repair has the value that the item has once it is done', () => {
    const made = ringOf([{ terms: [1, 1, 1, 5] }, staying, staying, staying], undocumented);
    const [item] = answer(made, { quick: false }).items;
    const repair = item?.interventions.find(({ code }) => code === 'write_down_all');
    const documentedLinks = repair?.steps.map((step) => (step.do === 'document' ? step.link : null));
    const repaired = {
      ...made,
      links: made.links.map((link, at) =>
        documentedLinks?.includes(at) === true ? { ...link, documented: 0.8 } : link,
      ),
    };
    const after = teamItem(answer(repaired), 0);
    expect(after?.value).toBeCloseTo(repair?.value ?? 0, 9);
    expect(after?.value).toBeLessThan((item?.value ?? 0) * 0.9);
  });
});

describe('more than usual', () => {
  const isUnusual = ({ reason }: Finding): boolean => reason.params['unusual'] === 1;

  test('marks nothing in an even programme', () => {
    const made = ringOf(
      Array.from({ length: 8 }, () => even),
      documented,
    );
    expect(answer(made).items.filter(isUnusual)).toEqual([]);
  });

  test('marks a team that loses all at once', () => {
    const made = ringOf([{ terms: [1, 1, 1, 1] }, even, even, even, even], documented);
    expect(
      answer(made)
        .items.filter(isUnusual)
        .map(({ nodes }) => nodes),
    ).toEqual([[0]]);
  });

  test('marks fewer than a tenth of the teams in programmes that are even but for chance', () => {
    const random = seededRandom(29);
    let [teams, marked] = [0, 0];
    for (let stay = 4; stay <= 8; stay++)
      for (let size = 2; size <= 12; size++) {
        const made = ringOf(
          Array.from({ length: 20 }, () => ({
            terms: Array.from({ length: size }, () => Math.ceil(random() * stay)),
          })),
          undocumented,
        );
        teams += 20;
        marked += answer(made, { who: 'teams' }).items.filter(isUnusual).length;
      }
    expect(marked / teams).toBeLessThan(0.1);
    expect(marked).toBeGreaterThan(0);
  });
});
