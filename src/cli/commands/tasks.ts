import type { EntityRecord } from '#shared/contract/record.ts';
import { localDay } from '#core/kernel/system.ts';
import { field, flag, requiredText, text } from '../args/option.ts';
import { command } from '../command.ts';
import { callOperation, operationCommand, pagingOptions } from '../operation.ts';
import { capitalise, typeCountPhrase } from '../format.ts';
import { recordLines } from '../output/records.ts';
import { resultLines } from '../output/result.ts';
import { tableLines } from '../output/table.ts';
import { taskColumns } from '../output/tasks.ts';
import { readTaskIssue } from '../task-issue.ts';
import { pointInTimeOptions, withWorkspace, workspaceOptions } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

const today = ({ core }: OpenWorkspace): string => localDay(core.services.source.clock.now());
const parameters = { id: field('entities.update', 'id', 'ID', 'Task id') };
const showTask = (
  { record, op_id }: { record: EntityRecord; op_id: string | null },
  _: unknown,
  { width }: { width: number },
): string[] => [...recordLines(record), ...resultLines(undefined, { op_id }, width)];

export const taskCommands = [
  operationCommand({
    path: 'tasks list',
    operation: 'entities.list',
    summary: 'List the tasks of repairs, the first due first',
    details: ['A task is blocked until the tasks before it are done or dropped.'],
    examples: ['frames tasks list --open --workspace W'],
    targetOptions: pointInTimeOptions,
    options: {
      open: flag('Only tasks that are neither done nor dropped'),
      ...pagingOptions('entities.list'),
    },
    input: ({ open }) => ({
      type: 'task' as const,
      filters: open ? [{ field: 'state', op: 'in' as const, value: ['planned', 'started'] }] : [],
      sort: [{ field: 'due_on', direction: 'asc' as const }],
    }),
    show: ({ rows, matched }, _, { width }) => [
      ...(rows.length > 0 ? tableLines(taskColumns, rows, width) : []),
      `${capitalise(typeCountPhrase(matched, 'task'))}.`,
    ],
  }),
  command({
    path: ['tasks', 'issue'],
    summary: 'Print the text of an issue for a task',
    details: [
      'A commit or merge request with the line "Frames-Task:" and the id of the task shows that it is done. --address prints the address ' +
        'of a new issue with this text, if the repository is on GitHub, GitLab, Codeberg, Gitea or Forgejo.',
    ],
    examples: ['frames tasks issue task_1 --workspace W'],
    parameters: { id: requiredText('ID', 'Task id') },
    options: { ...workspaceOptions, address: flag('Print the address of a new issue') },
    async run(context, { id, address, ...args }) {
      const issue = await withWorkspace(context, args, 'tasks issue', async (open) =>
        readTaskIssue(await callOperation(open, 'entities.get', { type: 'task', id }, context), (recordId) =>
          callOperation(open, 'entities.find', { id: recordId }, context),
        ),
      );
      context.output.result(issue, () =>
        address
          ? [issue.address ?? 'No address: the task has no repository on a known forge.']
          : [issue.title, '', ...issue.body.split('\n')],
      );
    },
  }),
  operationCommand({
    path: 'tasks done',
    operation: 'entities.update',
    summary: 'Mark a task as done today',
    examples: ['frames tasks done task_1 --workspace W'],
    parameters,
    writes: true,
    input: (_, open) => ({ type: 'task' as const, data: { done_on: today(open) }, unset: ['dropped_on'] }),
    show: showTask,
  }),
  operationCommand({
    path: 'tasks drop',
    operation: 'entities.update',
    summary: 'Drop a task today',
    examples: ['frames tasks drop task_1 --reason "The team has left" --workspace W'],
    parameters,
    options: { reason: text('TEXT', 'Why, added to the notes of the task') },
    writes: true,
    async input({ id, reason }, open, context) {
      const { payload } = await callOperation(open, 'entities.get', { type: 'task', id }, context);
      const notes = typeof payload['notes'] === 'string' ? `${payload['notes']}\n\n` : '';
      const data = { dropped_on: today(open), ...(reason !== undefined && { notes: `${notes}${reason}` }) };
      return { type: 'task' as const, data, unset: ['done_on'] };
    },
    show: showTask,
  }),
];
