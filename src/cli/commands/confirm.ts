import { writeSheets } from '#core/import/confirm/sheets.ts';
import type { AnswersRead, ConfirmStatus } from '#shared/contract/confirm.ts';
import { field, list, required } from '../args/option.ts';
import { command } from '../command.ts';
import { changesText, problemLines, refusalOf } from '../output/differences.ts';
import { tableLines } from '../output/table.ts';
import { dryRun, operation } from '../operation.ts';
import { previewAndApply } from '../plan.ts';
import { yes } from '../prompts.ts';
import { amount, labelOf } from '../phrases.ts';
import { followProgress, onMoment, onWorkspace, pathOf, replace, withWorkspace } from '../workspace.ts';

const sheets = command({
  path: ['confirm', 'sheets'],
  summary: 'Write a workbook in which teams confirm their links',
  details: ['Each team has a sheet, answers "yes", "no" or "changed" for each link, and adds missing links.'],
  examples: ['frames confirm sheets --workspace W --out links.xlsx --university univ_1'],
  operation: 'confirm.writeSheets',
  parameters: {},
  options: {
    ...onMoment,
    out: required('FILE', 'Output workbook (.xlsx)'),
    university: field('confirm.writeSheets', 'university', 'ID', 'Only teams of this university'),
    team: list('ID', 'Only this team'),
    language: field('confirm.writeSheets', 'language', 'LANGUAGE', 'Language of headings and answers'),
    replace,
  },
  async run(context, args) {
    const { university = null, team, language = 'en' } = args;
    const path = pathOf(context, args.out);
    const selection = {
      university,
      language,
      replace: args.replace,
      ...(team.length > 0 && { teams: team }),
    };
    const result = await withWorkspace(context, args, 'confirm sheets', ({ core: { services } }) =>
      followProgress(writeSheets(services, path, selection, context.signal), context.output),
    );
    context.output.result({ ...result, file: path }, () => [
      `Wrote ${amount(result.teams, 'sheet')} with ${amount(result.links, 'link')} to ${path}.`,
    ]);
  },
});

const maxProblems = 50;

const answerLines = ({ dry, left_out, unanswered, problems, op_id, ...changes }: AnswersRead): string[] => [
  `${dry ? 'Would apply' : 'Applied'} the answers in ${changes.file}: ${changesText(changes)}.`,
  `  confirmed: ${changes.confirmed} (${changes.changed} corrected), unanswered: ${unanswered}`,
  ...(left_out.length > 0 ? [`  ${amount(left_out.length, 'row')} skipped:`] : []),
  ...left_out
    .slice(0, maxProblems)
    .map(
      ({ code, sheet, line, value }) =>
        `    ${JSON.stringify(sheet)}, row ${line}: ${labelOf(code).toLowerCase()} (${JSON.stringify(value)})`,
    ),
  ...(left_out.length > maxProblems ? [`    … and ${left_out.length - maxProblems} more`] : []),
  ...problemLines(problems),
  ...(op_id === null ? [] : ['Undo with "frames undo".']),
];

const read = command({
  path: ['confirm', 'read'],
  summary: 'Apply the answers in a workbook: confirm, correct, delete and add links',
  details: ['Skips and lists unclear rows. Undo with "frames undo".'],
  examples: ['frames confirm read --workspace W links.xlsx --dry-run'],
  operation: 'confirm.readAnswers',
  parameters: { file: required('FILE', 'Answered workbook (.xlsx)') },
  options: { ...onWorkspace, ...dryRun, yes },
  async run(context, args) {
    await withWorkspace(context, args, 'confirm read', ({ core, client }) => {
      const path = pathOf(context, args.file);
      return previewAndApply(context, args, {
        run: (dry, preview) =>
          client.confirm.readAnswers(
            { grant: core.grants.issue(path, 'read'), dry, seen: preview?.head, sha256: preview?.sha256 },
            { signal: context.signal },
          ),
        refusal: ({ problems }) => refusalOf(problems),
        lines: answerLines,
        question: (preview) =>
          preview.records.length > 0 ? `Apply the answers: ${changesText(preview)}?` : null,
      });
    });
  },
});

const confirmedOf = ({ confirmed, links }: { confirmed: number; links: number }): string =>
  `${confirmed} of ${links}`;

const statusLines = ({ since, total, universities, teams }: ConfirmStatus): string[] => [
  `${total.answered} of ${amount(total.asked, 'team')} answered since ${since}; ${total.confirmed} of ${amount(total.links, 'link')} confirmed.`,
  ...tableLines<ConfirmStatus['universities'][number]>(
    [
      { title: 'University', cell: ({ title }) => title || '–' },
      { title: 'Teams answered', cell: ({ asked, answered }) => `${answered} of ${asked}` },
      { title: 'Links confirmed', cell: (rate) => confirmedOf(rate) },
    ],
    universities,
  ),
  '',
  ...tableLines<ConfirmStatus['teams'][number]>(
    [
      { title: 'Team', cell: ({ title }) => title },
      { title: 'University', cell: ({ university_title }) => university_title || '–' },
      { title: 'Links confirmed', cell: (rate) => confirmedOf(rate) },
    ],
    teams,
  ),
];

export const confirmCommands = [
  sheets,
  read,
  operation({
    path: 'confirm status',
    operation: 'confirm.status',
    summary: 'Show which teams confirmed their links this term',
    examples: ['frames confirm status --workspace W --json'],
    on: onMoment,
    options: {
      university: field('confirm.status', 'university', 'ID', 'Only teams of this university'),
      limit: field('confirm.status', 'limit', 'N', 'Maximum number of teams, unanswered first'),
    },
    show: statusLines,
  }),
];
