import type { InterventionCode } from '#core/analysis/questions/choose-interventions.ts';
import type { RepairTally } from './observe-repairs.ts';
import { rankings } from './observations.ts';
import type { Ranking, Split, Target } from './observations.ts';
import type { Estimate } from './statistics.ts';
import type { Promises } from './observe-promises.ts';
import { proposalRules } from './observe-proposals.ts';
import type { ProposalCounts } from './observe-proposals.ts';
import type { Quality, Summary } from './summaries.ts';

/** The names of outcomes in tables. */
const outcomeNames: Readonly<Record<string, string>> = {
  untouched: 'files untouched',
  untouchedShare: 'share of files untouched',
  orphaned: 'files orphaned',
  delay: 'days until touched',
  loss: 'needs unmet',
};

const targets: readonly Target[] = ['people', 'teams'];
const pageRankings: readonly Ranking[] = [
  'links carried',
  'degree',
  'degree × members',
  'betweenness',
  'random',
];

/** The first column of a row. */
export const rowLabel = ({ group, outcome }: Pick<Summary, 'group' | 'outcome'>): string =>
  `${group}: ${outcomeNames[outcome] ?? outcome}`;

/** Two decimals, without the zero before the point. */
function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '–';
  const digits = Math.abs(value).toFixed(2).replace(/^0\./, '.');
  return Math.round(100 * value) < 0 ? `−${digits}` : digits;
}

const formatInterval = ({ low, high }: Estimate): string => `${formatNumber(low)} to ${formatNumber(high)}`;

function formatDifference(difference: Estimate): string {
  const sign = Math.round(100 * difference.mean) > 0 ? '+' : '';
  return `${sign}${formatNumber(difference.mean)} (${formatInterval(difference)})`;
}

const meanOf = (quality: Quality | undefined): string =>
  formatNumber(quality?.correlation.mean ?? Number.NaN);

export const pageColumns: readonly string[] = [
  'n',
  'FRAMES',
  'best count',
  ...pageRankings,
  'FRAMES with a count',
  'FRAMES minus best count',
];

/** The tables of docs/science.md: the held groups. */
export const pageTables = (summaries: readonly Summary[]): string =>
  targets
    .map((target) =>
      [
        `| ${[target, ...pageColumns].join(' | ')} |`,
        `|${'---|'.repeat(pageColumns.length + 1)}`,
        ...summaries
          .filter((summary) => summary.target === target && summary.split === 'held')
          .map((summary) => `| ${[rowLabel(summary), ...pageCells(summary)].join(' | ')} |`),
      ].join('\n'),
    )
    .join('\n\n');

const pageCells = ({ units, rankings: qualities, bestCount, combined, difference }: Summary): string[] => [
  String(units),
  meanOf(qualities.FRAMES),
  `${meanOf(qualities[bestCount])} ${bestCount}`,
  ...pageRankings.map((ranking) => meanOf(qualities[ranking])),
  meanOf(combined),
  formatDifference(difference),
];

/** All groups with all rankings, for the console: rank correlations, then shares of the possible loss. The held half comes first. */
export function detailTables(summaries: readonly Summary[]): string {
  const splits: readonly Split[] = ['held', 'chosen by'];
  const parts = targets.flatMap((target) =>
    splits.flatMap((split) => {
      const rows = summaries.filter((summary) => summary.target === target && summary.split === split);
      if (rows.length === 0) return [];
      return [
        detailTable(`${target}, ${split}: rank correlation`, rows, ({ correlation }) => correlation),
        detailTable(`${target}, ${split}: share of loss in first five`, rows, ({ firstFive }) => firstFive),
      ];
    }),
  );
  return parts.join('\n\n');
}

function detailTable(
  title: string,
  summaries: readonly Summary[],
  estimateOf: (quality: Quality) => Estimate,
): string {
  const used = rankings.filter((ranking) => summaries.some((summary) => summary.rankings[ranking]));
  const cell = (quality: Quality | undefined): string =>
    quality === undefined ? '' : formatNumber(estimateOf(quality).mean);
  return alignColumns([
    [title, 'n', 'items', ...used, 'FRAMES with a count'],
    ...summaries.map((summary) => [
      rowLabel(summary),
      String(summary.units),
      String(summary.items),
      ...used.map((ranking) => cell(summary.rankings[ranking])),
      cell(summary.combined),
    ]),
  ]);
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) =>
          column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

/** One line for each held group and outcome: FRAMES minus the best count. */
export const differenceLines = (summaries: readonly Summary[]): string =>
  targets
    .flatMap((target) =>
      summaries
        .filter((summary) => summary.target === target && summary.split === 'held')
        .map(
          (summary) =>
            `${target}, ${rowLabel(summary)}: FRAMES minus ${summary.bestCount} = ${formatDifference(summary.difference)}`,
        ),
    )
    .join('\n');

/** The precision and recall of each rule for missing links. */
export const proposalTable = (counts: readonly ProposalCounts[], splits: readonly Split[]): string =>
  [
    `| precision, recall | seeds | missing links | ${proposalRules.join(' | ')} |`,
    `|${'---|'.repeat(proposalRules.length + 3)}`,
    ...splits
      .flatMap((split) => counts.filter((one) => one.split === split))
      .map(({ group, split, missing, rules }) => {
        const cells = proposalRules.map((rule) => {
          const { proposed, right } = rules[rule];
          return `${formatNumber(right / proposed)}, ${formatNumber(right / missing)}`;
        });
        return `| ${[group, split, missing, ...cells].join(' | ')} |`;
      }),
  ].join('\n');

/** How many of the items that stress tests promise are in the top group with complete records. */
export const promiseTable = (promises: readonly Promises[], splits: readonly Split[]): string =>
  [
    '| promised with 90 % and more | seeds | assuming 10 % | came true | assuming the real share | came true |',
    `|${'---|'.repeat(6)}`,
    ...splits
      .flatMap((split) => promises.filter((one) => one.split === split))
      .map(({ group, split, byAssumption: { usual, real } }) => {
        const cells = [usual, real].flatMap(({ promised, kept }) => [
          promised,
          formatNumber(kept / promised),
        ]);
        return `| ${[group, split, ...cells].join(' | ')} |`;
      }),
  ].join('\n');

const repairNames: Readonly<Partial<Record<InterventionCode, string>>> = {
  write_down: 'document one link',
  write_down_all: 'document all links',
  learn: 'second holder of an area',
  pair: 'pair two neighbours',
  take_over: 'stand-in',
  keep_member: 'a member who stays on',
  established: 'a member who stays on',
  incoming: 'a new student',
  both: 'a member who stays on, and a new student',
};

const wholePercent = (share: number): string => `${Math.round(100 * share)} %`.replace('-', '−');

/** Repairs in worlds: what they promised, and what they did. */
export const repairTable = (tallies: readonly RepairTally[]): string =>
  [
    '| repair | world of | cases | loss lower | unchanged | higher | saved, computed | saved, really |',
    '|---|---|---|---|---|---|---|---|',
    ...tallies.map(
      ({ kind, code, cases, lower, same, higher, promised, real }) =>
        `| ${repairNames[code] ?? code} | ${kind} | ${cases} | ${lower} | ${same} | ${higher} | ${wholePercent(promised)} | ${wholePercent(real)} |`,
    ),
  ].join('\n');
