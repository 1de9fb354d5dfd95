import { describe, expect, test } from 'vitest';
import type { NamedOrganisation } from '#core/analysis/organisation.ts';
import { FramesValues } from '#scripts/science/outcomes/frames-values.ts';
import { halfYearsOf } from '#scripts/science/outcomes/half-years.ts';
import type { HalfYear } from '#scripts/science/outcomes/half-years.ts';
import { recordsOfHalfYear } from '#scripts/science/outcomes/history-records.ts';
import { NetworkCounts } from '#scripts/science/outcomes/network-counts.ts';
import { organisationOfRecords } from '#scripts/science/outcomes/record-workspace.ts';
import { recordsOfWorld, worldTime } from '#scripts/science/outcomes/world-records.ts';
import type { RecordedWorld } from '#scripts/science/outcomes/world/recording.ts';
import { historyOf } from './history-of.ts';

const idOf = ({ nodes }: NamedOrganisation, node: number | undefined): string =>
  nodes[node ?? Number.NaN]?.id ?? 'none';

/** Each membership as “person in team”. */
const membershipsOf = (organisation: NamedOrganisation): string[] =>
  [...organisation.students]
    .map(
      (person, row) => `${idOf(organisation, person)} in ${idOf(organisation, organisation.memberOf[row])}`,
    )
    .sort();

/** Each link as its ends, its loss, and its bearers. */
const linksOf = (organisation: NamedOrganisation): string[] =>
  [...organisation.from.keys()]
    .map((link) => {
      const ends = [organisation.from[link], organisation.to[link]].map((node) => idOf(organisation, node));
      const bearers = [...(organisation.bearerSets[organisation.bearerSet[link] ?? Number.NaN] ?? [])];
      const names = bearers.map((node) => idOf(organisation, node)).sort();
      return `${ends.sort().join(' – ')} ${organisation.losses[link]} % ${names.join(' ')}`;
    })
    .sort();

/** Several areas of a person are one text or several, depending on the product. */
const areasOf = ({ areas }: NamedOrganisation): string[] =>
  areas.flatMap((area) => area.split('; ')).toSorted();

describe('a half-year of a history', () => {
  const [ann, bob, cem] = [0, 1, 2];
  const monthly = ['2021-02', '2021-03', '2021-04', '2021-05'];
  const history = historyOf(
    ['a/x/one.py', 'a/y/two.py', 'a/y/three.py'],
    [
      ['2020-06-01', [ann], 'A0 A1 A2'],
      ...monthly.flatMap(
        (month) =>
          [
            [`${month}-01`, [ann], 'M0'],
            [`${month}-02`, [bob], 'M1 M2'],
            [`${month}-03`, [cem], 'M2'],
          ] as const,
      ),
      // Bob changes a file of Ann's four times.
      ['2021-05-10', [bob], 'M0'],
      ['2021-05-12', [bob], 'M0'],
      ['2021-05-14', [bob], 'M0'],
      ['2021-05-16', [bob], 'M0'],
      ['2022-07-02', [ann], 'M0'],
    ],
  );
  const sample = () => recordsOfHalfYear(history, halfYearsOf(history)[0] as HalfYear);

  test('becomes teams, members of several teams, areas, and links from contacts', async () => {
    const organisation = await organisationOfRecords(sample(), { now: Date.parse('2021-07-01') });
    expect(membershipsOf(organisation)).toEqual([
      'student-0 in team-a/x',
      'student-1 in team-a/x',
      'student-1 in team-a/y',
      'student-2 in team-a/y',
    ]);
    expect([...new Set(areasOf(organisation))]).toEqual(['f0', 'f1', 'f2']);
    // Four contacts of Ann and Bob in one month, so it is fragile. Those of Bob and Cem are within a team.
    expect(linksOf(organisation)).toEqual(['team-a/x – team-a/y 60 % student-0 student-1']);
  });

  test('has counts of its contacts and links', async () => {
    const { records } = sample();
    const organisation = await organisationOfRecords(sample(), { now: Date.parse('2021-07-01') });
    const counts = new NetworkCounts(organisation, records);
    expect(counts.peopleMet('student-1')).toBe(2);
    expect(counts.peopleMet('student-0')).toBe(1);
    expect(counts.betweennessOf('student-1')).toBe(1);
    expect(counts.linkedTeams('team-a/x')).toBe(1);
    expect(counts.teamsLinkedToOwn('student-1')).toBe(2);
    // Cem after Bob four times, Bob after Cem three times, Bob after Ann four times.
    expect(counts.contactsOf(['student-2'])).toBe(7);
    expect(counts.contactsOf(['student-0', 'student-2'])).toBe(11);
  });
});

