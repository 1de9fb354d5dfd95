import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { currentAddress } from '#renderer/stores/address.ts';
import { queryClient, queryFor } from '#renderer/stores/queries.ts';
import type { ListView as Address } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList } from '../support/list.tsx';

const teams = [
  { id: 't1', name: 'Power', Phase: 'Build', Budget: 900, Kept: true },
  { id: 't2', name: 'Radio', Phase: 'Archive', Budget: 1200, Kept: false },
  { id: 't3', name: 'Thermal' },
];

async function open(column: string) {
  freshList([column]);
  await serveCore();
  for (const { id, ...data } of teams) await api.entities.create({ type: 'team', id, data });
  return drawList('Thermal');
}

/** Until the window has read which custom fields there are. */
const known = (count = 3) =>
  waitFor(() =>
    expect(
      queryClient.getQueryData(queryFor('entities.customFields', { type: 'team' }).queryKey),
    ).toHaveLength(count),
  );

/** The list with one more custom field, of days: two teams have one. */
async function openDays() {
  const opened = await open('own:Start');
  for (const [id, Start] of [
    ['t1', '2025-03-15'],
    ['t2', '2024-12-01'],
  ] as const)
    await api.entities.update({ type: 'team', id, data: { Start } });
  await screen.findByText('1 Dec 2024');
  await known(4);
  return opened;
}

const payloadOf = async (id: string) => (await api.entities.get({ type: 'team', id })).payload;
const names = (): (string | undefined)[] =>
  screen
    .getAllByRole('row')
    .flatMap((row) => within(row).queryByText(/^(Power|Radio|Thermal)$/)?.textContent ?? []);
const list = (): Address => currentAddress().view as Address;

describe('custom fields in a list', () => {
  it('are edited in their cell: nothing is refused, Del empties, undo brings it back', async () => {
    const { hands } = await open('own:Budget');
    await known();
    await hands.keyboard('{ArrowRight}1000{Enter}');
    await waitFor(async () => expect((await payloadOf('t1')).Budget).toBe(1000));
    await hands.keyboard('to be decided{Enter}');
    await waitFor(async () => expect((await payloadOf('t2')).Budget).toBe('to be decided'));
    await hands.keyboard('{ArrowUp}{Delete}');
    await waitFor(async () => expect(await payloadOf('t2')).not.toHaveProperty('Budget'));
    await api.history.undo({});
    expect((await payloadOf('t2')).Budget).toBe('to be decided');
  });

  it('are filtered by typing, by name or quoted, and by menu', async () => {
    const { hands } = await open('own:Phase');
    await known();
    const box = screen.getByRole('searchbox');
    await hands.type(box, 'phase:build ');
    await waitFor(() => expect(names()).toEqual(['Power']));
    expect(list().filters).toEqual([{ field: 'own:Phase', op: 'contains', value: 'build' }]);
    expect(screen.getByText('Phase contains “build”')).toBeTruthy();
    await hands.type(box, '{Backspace}"Budget">=1000{Enter}');
    await waitFor(() => expect(names()).toEqual(['Radio']));
    expect(list().filters).toEqual([{ field: 'own:Budget', op: 'gte', value: 1000 }]);
    await hands.type(box, '{Backspace}');
    await hands.click(screen.getByRole('button', { name: 'Filter' }));
    await hands.click(await screen.findByRole('button', { name: 'Kept' }));
    await hands.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(names()).toEqual(['Power']));
  });

  it('for dates accept the seat’s format, and flag invalid values with the reason', async () => {
    const { hands } = await openDays();
    const cell = () => {
      const row = screen.getByText('Thermal').closest<HTMLElement>('[role=row]');
      return within(row as HTMLElement)
        .getAllByRole('gridcell')
        .at(-1) as HTMLElement;
    };
    await hands.dblClick(cell());
    await hands.type(screen.getByRole('textbox', { name: 'Start' }), '1/5/2024');
    expect(await screen.findByText('Read as 1 May 2024 and stored as 2024-05-01.')).toBeTruthy();
    await hands.keyboard('{Enter}');
    await waitFor(async () => expect((await payloadOf('t3')).Start).toBe('2024-05-01'));
    await hands.dblClick(cell());
    await hands.clear(screen.getByRole('textbox', { name: 'Start' }));
    // A day that no calendar has is refused; other words are kept and marked.
    await hands.type(screen.getByRole('textbox', { name: 'Start' }), '2024-02-30{Enter}');
    expect(await screen.findByText(/must be a day of the calendar/)).toBeTruthy();
    expect((await payloadOf('t3')).Start).toBe('2024-05-01');
    await hands.clear(screen.getByRole('textbox', { name: 'Start' }));
    await hands.type(screen.getByRole('textbox', { name: 'Start' }), 'early 2024{Enter}');
    const odd = await screen.findByText('early 2024');
    const why = '“early 2024” is not a date. It stays until you change it.';
    await waitFor(() => expect(odd.title).toBe(why));
    expect(cell().textContent).toContain(why);
    // One word among them takes the calendar from nobody.
    await hands.click(screen.getByRole('button', { name: 'Filter' }));
    const menu = await screen.findByRole('dialog');
    await hands.click(await within(menu).findByRole('button', { name: 'Start' }));
    await hands.type(screen.getByLabelText('From'), '2024-01-01');
    await hands.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(names()).toEqual(['Power', 'Radio']));
  });
});
