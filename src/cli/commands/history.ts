import type { Moment, RestoreResult } from '#shared/contract/moments.ts';
import { Fault } from '#shared/contract/faults.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { field, flag, list, requiredText, requiredOneOf, text, wholeNumber } from '../args/option.ts';
import { parseTime } from '../args/values.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { comparisonDeclaration, comparisonLines } from '../comparison.ts';
import { operationCommand, pagingOptions, plannedCommand } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { actorName, changeLines, undoLines, transactionColumns, transactionText } from '../output/history.ts';
import { recordLines } from '../output/records.ts';
import { tableLines } from '../output/table.ts';
import { countPhrase, capitalise, formatTime } from '../format.ts';
import { pointInTimeOptions, workspaceOptions, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';
import { entitiesList } from './records.ts';

const undoRedoCommand = (name: 'undo' | 'redo', summary: string, verb: string): Command =>
  operationCommand({
    path: name,
    operation: `history.${name}`,
    summary,
    details: [
      'Works on your own changes, made in any window or command; an import is one change. If others changed the same fields since: ' +
        'leave keeps their values, ask lists the conflicts and changes nothing, overwrite replaces their values.',
    ],
    options: {
      'on-conflict': field(
        `history.${name}`,
        'on_conflict',
        'WHAT',
        'How to handle fields that others changed since',
      ),
      skip: field(
        `history.${name}`,
        'skip',
        'OP_ID',
        'Skip this change of yours, for example if it cannot be undone',
      ),
    },
    writes: true,
    show: (result) => undoLines(verb, result),
  });

const rangeText = (
  rows: readonly unknown[],
  total: number,
  offset = 0,
  singular = 'transaction',
  plural = `${singular}s`,
): string => {
  const countText = countPhrase(total, singular, plural);
  const isAll = rows.length === 0 || rows.length === total;
  return `${isAll ? capitalise(countText) : `${offset + 1} to ${offset + rows.length} of ${countText}`}.`;
};
const withBlankLine = (lines: readonly string[]): readonly string[] =>
  lines.length > 0 ? [...lines, ''] : [];

const periodOptions = {
  from: text('TIME', 'From this time (ISO 8601, default UTC)'),
  until: text('TIME', 'Until this time (a date includes the whole day)'),
};
const parsePeriod = (args: { from: string | undefined; until: string | undefined }) => {
  const [from, until] = [parseTime(args.from, '--from', 'start'), parseTime(args.until, '--until', 'end')];
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
};

const auditList = command({
  path: ['audit', 'list'],
  summary: 'List the history, newest first, or show the changes of a transaction',
  examples: ['frames audit list --workspace W --entity team_1'],
  parameters: {},
  options: {
    ...pointInTimeOptions,
    changes: wholeNumber('ID', 'Show the changes of this transaction', { min: 1 }),
    entity: field('history.list', 'entity_id', 'ID', 'Only changes of this record'),
    type: field('history.list', 'type', 'TYPE', 'Only changes of records of this type'),
    action: field('history.list', 'action', 'ACTION', 'Only this kind of change'),
    'actor-filter': text('PROFILE', 'Only changes by this profile (id or name)'),
    university: field('history.list', 'university_id', 'ID', 'Only changes of records of this university'),
    ...periodOptions,
    ...pagingOptions('history.list'),
  },
  async run(context, args) {
    const { changes: id, entity: entity_id, type, action, university: university_id, limit, offset } = args;
    const { output } = context;
    const period = parsePeriod(args);
    await withWorkspace(context, args, 'audit list', async ({ client }) => {
      if (id !== undefined) {
        const result = await client.history.changes({ id, limit, offset });
        const { transaction, rows, total } = result;
        output.result(result, () => [
          `${transactionText(transaction)}${transaction.undone ? ' (undone since)' : ''}`,
          `by ${actorName(transaction.actor)}, ${formatTime(transaction.created_at)} UTC, hash ${transaction.hash}`,
          '',
          ...withBlankLine(rows.flatMap(changeLines)),
          rangeText(rows, total, offset, 'change'),
        ]);
        return;
      }
      const actor = await resolveProfileId(client, args['actor-filter']);
      const filters = { actor, entity_id, type, action, university_id, limit, offset, ...period };
      const result = await client.history.list(filters);
      const { rows, total } = result;
      output.result(result, () => [
        ...(rows.length > 0 ? withBlankLine(tableLines(transactionColumns, rows, output.width)) : []),
        rangeText(rows, total, offset),
      ]);
    });
  },
});

/** Resolves a profile name or id to an id. Unknown names pass through, because the log can still contain them. */
async function resolveProfileId(
  client: OpenWorkspace['client'],
  name: string | undefined,
): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const profiles = [...(await client.workspace.profiles({})), ...(await client.workspace.profilesOfLive({}))];
  return (
    (profiles.find(({ id }) => id === name) ?? profiles.find((profile) => profile.name === name))?.id ?? name
  );
}

const momentsShow = command({
  path: ['moments', 'show'],
  summary: 'Show a record, or list records of a type, at a point in time',
  details: ['Same as "frames entities get" and "frames entities list" with --at.'],
  examples: ['frames moments show 2026-11-20 team team_1 --workspace W'],
  parameters: {
    at: requiredText('MOMENT', 'Point in time'),
    type: requiredOneOf('TYPE', 'Record type', entityTypes),
    id: text('ID', 'Record id (default: list all records of the type)'),
  },
  options: workspaceOptions,
  async run(context, args) {
    const { type, id } = args;
    if (id === undefined) return entitiesList.run(context, args);
    const record = await withWorkspace(context, args, 'moments show', ({ client }) =>
      client.entities.get({ type, id }),
    );
    context.output.result(record, () => recordLines(record));
  },
});

