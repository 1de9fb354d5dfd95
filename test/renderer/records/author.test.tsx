import { within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { planPaste } from '#renderer/features/records/sheet/paste-plan.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { actorFields } from '#shared/domain/actor-fields.ts';
import { editableFieldsOf, fieldsOf } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList } from '../support/list.tsx';

async function open() {
  freshList([]);
  useSeat.setState({
    items: { 'columns:comment': { columns: ['text', 'author', 'recorded_author', 'resolved'] } },
  });
  await serveCore();
  await api.entities.create({ type: 'team', id: 'team', data: { name: 'Team' } });
  for (const text of ['First', 'Second'])
    await api.entities.create({ type: 'comment', data: { record_id: 'team', text } });
  return drawList('Second', listOf('comment'));
}

test('no form edits a field that names an author', () => {
  for (const type of entityTypes) {
    const { field, recordedIn } = actorFields[type] ?? {};
    // Approving and checking are acts of their own.
    const agreement =
      type === 'repair' ? ['proposed_by', 'approved_on', 'approved_by', 'checked_on', 'checked_by'] : [];
    const names = fieldsOf(type).filter(({ ofSession }) => ofSession);
    expect(names.map(({ key }) => key)).toEqual(
      [field, recordedIn, ...agreement].filter((key) => key !== undefined),
    );
    expect(editableFieldsOf(type).filter((one) => names.includes(one))).toEqual([]);
  }
});

test('cells of the author are read-only: no key and no double click edits them', async () => {
  const { grid, hands } = await open();
  const cells = within(within(grid).getAllByRole('row')[1] as HTMLElement).getAllByRole('gridcell');
  const readOnly = cells.map((cell) => cell.getAttribute('aria-readonly') === 'true');
  expect(readOnly.filter(Boolean)).toHaveLength(2);
  const author = cells[readOnly.indexOf(true)] as HTMLElement;
  await hands.click(author);
  for (const keys of ['X', '{Enter}', '{F2}', '{Delete}', '{Backspace}']) {
    await hands.keyboard(keys);
    expect(gridOf().getState().editing, keys).toBeNull();
  }
  // As in a column of derived values, this opens the record.
  await hands.dblClick(author);
  expect(gridOf().getState().editing).toBeNull();
});

test('a paste skips them, and says so', async () => {
  await open();
  const { rows } = await api.entities.list({ type: 'comment' });
  const columns = columnsOf('comment', false).filter(({ key }) =>
    ['author', 'recorded_author', 'text'].includes(key),
  );
  const plan = planPaste({
    type: 'comment',
    lines: rows.map(() => columns.map(() => 'Cy')),
    columns,
    records: rows,
    createsRecords: false,
    filters: [],
    university: null,
    references: new Map(),
    refusalOf: () => null,
  });
  expect(plan.cells.map(({ field, value }) => [field.key, value])).toEqual(rows.map(() => ['text', 'Cy']));
  expect(plan.skipped).toHaveLength(2);
});
