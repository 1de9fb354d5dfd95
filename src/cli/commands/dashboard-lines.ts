import type { UniversityCounts } from '#shared/contract/dashboards.ts';
import type { Result } from '../args/option.ts';
import { tableLines } from '../output/table.ts';
import { amount, countOf, timeOf } from '../phrases.ts';

/** Formats a share as a percentage, with a decimal only below 10. */
export const hundredths = (share: number): string => {
  const value = 100 * share;
  return value.toFixed(Math.abs(value) < 9.95 ? 1 : 0);
};

export const percent = (share: number): string => `${hundredths(share)} %`;

/** "3 of 4"; '' if no outcome is recorded. */
function successText(outcomes: UniversityCounts['outcomes']): string {
  const sum = (of: 'succeeded' | 'recorded'): number =>
    outcomes.reduce((total, outcome) => total + outcome[of], 0);
  return sum('recorded') === 0 ? '' : `${sum('succeeded')} of ${sum('recorded')}`;
}

export function universityLines(
  { universities, shared, total }: Result<'analysis.universities'>,
  width: number | undefined,
): string[] {
  const rows = [...universities, { ...shared, name: 'Shared' }, { ...total, name: 'Total' }];
  type Row = UniversityCounts & { name: string };
  const number = (title: string, of: (row: Row) => number) =>
    ({ title, align: 'right', cell: (row: Row) => String(of(row)) }) as const;
  const share = (title: string, of: (row: Row) => number | null) =>
    ({ title, align: 'right', cell: (row: Row) => percentOrNone(of(row)) }) as const;
  return tableLines<Row>(
    [
      { title: 'University', cell: ({ name }) => name },
      number('Teams', ({ teams }) => teams),
      number('Faculty', ({ faculty }) => faculty),
      number('Active students', ({ students }) => students),
      number('Projects', ({ projects }) => projects),
      number('Links within', ({ links }) => links.within),
      number('Links to others', ({ links }) => links.across),
      number('Links to shared', ({ links }) => links.shared),
      share('Mean loss', ({ mean_loss: loss }) => (loss === null ? null : loss / 100)),
      share('Undocumented', ({ undocumented }) => undocumented),
      number('Leave soon', ({ leaving }) => leaving),
      { title: 'Teams that lose many', align: 'right', cell: ({ cohorts }) => gapsText(cohorts) },
      { title: 'Outcomes', align: 'right', cell: ({ outcomes }) => successText(outcomes) },
    ],
    rows,
    width,
  );
}

const percentOrNone = (share: number | null): string => (share === null ? '' : percent(share));
const gapsText = ({ gaps, judged }: UniversityCounts['cohorts']): string =>
  judged === 0 ? '' : `${gaps} of ${judged}`;

export function leavingLines(
  { by, people, teams, by_team: groups }: Result<'analysis.leaving'>,
  titles: Readonly<Record<string, string>>,
  width: number | undefined,
): string[] {
  return [
    ...tableLines(
      [
        { title: 'Team', cell: ({ team }) => (team ? (titles[team.id] ?? team.title) : 'no team') },
        {
          title: 'Leaving',
          align: 'right',
          cell: ({ team, leaving, members }) =>
            team ? `${leaving.length} of ${members}` : String(leaving.length),
        },
        { title: 'Who', cell: ({ leaving }) => leaving.map(({ title }) => title).join(', ') },
      ],
      groups,
      width,
    ),
    '',
    `${countOf(people, 'student')} of ${countOf(teams, 'team')} leave by ${by.slice(0, 10)}.`,
  ];
}

export function expertiseLines(
  { areas, people, matched }: Result<'analysis.expertise'>,
  width: number | undefined,
): string[] {
  const names = areas.map((): string[] => []);
  for (const { area, title } of people) if (area !== null) names[area]?.push(title);
  const sole = areas.filter((area) => area.people === 1).length;
  return [
    ...tableLines(
      [
        { title: 'Area', cell: ({ name }) => name },
        { title: 'People', align: 'right', cell: (area) => String(area.people) },
        { title: 'Names', cell: ({ at }) => (names[at] ?? []).join(', ') },
      ],
      areas.map((area, at) => ({ ...area, at })),
      width,
    ),
    '',
    areas.length === 0
      ? 'No active student has an area of expertise.'
      : `${sole} of ${amount(areas.length, 'area')} known by one person.`,
    ...(people.length < matched
      ? [`Only the ${people.length} of ${matched} people with the rarest areas.`]
      : []),
  ];
}

export function historyLines(
  { points, begins }: Result<'analysis.history'>,
  width: number | undefined,
): string[] {
  return [
    ...tableLines(
      [
        { title: 'At', cell: ({ at, now }) => (now ? 'now' : (at?.slice(0, 10) ?? '')) },
        { title: 'Links', align: 'right', cell: ({ measures }) => String(measures.links) },
        { title: 'Knowledge flow', align: 'right', cell: ({ measures }) => percentOrNone(measures.reach) },
        {
          title: 'Mean loss',
          align: 'right',
          cell: ({ total }) => percentOrNone(total.mean_loss === null ? null : total.mean_loss / 100),
        },
        { title: 'Undocumented', align: 'right', cell: ({ total }) => percentOrNone(total.undocumented) },
        {
          title: 'Depend on one person',
          align: 'right',
          cell: ({ measures }) => String(measures.single_bearer),
        },
        { title: 'Teams that lose many', align: 'right', cell: ({ total }) => gapsText(total.cohorts) },
        { title: 'Active students', align: 'right', cell: ({ measures }) => String(measures.people) },
      ],
      points,
      width,
    ),
    '',
    ...(begins === null
      ? []
      : [`${amount(points.length, 'point')}; the history begins at ${timeOf(begins)} UTC.`]),
  ];
}
