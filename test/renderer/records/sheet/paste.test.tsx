import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { adjustList } from '#renderer/stores/address.ts';
import { serveCore } from '../../support/core.ts';
import { drawList, freshList, makeTeams } from '../../support/list.tsx';

async function open() {
  await serveCore();
  const ids = new Map<string, string>();
  for (const name of ['Summit', 'Redwood', 'Twin', 'Twin']) {
    ids.set(name, (await api.entities.create({ type: 'university', data: { name } })).record.id);
  }
  await makeTeams(['Avionics', 'Comms', 'Thermal'], { size: 4 });
  const { grid, hands } = await drawList('Thermal');
  const paste = (text: string): unknown => fireEvent.paste(grid, { clipboardData: { getData: () => text } });
  return { ids, hands, paste };
}

async function teams(): Promise<Record<string, unknown>> {
  const { rows } = await api.entities.list({ type: 'team' });
  return Object.fromEntries(rows.map(({ title, payload }) => [title, payload]));
}

beforeEach(() => freshList(['university_id', 'lifecycle', 'size']));

describe('pasting from a spreadsheet', () => {
  it('shows invalid cells by row and column, and pastes the rest', async () => {
    const { paste, hands } = await open();
    await hands.keyboard('{ArrowRight}');
    paste('Nowhere\tincoming\tmany\nTwin\tincoming\t3');
    const dialog = await screen.findByRole('dialog', { name: 'Paste 2 rows into Teams' });
    const listed = within(dialog)
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .map((cell) => cell.textContent),
      );
    expect(listed).toEqual([
      ['1', 'University', 'Nowhere', 'No record is named “Nowhere”.'],
      ['1', 'Size', 'many', 'must be a number'],
      ['2', 'University', 'Twin', '2 records are named “Twin”.'],
    ]);
    await hands.click(within(dialog).getByRole('button', { name: 'Paste' }));
    await waitFor(async () =>
      expect(await teams()).toMatchObject({
        Avionics: { lifecycle: 'incoming', size: 4 },
        Comms: { lifecycle: 'incoming', size: 3 },
      }),
    );
  });

  it('offers rows beyond the end as new records, with the list’s filters', async () => {
    const { ids, paste, hands } = await open();
    const [first] = (await api.entities.list({ type: 'team' })).rows;
    await api.entities.update({
      type: 'team',
      id: first?.id ?? '',
      data: { university_id: ids.get('Summit') ?? '' },
    });
    act(() =>
      adjustList({ filters: [{ field: 'university_id', op: 'is', value: ids.get('Summit') ?? '' }] }),
    );
    await waitFor(() => expect(screen.queryByText('Comms')).toBeNull());
    paste('Name\tSize\nAvionics\t6\nPayload\t5\n\t3');
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('1 cell changes in 1 team.')).toBeTruthy();
    expect(within(dialog).getByText('must be filled in')).toBeTruthy();
    expect(
      within(dialog).getByRole<HTMLInputElement>('checkbox', {
        name: 'Add 1 row as a new record',
      }).checked,
    ).toBe(true);
    await hands.click(within(dialog).getByRole('button', { name: 'Paste' }));
    await waitFor(async () =>
      expect(await teams()).toMatchObject({
        Avionics: { size: 6 },
        Payload: { size: 5, university_id: ids.get('Summit') },
      }),
    );
  });
});

describe('a range of cells', () => {
  it('is filled with one value, and filled down from its first row', async () => {
    const { paste, hands } = await open();
    await hands.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    paste('9');
    await waitFor(async () =>
      expect(await teams()).toMatchObject({
        Avionics: { size: 9 },
        Comms: { size: 9 },
        Thermal: { size: 9 },
      }),
    );
    await hands.keyboard('{Home}{ArrowUp}{ArrowUp}{ArrowRight}{ArrowRight}{ArrowRight}5{Enter}');
    await waitFor(async () => expect(await teams()).toMatchObject({ Avionics: { size: 5 } }));
    await screen.findByRole('gridcell', { name: '5' });
    await hands.keyboard('{ArrowUp}{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}');
    await waitFor(async () =>
      expect(await teams()).toMatchObject({ Comms: { size: 5 }, Thermal: { size: 9 } }),
    );
    expect(await screen.findByText('Filled 1 team down')).toBeTruthy();
  });

  it('is emptied with Backspace, except required fields', async () => {
    const { hands } = await open();
    await hands.keyboard('{Shift>}{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}{Backspace}');
    expect(await screen.findByText('Cleared 2 cells')).toBeTruthy();
    expect(screen.getByText('Name cannot be cleared.')).toBeTruthy();
    expect(await teams()).toMatchObject({
      Avionics: { size: null },
      Comms: { size: null },
      Thermal: { size: 4 },
    });
  });
});
