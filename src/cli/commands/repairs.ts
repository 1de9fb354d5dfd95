import type { ShownRequest } from '#shared/contract/ask.ts';
import type { Filter, Sort } from '#shared/contract/entities.ts';
import { field, flag, oneOf, resultSchemaOf, text } from '../args/option.ts';
import type { Result } from '../args/option.ts';
import { command } from '../command.ts';
import { callOperation, dryRun, operationCommand, pagingOptions } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import type { Output } from '../output/output.ts';
import { recordColumns, recordLines } from '../output/records.ts';
import { resultLines } from '../output/result.ts';
import { tableLines } from '../output/table.ts';
import { taskColumns } from '../output/tasks.ts';
import { capitalise, countPhrase, labelOf, typeCountPhrase } from '../format.ts';
import { confirm, yesFlag } from '../prompts.ts';
import { pointInTimeOptions, resolvePath, withWorkspace, workspaceOptions } from '../workspace.ts';
import { notSentNotice, requestLines } from './ask-model.ts';

const openFilter: Filter = { field: 'done_on', op: 'empty' };
const dueOrder: Sort = { field: 'due_on', direction: 'asc' };

const secondPersonHint = '"frames repairs approval" shows whether a second person must approve.';

const unmovedTexts = {
  tasks_open: 'The value did not improve: tasks of the repair are still open.',
  records_unchanged:
    'The value did not improve: no record concerned changed since. Change the records, then measure again.',
} as const;

const agreementLines = (
  { record, op_id }: Result<'repairs.approve'>,
  _: unknown,
  { width }: Output,
): readonly string[] => [...recordLines(record), ...resultLines(undefined, { op_id }, width)];

