import { isUncertain, shareError } from '#shared/domain/confidence.ts';
import type { Answer } from '#shared/contract/analysis.ts';
import { field, oneOf, resultSchemaOf } from '../args/option.ts';
import { command } from '../command.ts';
import { callOperation, dryRun } from '../operation.ts';
import { resultLines } from '../output/result.ts';
import { formatPercent } from '../format.ts';
import { liveOptions, pointInTimeOptions, withWorkspace } from '../workspace.ts';

export function insightLines(answer: Answer, width: number): string[] {
  const { items, worst, question, runs, top } = answer;
  const [firstItem] = items;
  const repairs = question === 'changes' ? [] : (firstItem?.interventions ?? []);
  const rows = items.map((item) => ({
    ...item,
    confidence: item.confidence === null ? '' : shareText(item.confidence, runs),
    in_top: item.in_top === null ? '' : `${shareText(item.in_top, runs)}${isUncertain(item) ? ' ?' : ''}`,
  }));
  const result = {
    ...answer,
    items: rows,
    worst: worst && `${worst.title} (${formatPercent(worst.value)}). ${worst.reason}`,
    ...(repairs.length > 0 && {
      repairs_of_the_first: repairs.map(({ title, value }) => ({ title, value: formatPercent(value) })),
    }),
  };
  return [
    ...resultLines(resultSchemaOf('analysis.insights'), result, width),
    ...(runs > 0 && items.length > 0
      ? [
          `Rank holds: stress tests in which an item ranks as high or higher. In top: those in which it is among the ${top} largest; "?": neither in 60 %.`,
        ]
      : []),
  ];
}

function shareText(share: number, runs: number): string {
  const error = shareError(share, runs);
  return `${formatPercent(share)}${error === null ? '' : ` ± ${Math.round(100 * error)}`}`;
}

export const insightsCommand = command({
  path: ['insights'],
  summary:
    'Answer about risks: leaving, leavers, degrading, weak, undocumented, cohorts, expertise, code, changes',
  details: [
    'Values, other than those of code, are shares of the knowledge people rely on: what reaches them over links, what their own team knows, and areas of expertise. ' +
      'leaving: lost with the people who leave by the end of the next term. leavers: lost if a person or team leaves. degrading: lost over links by the end of this term. ' +
      'weak: gained by strengthening a weak link. undocumented: depends on an undocumented link. ' +
      'cohorts: lost with teams of which unusually many leave together. expertise: lost with the only person who knows an area; also areas that projects or teams need and nobody has, or all who have them leave with. code: share of an area of code that nobody who stays knows. changes: records added, ' +
      'removed, weakened or strengthened since last term.',
    'Ranks teams unless "frames ranking --people on" was set; --who chooses for one call.',
    'Changes nothing. The same data, seed and version give the same answer.',
  ],
  examples: ['frames insights leavers --workspace W --set 3 --json'],
  operation: 'analysis.insights',
  parameters: { question: field('analysis.insights', 'question', 'QUESTION', 'Question to answer') },
  options: {
    ...pointInTimeOptions,
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
      const isNamingPeople = who === 'people' || who === 'all';
      if (isNamingPeople && !(await callOperation(open, 'analysis.ranking', {}, context)).people)
        context.output.note(`Rankings of people are off in this workspace. ${rankingPurpose}`);
      return callOperation(open, 'analysis.insights', request, context);
    });
    context.output.result(result, () => insightLines(result, context.output.width));
  },
});

const rankingPurpose =
  'Ranking named people is meant for planning handovers, not for judging people. Tell the people concerned that you use it.';

export const rankingCommand = command({
  path: ['ranking'],
  summary: 'Show or change whether rankings name people',
  details: [rankingPurpose, 'Off unless set: rankings name teams. Only admins can change it.'],
  examples: ['frames ranking --people on --workspace W'],
  parameters: {},
  options: {
    ...liveOptions,
    people: oneOf('ON', 'Whether rankings name people', ['on', 'off']),
    ...dryRun,
  },
  async run(context, args) {
    const { people } = args;
    const policy = await withWorkspace(context, args, 'ranking', async (open) =>
      people === undefined
        ? callOperation(open, 'analysis.ranking', {}, context)
        : (await callOperation(open, 'analysis.setRanking', { people: people === 'on' }, context)).policy,
    );
    context.output.result(policy, () => resultLines(resultSchemaOf('analysis.ranking'), policy));
  },
});
