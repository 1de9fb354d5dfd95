import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runSync } from '#core/kernel/progress.ts';
import { Bearing } from '#core/analysis/bearer-model.ts';
import { nodeKind, noNode } from '#core/analysis/organisation.ts';
import { findStandout } from '#core/analysis/cohorts.ts';
import { Damage } from '#core/analysis/questions/damage.ts';
import type { AnswerRequest, Finding } from '#core/analysis/questions/finding.ts';
import { answerOf, organisationOf } from '#test/core/analysis/organisations.ts';
import type { Made } from '#test/core/analysis/organisations.ts';
import { madeOrganisations, organisationsPath } from './make-organisations.ts';
import type { OrganisationFile } from './make-organisations.ts';

const questions = [
  'leaving',
  'leavers',
  'degrading',
  'weak',
  'undocumented',
  'cohorts',
  'expertise',
] as const;

/** Nodes, or the place of a link, and the value that model.py computed. */
interface Expected {
  subject: number[] | number;
  value: number;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const organisations = read<OrganisationFile[]>(organisationsPath);
const expected = read<({ total: number } & Record<(typeof questions)[number], Expected[]>)[]>(
  join(import.meta.dirname, 'expected.json'),
);

const madeOf = ({ members, links, sizes, ...rest }: OrganisationFile): Made => ({
  ...rest,
  sizes: sizes.map((size) => size ?? Number.NaN),
  members: members.map((row) => ({ ...row, terms: row.terms ?? Number.NaN })),
  links: links.map((link) => ({ ...link, loss: link.loss ?? Number.NaN })),
});

function findTotal(made: Made): number {
  const damage = new Damage(organisationOf(made));
  runSync(damage.measure());
  return damage.total;
}

const findItems = (made: Made, question: AnswerRequest['question'], limit = 10_000): Finding[] =>
  answerOf(made, question, { limit }).items;

/** Values by subject. A group has the value of any one of its members, so each member gets it. */
function valuesOfFindings(items: readonly Finding[]): Map<string, number> {
  return new Map(
    items.flatMap(({ nodes, link, isGroup, value, reason, because }): [string, number][] => {
      if (link !== null) return [[`link ${link}`, value]];
      // By the people who leave, because a team can have two items.
      if (reason.code.startsWith('leaving'))
        return [[`node ${because.nodes.toSorted((a, b) => a - b).join(' ')}`, value]];
      return isGroup ? nodes.map((node) => [`node ${node}`, value]) : [[`node ${nodes.join(' ')}`, value]];
    }),
  );
}

const valuesOfExpected = (items: readonly Expected[]): Map<string, number> =>
  new Map(
    items.map(({ subject, value }) => [
      typeof subject === 'number' ? `link ${subject}` : `node ${subject.join(' ')}`,
      value,
    ]),
  );

/** Every subject whose values differ by 1e-9 or more; a missing subject has the value 0. */
function findDifferences(found: Map<string, number>, wanted: Map<string, number>): string[] {
  return [...new Set([...found.keys(), ...wanted.keys()])]
    .filter((subject) => !(Math.abs((found.get(subject) ?? 0) - (wanted.get(subject) ?? 0)) < 1e-9))
    .map((subject) => `${subject}: ${found.get(subject)} here, ${wanted.get(subject)} in Python`);
}

test('organisations.json equals the output of the generator', () => {
  expect(organisations).toEqual(madeOrganisations());
});

describe('values agree with the Python implementation', () => {
  test('all that is relied on', () => {
    expect(expected).toHaveLength(organisations.length);
    for (const [at, file] of organisations.entries()) {
      const [found, wanted] = [findTotal(madeOf(file)), expected[at]?.total as number];
      expect(Math.abs(found - wanted), `organisation ${at}`).toBeLessThan(1e-9 * Math.max(1, wanted));
    }
  });

  test.each(questions)('%s', (question) => {
    const differences = organisations.flatMap((file, at) => {
      const found = valuesOfFindings(findItems(madeOf(file), question));
      const wanted = valuesOfExpected(expected[at]?.[question] ?? []);
      return findDifferences(found, wanted).map((line) => `organisation ${at}, ${line}`);
    });
    expect(differences).toEqual([]);
  });
});

// Of teams that leave soon, some are listed beyond the limit.
test.each(questions.slice(1))('%s: a limit keeps the greatest values', (question) => {
  for (const file of organisations) {
    const made = madeOf(file);
    const values = findItems(made, question).map(({ value }) => value);
    const kept = findItems(made, question, 3).map(({ value }) => value);
    expect(kept).toHaveLength(Math.min(3, values.length));
    for (const [at, value] of kept.entries()) expect(value).toBeCloseTo(values[at] as number, 9);
  }
});

/** Cases in which the two once differed, with the value of the model card. */
describe('known differences from the specification', () => {
  const { team, person, left } = nodeKind;

  test('a link from a node to itself counts nothing, whatever its importance', () => {
    const links = [
      { from: 0, to: 1, loss: 0, documented: 1 },
      { from: 0, to: 0, importance: 4 },
    ];
    // Five people are assumed in each team.
    expect(findTotal({ kinds: [team, team], links })).toBe(10);
  });

  test('a bearer who left before does not leave this term', () => {
    const made = {
      kinds: [team, team, left, person, person, person],
      members: [1, 8, 8].map((terms, at) => ({ node: 3 + at, team: noNode, terms })),
      links: [{ from: 0, to: 1, loss: 0, bearers: [2, 3, 4, 5] }],
    };
    expect(findItems(made, 'degrading')).toEqual([]);
  });

  test('a member who left before is not present', () => {
    const made = {
      kinds: [team, team, left, person],
      members: [2, 3].map((node) => ({ node, team: 0 })),
      links: [{ from: 0, to: 1, loss: 0 }],
    };
    expect(new Bearing(organisationOf(made)).passRates[0]).toBe(0.5);
  });

  test('twenty members who all leave this term stand out within one term', () => {
    const terms = Array.from({ length: 20 }, () => 1);
    expect(findStandout(terms, 12)?.within).toBe(1);
  });
});
