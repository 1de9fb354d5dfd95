import { isUncertain, shareError } from '#shared/domain/confidence.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { field, oneOf } from '../args/option.ts';
import { command } from '../command.ts';
import { call, dryRun } from '../operation.ts';
import { tableLines } from '../output/table.ts';
import { amount, countOf } from '../phrases.ts';
import { onLive, onMoment, withWorkspace } from '../workspace.ts';
import { percent } from './dashboard-lines.ts';

export function insightLines(answer: Answer, width: number | undefined): string[] {
  const { question, items, ranked, top, unknown, estimate, worst, since, begins, runs, seed, guesses } =
    answer;
  const rows = items.map((item, at) => ({ ...item, at: at + 1 }));
  const table = tableLines(
    [
      { title: '#', align: 'right', cell: ({ at }) => String(at) },
      {
        title: question === 'weak' ? 'Flow gained' : question === 'changes' ? 'Change' : 'Flow lost',
        align: 'right',
        cell: ({ value }) => percent(value),
      },
      {
        title: 'Rank holds',
        align: 'right',
        cell: ({ confidence }) => (confidence === null ? '' : shareText(confidence, runs)),
      },
      {
        title: `In top ${top}`,
        align: 'right',
        cell: (item) =>
          item.in_top === null ? '' : `${shareText(item.in_top, runs)}${isUncertain(item) ? ' ?' : '  '}`,
      },
      { title: 'Title', cell: (item) => titleOf(item) },
      { title: 'University', cell: ({ university }) => university ?? '' },
      { title: 'Why', cell: ({ reason }) => reason },
    ],
    rows,
    width,
  );
  return [
    ...(rows.length > 0 ? [...table, ''] : []),
    ...repairLines(answer),
    ...(worst ? [`Most critical set: ${worst.title} (${percent(worst.value)}). ${worst.reason}`] : []),
    ...(since === null ? [] : [`Since ${since}.`]),
    ...(begins === null
      ? []
      : [
          `The history begins ${begins.slice(0, 10)}. There is no earlier term to compare with yet; name a time with --since.`,
        ]),
    ...(unknown > 0 ? [`${countOfUnknown(question, unknown)} skipped: not enough data.`] : []),
    ...guessLines(guesses),
    ...(estimate ? ['Values are estimated from a random sample because the network is dense.'] : []),
    `Showing ${rows.length} of ${amount(ranked, 'result')}.${runs > 0 ? ` Ranks checked in ${amount(runs, 'stress test')} (seed ${seed}).` : ''}`,
    ...(runs > 0 && items.length > 0
      ? [
          `Rank holds: stress tests in which an item ranks as high or higher. In top ${top}: those in which it is among the ${top} largest.`,
        ]
      : []),
    ...(items.some(isUncertain) ? ['? Uncertain: neither in 60 % of the stress tests.'] : []),
  ];
}

function shareText(share: number, runs: number): string {
  const error = shareError(share, runs);
  return `${percent(share)}${error === null ? '' : ` ± ${Math.round(100 * error)}`}`;
}

function repairLines({ items, question }: Answer): string[] {
  const [first] = items;
  if (!first || first.interventions.length === 0 || question === 'changes') return [];
  const repairs = first.interventions.map(
    ({ title, value }) => `  ${title}: ${percent(first.value)} → ${percent(value)}`,
  );
  return [`Repairs for 1, ${titleOf(first)}:`, ...repairs, ''];
}

/** Interchangeable members of a team share one title. */
function titleOf({ title, alike, because: { code, params } }: Insight): string {
  if (alike === 1) return title;
  return code === 'member'
    ? `Any of ${alike} members of ${String(params['team'])}`
    : `Any of ${alike}: ${title}`;
}

function guessLines({ terms, losses, teams }: Answer['guesses']): string[] {
  const parts = [
    ...(terms > 0 ? [`${countOf(terms, 'student')} without terms`] : []),
    ...(losses > 0 ? [`${countOf(losses, 'interface')} without loss and bond`] : []),
    ...(teams > 0 ? [`${countOf(teams, 'team')} without members`] : []),
  ];
  return parts.length === 0
    ? []
    : [`Not in the records: ${parts.join(', ')}. Usual values stand in for them.`];
}

const countOfUnknown = (question: Answer['question'], unknown: number): string =>
  countOf(unknown, question === 'cohorts' ? 'team' : 'interface');

export const insightsCommand = command({
  path: ['insights'],
  summary:
    'Answer a question about risks: leavers, degrading, weak, undocumented, cohorts, expertise, changes',
  details: [
    'leavers: knowledge flow lost if a person or team leaves. degrading: knowledge flow lost over links by the end of this term. ' +
      'weak: knowledge flow gained by strengthening a weak link. undocumented: knowledge flow that depends on an undocumented link. ' +
      'cohorts: teams of which unusually many leave together. expertise: areas that one person alone knows. changes: records added, ' +
      'removed, weakened or strengthened since last term.',
    'Ranks teams unless "frames ranking --people on" was set; --who chooses for one call.',
    'Changes nothing. The same data, seed and version give the same answer.',
  ],
  examples: ['frames insights leavers --workspace W --set 3 --json'],
  operation: 'analysis.insights',
  parameters: { question: field('analysis.insights', 'question', 'QUESTION', 'Question to answer') },
  options: {
    ...onMoment,
    who: field(
      'analysis.insights',
      'who',
      'WHO',
      'Who could leave (default: teams, or all with "frames ranking --people on")',
    ),
    university: field('analysis.insights', 'university', 'ID', 'Only this university'),
    set: field('analysis.insights', 'set', 'N', 'Also find the most critical set of 2 or 3'),
    since: field('analysis.insights', 'since', 'TIME', 'Changes since this time (ISO 8601, UTC)'),
    limit: field('analysis.insights', 'limit', 'N', 'Maximum number of results'),
    seed: field('analysis.insights', 'seed', 'N', 'Random seed of the stress tests'),
    quick: field('analysis.insights', 'quick', '', 'Skip confidence and suggestions'),
  },
  async run(context, args) {
    const { question, who, university, set, since, limit, seed, quick } = args;
    const request = Object.fromEntries(
      Object.entries({ question, who, university, set, since, limit, seed, quick }).filter(
        ([, value]) => value !== undefined,
      ),
    ) as typeof args;
    const result = await withWorkspace(context, args, 'insights', async (open) => {
      const isNaming = who === 'people' || who === 'all';
      if (isNaming && !(await call(open, 'analysis.ranking', {}, context)).people)
        context.output.note(`Rankings of people are off in this workspace. ${purpose}`);
      return call(open, 'analysis.insights', request, context);
    });
    context.output.result(result, () => insightLines(result, context.output.width));
  },
});

const purpose =
  'Ranking named people is meant for planning handovers, not for judging people. Tell the people concerned that you use it.';

export const rankingCommand = command({
  path: ['ranking'],
  summary: 'Show or change whether rankings name people',
  details: [purpose, 'Off unless set: rankings name teams. Only admins can change it.'],
  examples: ['frames ranking --people on --workspace W'],
  parameters: {},
  options: {
    ...onLive,
    people: oneOf('ON', 'Whether rankings name people', ['on', 'off']),
    ...dryRun,
  },
  async run(context, args) {
    const { people } = args;
    const policy = await withWorkspace(context, args, 'ranking', async (open) =>
      people === undefined
        ? call(open, 'analysis.ranking', {}, context)
        : (await call(open, 'analysis.setRanking', { people: people === 'on' }, context)).policy,
    );
    context.output.result(policy, () => [`People in rankings: ${policy.people ? 'on' : 'off'}.`]);
  },
});
