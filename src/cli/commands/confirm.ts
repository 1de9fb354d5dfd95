import { writeSheets } from '#core/import/confirm/sheets.ts';
import { field, list, requiredText } from '../args/option.ts';
import { command } from '../command.ts';
import { operationCommand, plannedCommand } from '../operation.ts';
import { countPhrase } from '../format.ts';
import { pointInTimeOptions, resolvePath, replaceFlag, withProgress, withWorkspace } from '../workspace.ts';

const sheetsCommand = command({
  path: ['confirm', 'sheets'],
  summary: 'Write a workbook in which teams confirm their links',
  details: ['Each team has a sheet, answers "yes", "no" or "changed" for each link, and adds missing links.'],
  examples: ['frames confirm sheets --workspace W --out links.xlsx --university univ_1'],
  operation: 'confirm.writeSheets',
  parameters: {},
  options: {
    ...pointInTimeOptions,
    out: requiredText('FILE', 'Output workbook (.xlsx)'),
    university: field('confirm.writeSheets', 'university', 'ID', 'Only teams of this university'),
    team: list('ID', 'Only this team'),
    language: field('confirm.writeSheets', 'language', 'LANGUAGE', 'Language of headings and answers'),
    replace: replaceFlag,
  },
  async run(context, args) {
    const { university = null, team, language = 'en' } = args;
    const path = resolvePath(context, args.out);
    const sheetOptions = {
      university,
      language,
      replace: args.replace,
      ...(team.length > 0 && { teams: team }),
    };
    const result = await withWorkspace(context, args, 'confirm sheets', ({ core: { services } }) =>
      withProgress(context, (pace) => writeSheets(services, path, sheetOptions, pace)),
    );
    context.output.result({ ...result, file: path }, () => [
      `Wrote ${countPhrase(result.teams, 'sheet')} with ${countPhrase(result.links, 'link')} to ${path}.`,
    ]);
  },
});

const readCommand = plannedCommand({
  path: 'confirm read',
  operation: 'confirm.readAnswers',
  summary: 'Apply the answers in a workbook: confirm, correct, delete and add links',
  details: ['Skips and lists unclear rows. Undo with "frames undo".'],
  examples: ['frames confirm read --workspace W links.xlsx --dry-run'],
  parameters: { file: requiredText('FILE', 'Answered workbook (.xlsx)') },
  input: ({ file }, { core }, context) => ({ grant: core.grants.issue(resolvePath(context, file), 'read') }),
  applyInput: ({ head, sha256 }) => ({ seen: head, sha256 }),
  question: 'Apply the answers',
});

export const confirmCommands = [
  sheetsCommand,
  readCommand,
  operationCommand({
    path: 'confirm status',
    operation: 'confirm.status',
    summary: 'Show which teams confirmed their links this term',
    examples: ['frames confirm status --workspace W --json'],
    targetOptions: pointInTimeOptions,
    options: {
      university: field('confirm.status', 'university', 'ID', 'Only teams of this university'),
      limit: field('confirm.status', 'limit', 'N', 'Maximum number of teams, unanswered first'),
    },
  }),
];
