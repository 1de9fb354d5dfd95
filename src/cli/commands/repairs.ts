import type { Filter, Sort } from '#shared/contract/entities.ts';
import type { MeasuredGap } from '#shared/contract/repairs.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { shownTitles } from '#shared/domain/references.ts';
import { field, flag } from '../args/option.ts';
import type { Result } from '../args/option.ts';
import { operation, pagingOptions } from '../operation.ts';
import { valueText } from '../output/records.ts';
import { tableLines } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { countOf, capitalise } from '../phrases.ts';
import { onMoment } from '../workspace.ts';

const isOpen: Filter = { field: 'done_on', op: 'empty' };
const dueFirst: Sort = { field: 'due_on', direction: 'asc' };

const cellOf =
  (key: string, unit?: 'percent') =>
  ({ payload }: EntityRecord): string =>
    valueText(payload[key], unit);
const share = (title: string, key: string): Column<EntityRecord> => ({
  title,
  align: 'right',
  cell: cellOf(key, 'percent'),
});

const columns: readonly Column<EntityRecord>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Name', cell: ({ title }) => title },
  { title: 'Responsible', cell: ({ derived }) => shownTitles(derived['owners_titles']).join(', ') },
  { title: 'Due', cell: cellOf('due_on') },
  { title: 'Done on', cell: cellOf('done_on') },
  share('Before', 'value_before'),
  share('Expected', 'value_expected'),
  share('After', 'value_after'),
];

const gaps: Readonly<Record<MeasuredGap, string>> = {
  deleted: 'The records that it was for are deleted, so its effect cannot be measured.',
  left: 'What it was for takes no part in knowledge flow any more, so its effect cannot be measured.',
  unknown: 'The loss of its link is unknown, so its effect cannot be measured.',
  unmeasured: 'It was not planned from an answer about knowledge flow, so it has no effect to measure.',
};

function doneLines({ record, measured, op_id }: Result<'repairs.markDone'>): string[] {
  const { value_before: before, value_expected: expected, value_after: after } = record.payload;
  const values = Object.entries({ before, expected, after }).flatMap(([when, value]) =>
    typeof value === 'number' ? [`${value} % ${when}`] : [],
  );
  return [
    op_id === null
      ? `"${record.title}" is done already.`
      : `Marked "${record.title}" as done on ${valueText(record.payload['done_on'])}.`,
    ...(values.length > 0 ? [`${values.join(', ')}.`] : []),
    ...(after == null && measured.gap !== null ? [gaps[measured.gap]] : []),
    ...(op_id === null ? [] : ['Undo with "frames undo".']),
  ];
}

export const repairCommands = [
  operation({
    path: 'repairs',
    operation: 'entities.list',
    summary: 'List open repairs, the first due first',
    details: ['Values are those of the item that the repair is for, in percent of knowledge flow.'],
    examples: ['frames repairs --all --workspace W'],
    on: onMoment,
    options: { all: flag('Also list repairs that are done'), ...pagingOptions('entities.list') },
    input: ({ all }) => ({
      type: 'repair' as const,
      filters: all ? [] : [isOpen],
      sort: [dueFirst],
    }),
    show: ({ rows, matched }, { all }, { width }) => [
      ...(rows.length > 0 ? [...tableLines(columns, rows, width), ''] : []),
      `${capitalise(countOf(matched, 'repair'))}${all ? '' : ' open'}.`,
    ],
  }),
  operation({
    path: 'repairs done',
    operation: 'repairs.markDone',
    summary: 'Mark a repair as done and measure what it changed',
    examples: ['frames repairs done repair_1 --workspace W'],
    parameters: { id: field('repairs.markDone', 'id', 'ID', 'Repair id') },
    writes: true,
    show: doneLines,
  }),
];
