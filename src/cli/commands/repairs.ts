import type { Filter, Sort } from '#shared/contract/entities.ts';
import { field, flag } from '../args/option.ts';
import { operationCommand, pagingOptions } from '../operation.ts';
import { recordColumns, recordLines } from '../output/records.ts';
import { resultLines } from '../output/result.ts';
import { tableLines } from '../output/table.ts';
import { typeCountPhrase, capitalise } from '../format.ts';
import { pointInTimeOptions } from '../workspace.ts';

const openFilter: Filter = { field: 'done_on', op: 'empty' };
const dueOrder: Sort = { field: 'due_on', direction: 'asc' };

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
    path: 'repairs done',
    operation: 'repairs.markDone',
    summary: 'Mark a repair as done and measure what it changed',
    examples: ['frames repairs done repair_1 --workspace W'],
    parameters: { id: field('repairs.markDone', 'id', 'ID', 'Repair id') },
    writes: true,
    show: ({ record, measured, op_id }, _, { width }) => [
      ...recordLines(record),
      ...resultLines(undefined, { ...measured, op_id }, width),
    ],
  }),
];
