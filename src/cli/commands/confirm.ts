import { writeSheets } from '#core/import/confirm/sheets.ts';
import type { AnswersRead, ConfirmStatus } from '#shared/contract/confirm.ts';
import { field, list, needed } from '../args/option.ts';
import { command } from '../command.ts';
import { changesText, problemLines, refusalOf } from '../output/differences.ts';
import { tableLines } from '../output/table.ts';
import { dryRun, operation } from '../operation.ts';
import { previewAndApply } from '../plan.ts';
import { yes } from '../prompts.ts';
import { amount, labelOf } from '../phrases.ts';
import { follow, onMoment, onWorkspace, pathOf, replace, withWorkspace } from '../workspace.ts';

const sheets = command({
  path: ['confirm', 'sheets'],
  summary: 'Write a workbook in which teams confirm their links',
  details: ['Each team has a sheet, answers "yes", "no" or "changed" for each link, and adds missing links.'],
  examples: ['frames confirm sheets --workspace W --out links.xlsx --university univ_1'],
  operation: 'confirm.writeSheets',
  parameters: {},
  options: {
    ...onMoment,
    out: needed('FILE', 'Output workbook (.xlsx)'),
    university: field('confirm.writeSheets', 'university', 'ID', 'Only teams of this university'),
    team: list('ID', 'Only this team'),
    language: field('confirm.writeSheets', 'language', 'LANGUAGE', 'Language of headings and answers'),
    replace,
  },
  async run(context, given) {
    const { university = null, team, language = 'en' } = given;
    const path = pathOf(context, given.out);
    const which = { university, language, replace: given.replace, ...(team.length > 0 && { teams: team }) };
    const done = await withWorkspace(context, given, 'confirm sheets', ({ core: { services } }) =>
      follow(writeSheets(services, path, which, context.signal), context.output),
    );
    context.output.result({ ...done, file: path }, () => [
      `Wrote ${amount(done.teams, 'sheet')} with ${amount(done.links, 'link')} to ${path}.`,
    ]);
  },
});

const shown = 50;

const answerLines = ({ dry, left_out, unanswered, problems, op_id, ...done }: AnswersRead): string[] => [
  `${dry ? 'Would apply' : 'Applied'} the answers in ${done.file}: ${changesText(done)}.`,
  `  confirmed: ${done.confirmed} (${done.changed} corrected), unanswered: ${unanswered}`,
  ...(left_out.length > 0 ? [`  ${amount(left_out.length, 'row')} skipped:`] : []),
  ...left_out
    .slice(0, shown)
    .map(
      ({ code, sheet, line, value }) =>
        `    ${JSON.stringify(sheet)}, row ${line}: ${labelOf(code).toLowerCase()} (${JSON.stringify(value)})`,
    ),
  ...(left_out.length > shown ? [`    … and ${left_out.length - shown} more`] : []),
  ...problemLines(problems),
  ...(op_id === null ? [] : ['Undo with "frames undo".']),
];

const read = command({
  path: ['confirm', 'read'],
  summary: 'Apply the answers in a workbook: confirm, correct, delete and add links',
  details: ['Skips and lists unclear rows. Undo with "frames undo".'],
  examples: ['frames confirm read --workspace W links.xlsx --dry-run'],
  operation: 'confirm.readAnswers',
  parameters: { file: needed('FILE', 'Answered workbook (.xlsx)') },
  options: { ...onWorkspace, ...dryRun, yes },
  async run(context, given) {
    await withWorkspace(context, given, 'confirm read', ({ core, client }) => {
      const path = pathOf(context, given.file);
      return previewAndApply(context, given, {
        run: (dry, seen) =>
          client.confirm.readAnswers(
            { grant: core.grants.issue(path, 'read'), dry, seen: seen?.head, sha256: seen?.sha256 },
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
