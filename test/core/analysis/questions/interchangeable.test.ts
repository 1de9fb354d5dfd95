import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { runSync } from '#core/kernel/progress.ts';
import { nodeKind } from '#core/analysis/organisation.ts';
import { Damage } from '#core/analysis/questions/damage.ts';
import { subjectsOf } from '#core/analysis/questions/find-answer.ts';
import type { Finding } from '#core/analysis/questions/finding.ts';
import { subjectValue } from '#core/analysis/questions/rank-subjects.ts';
import { answerOf, madeOrganisations, openRequest, organisationOf, relabelled } from '../organisations.ts';
import type { Made } from '../organisations.ts';

const questions = ['leaving', 'leavers', 'degrading', 'weak', 'undocumented', 'cohorts'] as const;
type MergedQuestion = (typeof questions)[number];

const itemsOf = (of: Made, question: MergedQuestion): Finding[] => answerOf(of, question).items;

/** `count` copies of an organisation, without links between them. Areas of expertise are left out: they have names. */
function copies(of: Made, count: number): Made {
  const size = of.kinds.length;
  const repeat = <T>(values: readonly T[], shift: (value: T, by: number) => T): T[] =>
    Array.from({ length: count }, (_, copy) => values.map((value) => shift(value, copy * size))).flat();
  const keep = <T>(value: T): T => value;
  return {
    kinds: repeat(of.kinds, keep),
    members: repeat(of.members ?? [], (row, by) => ({
      ...row,
      node: row.node + by,
      team: row.team < size ? row.team + by : row.team,
    })),
    links: repeat(of.links, (link, by) => ({
      ...link,
      from: link.from + by,
      to: link.to + by,
      bearers: (link.bearers ?? []).map((node) => (node < size ? node + by : node)),
    })),
    ...(of.importance && { importance: repeat(of.importance, keep) }),
    ...(of.sizes && { sizes: repeat(of.sizes, keep) }),
    contacts: repeat(of.contacts ?? [], (one, by) => ({ ...one, from: one.from + by, to: one.to + by })),
  };
}

/** Few different values, so that many records are alike. */
const plainOrganisations = fc
  .record({
    teams: fc.integer({ min: 2, max: 7 }),
    members: fc.array(fc.record({ team: fc.nat(6), terms: fc.constantFrom(1, 3) }), { maxLength: 8 }),
    links: fc.uniqueArray(fc.tuple(fc.nat(6), fc.nat(6)), {
      maxLength: 12,
      selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
    }),
  })
  .map(({ teams, members, links }): Made => ({
    kinds: [...Array<number>(teams).fill(nodeKind.team), ...members.map(() => nodeKind.person)],
    members: members.map(({ team, terms }, index) => ({ node: teams + index, team: team % teams, terms })),
    links: links.map(([from, to]) => ({ from: from % teams, to: to % teams, loss: 15 })),
  }));

/** Eight teams with five members each, in a ring. */
const ring: Made = {
  kinds: [...Array<number>(8).fill(nodeKind.team), ...Array<number>(40).fill(nodeKind.person)],
  members: Array.from({ length: 40 }, (_, index) => ({
    node: 8 + index,
    team: index % 8,
    terms: 1 + Math.floor(index / 8),
  })),
  links: Array.from({ length: 8 }, (_, team) => ({ from: team, to: (team + 1) % 8, loss: 15 })),
};

const teamsOf = ({ nodes }: Finding): readonly number[] => nodes.filter((node) => node < 8);

describe('interchangeable records are one item', () => {
  test('equal teams, their members and the links of a ring', () => {
    expect(itemsOf(ring, 'leavers').map(({ nodes }) => nodes.length)).toEqual([8, 24, 8, 8]);
    const linkCounts = (question: MergedQuestion): (number | undefined)[] =>
      itemsOf(ring, question).flatMap(({ link, links }) => (link === null ? [] : [links?.length]));
    expect(
      itemsOf(ring, 'leaving').flatMap(({ link, nodes }) => (link === null ? [nodes.length] : [])),
    ).toEqual([8]);
    expect(linkCounts('leaving')).toEqual([8]);
    expect(linkCounts('undocumented')).toEqual([8]);
  });

  test('a team with one documented link more is another item', () => {
    const links = ring.links.map((link, index) => (index === 0 ? { ...link, documented: 1 } : link));
    const teams = itemsOf({ ...ring, links }, 'leavers').map(teamsOf);
    expect(
      teams.filter(({ length }) => length > 0).map((nodes) => nodes.toSorted((a, b) => a - b).join()),
    ).toEqual(expect.arrayContaining(['0,1', '2,7', '3,6', '4,5']));
  });

  /** Teams in rings of these sizes; a ring of two has two links between the same teams. */
  test.each([
    [3, 6],
    [2, 4],
    [1, 5],
  ])('equal neighbours are not enough: rings of %i and %i teams', (small, large) => {
    const ringFrom = (start: number, size: number): Made['links'] =>
      Array.from({ length: size }, (_, at) => ({
        from: start + at,
        to: start + ((at + 1) % size),
        loss: 15,
      }));
    const of = {
      kinds: Array<number>(small + large).fill(nodeKind.team),
      links: [...ringFrom(0, small), ...ringFrom(small, large)],
    };
    const sizes = itemsOf(of, 'leavers').map(({ nodes }) => nodes.length);
    expect(sizes.toSorted((a, b) => a - b)).toEqual(small === 1 ? [large] : [small, large]);
  });

  test.each(questions)('%s: two copies of an organisation have the items of one', (question) => {
    fc.assert(
      fc.property(madeOrganisations, fc.integer({ min: 2, max: 3 }), (made, count) => {
        const of = { ...made, areas: [] };
        const sizes = (items: readonly Finding[], times: number): string[] =>
          items.map(({ nodes, link, links = [link] }) =>
            String(times * (link === null ? nodes.length : links.length)),
          );
        // Values change, because a chance and the stay belong to all; the groups do not.
        expect(sizes(itemsOf(copies(of, count), question), 1).toSorted()).toEqual(
          sizes(itemsOf(of, question), count).toSorted(),
        );
      }),
    );
  });

  test.each(questions)('%s: each record has the value of its item, under any numbering', (question) => {
    fc.assert(
      fc.property(
        fc.oneof(plainOrganisations, madeOrganisations),
        fc.infiniteStream(fc.nat()),
        (of, numbers) => {
          const order = [...of.kinds.keys()]
            .map((node) => [numbers.next().value, node] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, node]) => node);
          for (const made of [of, relabelled(of, order)]) expect(differentValues(made, question)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Members of items with another value than the item. */
function differentValues(of: Made, question: MergedQuestion): string[] {
  const damage = new Damage(organisationOf(of));
  runSync(damage.measure());
  const singleSubjects = subjectsOf(damage, { ...openRequest, question }).subjects;
  return itemsOf(of, question).flatMap(({ nodes, link, links, isGroup, value }) => {
    if (!isGroup && !links) return [];
    const merged = singleSubjects.filter((subject) =>
      link === null
        ? subject.link === null && subject.nodes.some((node) => nodes.includes(node))
        : links?.includes(subject.link as number),
    );
    return merged
      .filter((subject) => subject.isByChance !== true)
      .map((subject) => subjectValue(damage, subject))
      .filter((found) => Math.abs(found - value) > 1e-9)
      .map((found) => `${nodes.join()} ${found} instead of ${value}`);
  });
}