const momentsRestore = plannedCommand({
  path: 'moments restore',
  operation: 'moments.restore',
  summary: 'Restore records to an earlier state',
  details: [
    'Removes records that did not exist then. Also restores the records and links that the restored records need, unless --alone ' +
      'is given. Undo with "frames undo".',
    '--all makes a backup first and keeps profiles, the workspace name and checkpoints. Admins only.',
  ],
  examples: ['frames moments restore 2026-11-20T08:30 team_1 team_2 --workspace W --dry-run'],
  targetOptions: workspaceOptions,
  parameters: {
    moment: requiredText('MOMENT', 'Point in time', { field: 'at' }),
    ids: list('ID', 'Record ids'),
  },
  options: {
    all: flag('Restore all records'),
    alone: flag('Restore only the given records'),
  },
  checkArguments(args) {
    if (args.all === args.ids.length > 0)
      throw new UsageError('Give record ids or --all. Nothing was changed.', { argument: 'ID' });
  },
  input: ({ all, ids, alone }) => ({ ids: all ? null : [...ids], along: !alone }),
  refusal: unknownFault,
  introduction: (result) => [
    `State of ${pointInTimeText(result)}.`,
    ...result.unknown.map((id) => `? No record "${id}" now or then.`),
  ],
  question: 'Restore',
});

/** NOT_FOUND for the first unknown id, because the operation restores nothing then; null if all are known. */
function unknownFault({ unknown: [firstUnknown] }: RestoreResult): Fault | null {
  if (firstUnknown === undefined) return null;
  return new Fault('NOT_FOUND', { type: 'record', id: firstUnknown });
}

const pointInTimeText = ({ at }: RestoreResult): string =>
  `${formatTime(at.created_at)} UTC (${transactionText(at)}, by ${actorName(at.actor)})`;

const checkpointId = { id: field('checkpoints.rename', 'id', 'NAME', 'Checkpoint, by name or id') };

export const historyCommands: readonly Command[] = [
  undoRedoCommand('undo', 'Undo your latest change', 'Undone'),
  undoRedoCommand('redo', 'Redo your latest undone change', 'Redone'),
  auditList,
  operationCommand({
    path: 'moments list',
    operation: 'moments.list',
    summary: 'List points in time, newest first, with checkpoints',
    details: [
      'A point in time is the state after a transaction. Name it by transaction id, time (ISO 8601, UTC), checkpoint, "first" or ' +
        '"now". A time means the last transaction up to then; a date means the end of that day, a time without seconds the end of that ' +
        'minute.',
    ],
    examples: ['frames moments list --workspace W --until 2026-11-20'],
    options: { ...periodOptions, ...pagingOptions('moments.list') },
    checkArguments: parsePeriod,
    input: parsePeriod,
    show: ({ rows, total }, { offset }, { width }) => [
      ...(rows.length > 0
        ? withBlankLine(
            tableLines(
              [
                ...transactionColumns.slice(0, 4),
                {
                  title: 'Checkpoint',
                  cell: ({ checkpoints }: Moment) => checkpoints.map(({ name }) => name).join(', '),
                },
              ],
              rows,
              width,
            ),
          )
        : []),
      rangeText(rows, total, offset, 'point in time', 'points in time'),
    ],
  }),
  momentsShow,
  operationCommand({
    path: 'moments diff',
    ...comparisonDeclaration,
    summary: 'Compare two points in time, versions or sandboxes',
    details: ['FROM and TO are points in time, "live", golden:N, backup:ID or sandbox:ID.'],
    examples: [
      'frames moments diff "Before the merger" now --workspace W --type team',
      'frames moments diff golden:1 sandbox:ID --workspace W',
    ],
    parameters: {
      from: field('compare.between', 'from', 'FROM', 'State to compare from'),
      to: field('compare.between', 'to', 'TO', 'State to compare with'),
    },
    options: {
      ...comparisonDeclaration.options,
      action: field('compare.between', 'actions', 'ACTION', 'Only this kind of difference'),
    },
    show: (result, args) => comparisonLines(result, args),
  }),
  momentsRestore,
  operationCommand({
    path: 'checkpoints create',
    operation: 'checkpoints.create',
    summary: 'Create a checkpoint: a name for a point in time',
    examples: ['frames checkpoints create "Before the merger" --workspace W'],
    parameters: { name: field('checkpoints.create', 'name', 'NAME', 'Name') },
    options: { of: field('checkpoints.create', 'at', 'MOMENT', 'Point in time') },
    writes: true,
    done: 'Created:',
  }),
  operationCommand({
    path: 'checkpoints list',
    operation: 'checkpoints.list',
    summary: 'List checkpoints',
  }),
  operationCommand({
    path: 'checkpoints rename',
    operation: 'checkpoints.rename',
    summary: 'Rename a checkpoint',
    parameters: { ...checkpointId, name: field('checkpoints.rename', 'name', 'NEW', 'New name') },
    writes: true,
    done: 'Renamed:',
  }),
  operationCommand({
    path: 'checkpoints remove',
    operation: 'checkpoints.remove',
    summary: 'Remove a checkpoint (records and history do not change)',
    parameters: checkpointId,
    writes: true,
    ask: ({ id }) => `Remove checkpoint "${id}"?`,
    done: 'Removed:',
  }),
];
