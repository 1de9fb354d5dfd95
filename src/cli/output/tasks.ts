import type { EntityRecord } from '#shared/contract/record.ts';
import { shownTitles } from '#shared/domain/references.ts';
import { labelOf } from '../format.ts';
import { fieldValueText } from './records.ts';
import type { Column } from './table.ts';

/** The columns of a list of tasks. A task that waits for others is shown as blocked. */
export const taskColumns: readonly Column<EntityRecord>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Task', cell: ({ title }) => title },
  { title: labelOf('owners'), cell: ({ derived }) => shownTitles(derived['owners_titles']).join(', ') },
  { title: labelOf('due_on'), cell: ({ payload }) => fieldValueText(payload['due_on']) },
  {
    title: labelOf('state'),
    cell: ({ derived }) => (derived['blocked'] === true ? 'blocked' : fieldValueText(derived['state'])),
  },
];