const person = { otherTeams: [], terms: 3, isLead: false, areas: [] };
const world: RecordedWorld = {
  teams: [
    { university: 0, size: 3 },
    { university: 0, size: 2 },
    { university: 1, size: 2 },
  ],
  people: [
    { ...person, team: 0, isLead: true, terms: 1 },
    { ...person, team: 0, otherTeams: [1], areas: [4, 9] },
    { ...person, team: 0 },
    { ...person, team: 1, areas: [4] },
    { ...person, team: 1 },
    { ...person, team: 2 },
    { ...person, team: 2 },
  ],
  links: [{ from: 0, to: 1, loss: 15, documented: 0.6, bearers: [1, 3] }],
  contacts: [
    { from: 2, to: 5, count: 4 },
    { from: 2, to: 3, count: 1 },
  ],
};

describe('a recorded world', () => {
  test('becomes universities, members with terms, leads and areas, links, and links from contacts', async () => {
    const organisation = await organisationOfRecords(recordsOfWorld(world, 1), { now: worldTime });
    expect(membershipsOf(organisation)).toEqual([
      'student-0 in team-0',
      'student-1 in team-0',
      'student-1 in team-1',
      'student-2 in team-0',
      'student-3 in team-1',
      'student-4 in team-1',
      'student-5 in team-2',
      'student-6 in team-2',
    ]);
    const rowOf = (id: string): number =>
      organisation.students.findIndex((node) => organisation.nodes[node]?.id === id);
    expect(organisation.terms[rowOf('student-0')]).toBe(1);
    expect(organisation.terms[rowOf('student-1')]).toBe(3);
    expect(organisation.memberWeights[rowOf('student-0')]).toBe(2);
    expect(organisation.memberWeights[rowOf('student-1')]).toBe(1);
    expect([...new Set(areasOf(organisation))]).toEqual(['area 4', 'area 9']);
    expect(new Set(organisation.nodes.map(({ university }) => university))).toEqual(
      new Set(['university-0', 'university-1']),
    );
    const [recorded, proposed, ...others] = linksOf(organisation);
    expect(others).toEqual([]);
    expect(recorded).toBe('team-0 – team-1 15 % student-1 student-3');
    expect(organisation.documented[organisation.losses.indexOf(15)]).toBeCloseTo(0.6, 12);
    expect(proposed).toMatch(/^team-0 – team-2 (35|60) % student-2 student-5$/);
  });

  test('dates contacts in the year before, always the same', () => {
    const datesOf = (seed: number): string[] =>
      [...recordsOfWorld(world, seed).records]
        .filter(({ type }) => type === 'contact')
        .map(({ payload }) => payload['date'] as string);
    expect(datesOf(1)).toHaveLength(5);
    expect(datesOf(1)).toEqual(datesOf(1));
    expect(datesOf(1)).not.toEqual(datesOf(2));
    for (const date of datesOf(1)) expect(date > '2025-01-01' && date < '2026-01-01').toBe(true);
  });

  test('has values of people, of teams, and of several people at once', async () => {
    const organisation = await organisationOfRecords(recordsOfWorld(world, 1), { now: worldTime });
    const values = new FramesValues(organisation);
    const counts = new NetworkCounts(organisation, recordsOfWorld(world, 1).records);
    expect(values.valueOf('student-1')).toBeGreaterThan(values.valueOf('student-6'));
    expect(values.valueTogether(['student-1', 'student-2'])).toBeGreaterThan(values.valueOf('student-1'));
    expect(values.valueTogether(['student-1'])).toBeCloseTo(values.valueOf('student-1'), 12);
    expect(values.valueOf('team-0')).toBeGreaterThan(values.valueOf('student-1'));
    expect(counts.linksNaming(['student-1', 'student-3'])).toBe(1);
    expect(counts.linksNaming(['student-1', 'student-2'])).toBe(2);
    expect(counts.linksNaming(['student-6'])).toBe(0);
    expect(() => values.valueOf('nobody')).toThrow('nobody');
  });
});