export const repairCommands = [
  operationCommand({
    path: 'repairs',
    operation: 'entities.list',
    summary: 'List open repairs, the first due first',
    details: [
      'Values are those of the item that the repair is for, in percent of the knowledge people rely on.',
    ],
    examples: ['frames repairs --all --workspace W'],
    targetOptions: pointInTimeOptions,
    options: { all: flag('Also list repairs that are done'), ...pagingOptions('entities.list') },
    input: ({ all }) => ({
      type: 'repair' as const,
      filters: all ? [] : [openFilter],
      sort: [dueOrder],
    }),
    show: ({ rows, matched }, _, { width }) => [
      ...(rows.length > 0 ? tableLines(recordColumns('repair'), rows, width) : []),
      `${capitalise(typeCountPhrase(matched, 'repair'))}.`,
    ],
  }),
  operationCommand({
    path: 'repairs plan',
    operation: 'repairs.plan',
    summary: 'Plan a repair from a template: notes and tasks from facts of the workspace',
    details: [
      'For a repair that exists, give its ID; its steps choose a template by default. For a new one, or one that concerns no record ' +
        'yet, give --subject for each record ' +
        'concerned, and --template. A template is refused if the subjects lack a fact that it needs.',
    ],
    examples: [
      'frames repairs plan repair_1 --due 2026-06-30 --workspace W',
      'frames repairs plan --template hand_over --subject stud_1 --question leavers --workspace W',
    ],
    parameters: { id: field('repairs.plan', 'id', 'ID', 'Repair id') },
    options: {
      template: field('repairs.plan', 'template', 'NAME', 'Template'),
      subject: field(
        'repairs.plan',
        'subjects',
        'SUBJECT',
        'Record id, or area of expertise, that the repair concerns',
      ),
      question: field('repairs.plan', 'question', 'QUESTION', 'Question that a new repair answers'),
      owner: field('repairs.plan', 'owner', 'ID', 'Person who is responsible'),
      due: field('repairs.plan', 'due_on', 'DAY', 'Tasks are due in equal steps before this day'),
      language: field('repairs.plan', 'language', 'LANGUAGE', 'Language of the texts'),
    },
    writes: true,
    show: ({ repair, tasks, op_id }, _, { width }) => [
      ...recordLines(repair),
      '',
      ...tableLines(taskColumns, tasks, width),
      ...resultLines(undefined, { op_id }, width),
    ],
  }),
  command({
    path: ['repairs', 'wording'],
    summary: 'Improve the wording of a repair and its open tasks by the language model',
    details: [
      'The request is printed, and sent only with --send. The proposal is printed next, and written after a question, as one change. ' +
        'Ids, owners, days and order never change. "frames models" sets a model up; this needs the level rows.',
    ],
    examples: ['frames repairs wording repair_1 --send --workspace W'],
    operation: 'repairs.improveWording',
    parameters: { id: field('repairs.improveWording', 'id', 'ID', 'Repair id') },
    options: {
      ...workspaceOptions,
      ...dryRun,
      send: flag('Send the shown request to the language model'),
      yes: yesFlag,
    },
    async run(context, args) {
      const { output } = context;
      const { id, send, yes } = args;
      await withWorkspace(context, { ...args, 'dry-run': false }, 'repairs wording', async (open) => {
        const improve = (sent: ShownRequest | null) =>
          callOperation(open, 'repairs.improveWording', { id, sent }, context);
        let result = await improve(null);
        if (!send || args['dry-run'])
          return output.result(result, () => [...requestLines(result.request), notSentNotice]);
        // A request that changed meanwhile is printed again.
        while (result.wording === null) {
          output.note([...requestLines(result.request), 'Sending…']);
          result = await improve(result.request);
        }
        const changes = result.wording.filter(({ before, after }) => before !== after);
        const lines = changes.flatMap(({ field: key, before, after }) => [
          `${labelOf(key)}:`,
          `- ${before}`,
          `+ ${after}`,
        ]);
        if (!yes) output.note(lines);
        if (changes.length > 0)
          await confirm(context, yes, `Use the new wording of ${countPhrase(changes.length, 'text')}?`);
        const { op_id } =
          changes.length === 0
            ? { op_id: null }
            : await callOperation(
                open,
                'entities.applyChanges',
                {
                  changes: changes.map(({ type, id: record, field: key, after }) => ({
                    kind: 'update',
                    type,
                    id: record,
                    data: { [key]: after },
                  })),
                },
                context,
              );
        output.result({ ...result, op_id }, () => [
          ...lines,
          ...resultLines(undefined, { op_id }, output.width),
        ]);
      });
    },
  }),
  operationCommand({
    path: 'repairs capture',
    operation: 'repairs.capture',
    summary: 'Start a repair from a note, a mail file or a conversation, which is kept as its document',
    details: [
      'The subject or first line is the name, the rest the notes, shortened if it is long. With --repair, only attaches.',
    ],
    examples: [
      'frames repairs capture --file note.md --workspace W',
      'frames repairs capture --conversation conversation_1 --repair repair_1 --workspace W',
    ],
    options: {
      file: text('FILE', 'A text, Markdown or mail (.eml) file, or another document'),
      conversation: text('ID', 'A conversation of "frames ask"'),
      repair: field('repairs.capture', 'repair', 'ID', 'Attach to this repair instead of starting one'),
      language: field(
        'repairs.capture',
        'language',
        'LANGUAGE',
        'Language of a note about the rest of the text',
      ),
    },
    checkArguments: ({ file, conversation }) => {
      if ((file === undefined) === (conversation === undefined))
        throw new UsageError('Give either --file or --conversation.', { argument: '--file' });
    },
    input: ({ file, conversation = '' }, { core }, context) => ({
      source:
        file === undefined
          ? { kind: 'conversation' as const, id: conversation }
          : { kind: 'file' as const, grant: core.grants.issue(resolvePath(context, file), 'read') },
    }),
    show: ({ repair, document, op_id }, _, { width }) => [
      ...recordLines(repair),
      `Document: ${document.id}`,
      ...resultLines(undefined, { op_id }, width),
    ],
  }),
  operationCommand({
    path: 'repairs approve',
    operation: 'repairs.approve',
    summary: 'Approve a repair, or withdraw its approval',
    details: [
      'For researchers and admins, until the repair is done. Agents cannot approve. ' + secondPersonHint,
    ],
    examples: ['frames repairs approve repair_1 --workspace W'],
    parameters: { id: field('repairs.approve', 'id', 'ID', 'Repair id') },
    options: { withdraw: field('repairs.approve', 'withdraw', '', 'Withdraw the approval') },
    writes: true,
    show: agreementLines,
  }),
  operationCommand({
    path: 'repairs done',
    operation: 'repairs.markDone',
    summary: 'Mark a repair as done and measure what it changed',
    examples: ['frames repairs done repair_1 --workspace W'],
    parameters: { id: field('repairs.markDone', 'id', 'ID', 'Repair id') },
    writes: true,
    show: ({ record, measured, unmoved, op_id }, _, { width }) => [
      ...recordLines(record),
      ...resultLines(undefined, { ...measured, op_id }, width),
      ...(unmoved === null ? [] : [unmovedTexts[unmoved]]),
    ],
  }),
  operationCommand({
    path: 'repairs check',
    operation: 'repairs.check',
    summary: 'Confirm the effect of a finished repair, or withdraw that',
    details: ['For researchers and admins. Agents cannot check.'],
    examples: ['frames repairs check repair_1 --workspace W'],
    parameters: { id: field('repairs.check', 'id', 'ID', 'Repair id') },
    options: { withdraw: field('repairs.check', 'withdraw', '', 'Withdraw the check') },
    writes: true,
    show: agreementLines,
  }),
  command({
    path: ['repairs', 'approval'],
    summary: 'Show or set whether a second person must approve repairs',
    details: [
      'on: the person who proposed a repair cannot approve it. off: they can. default: on while at least two ' +
        'people are researchers or admins. Only admins can set it.',
    ],
    examples: ['frames repairs approval on --workspace W'],
    operation: 'repairs.approval',
    parameters: { mode: oneOf('MODE', 'Whether a second person must approve', ['on', 'off', 'default']) },
    options: { ...workspaceOptions, ...dryRun },
    async run(context, args) {
      const { mode } = args;
      const rule = await withWorkspace(context, args, 'repairs approval', (open) =>
        mode === undefined
          ? callOperation(open, 'repairs.approval', {}, context)
          : callOperation(
              open,
              'repairs.setApproval',
              { four_eyes: mode === 'default' ? null : mode === 'on' },
              context,
            ),
      );
      context.output.result(rule, () => resultLines(resultSchemaOf('repairs.approval'), rule));
    },
  }),
];
