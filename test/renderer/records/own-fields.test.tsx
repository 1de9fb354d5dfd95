import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { run } from '#renderer/commands/registry.ts';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { here, go } from '#renderer/stores/address.ts';
import { draftAt, draftOf } from '#renderer/stores/drafts.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { keys, queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { printAddress } from '#shared/address/address.ts';
import { listOf, recordIn } from '#shared/address/view.ts';
import type { ListView as Address } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';

const teams = [
  { id: 't1', name: 'Power', Phase: 'Build', Budget: 900, Kept: true },
  { id: 't2', name: 'Radio', Phase: 'Archive', Budget: 1200, Kept: false },
  { id: 't3', name: 'Thermal' },
];

async function open(columns: readonly string[], address: Address = listOf('team')) {
  const served = await serveCore();
  onTestFinished(watchChanges(queries));
  for (const { id, ...data } of teams) await api.entities.create({ type: 'team', id, data });
  useSeat.setState({ items: { 'columns:team': { columns: [...columns] } } });
  go(address);
  const drawn = draw(<ListView />);
  const grid = await screen.findByRole('grid');
  await within(grid).findByText('Thermal');
  act(() => grid.focus());
  return { ...served, ...drawn, grid };
}

/** Until the window has read which custom fields there are. */
const known = (count = 3) =>
  waitFor(() => expect(queries.getQueryData(keys.ownFields('team'))).toHaveLength(count));

/** The list with one more custom field, of days: two teams have one. */
async function openDays() {
  const opened = await open(['name', 'own:Start']);
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
const list = (): Address => here().view as Address;

beforeEach(() => {
  freshGrid();
  layOut();
});

describe('custom fields in a list', () => {
  it('are edited in their cell: nothing is refused, Del empties, undo brings it back', async () => {
    const { hands } = await open(['name', 'own:Budget']);
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

  it('are filtered by what is typed, by name or in quotes, and by hand', async () => {
    const { hands } = await open(['name', 'own:Phase']);
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

  it('of days take a day as one writes it, and mark what is none with the reason', async () => {
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
    await hands.type(screen.getByRole('textbox', { name: 'Start' }), '2024-02-30{Enter}');
    const odd = await screen.findByText('2024-02-30');
    const why = '“2024-02-30” is not a date. It is kept until you change it.';
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

  it('of days that many are given at once say what is none, and what then happens', async () => {
    const { hands } = await openDays();
    await hands.keyboard('{Shift>}{ArrowDown}{/Shift}');
    act(() => void run('record.editMany'));
    const start = await screen.findByRole('textbox', { name: 'Start' });
    await hands.type(start, '31.2.2027');
    expect(await screen.findByText(/“31\.2\.2027” is not a date\. All of them get it as text/)).toBeTruthy();
    await hands.clear(start);
    await hands.type(start, '1.2.2027');
    expect(await screen.findByText('Read as 1 Feb 2027 and stored as 2027-02-01.')).toBeTruthy();
  });

  it('that no record has are no columns of the list, also where they were kept for it', async () => {
    await open(['name', 'own:Gone', 'own:Phase']);
    await known();
    await waitFor(() => expect(screen.queryByRole('columnheader', { name: /Gone/ })).toBeNull());
    expect(screen.getByRole('columnheader', { name: /Phase/ })).toBeTruthy();
  });

  it('that no record has any more are empty columns of a view that was saved with them, and can be taken out', async () => {
    const sort = [{ field: 'own:Gone', direction: 'desc' as const }];
    const filters = [{ field: 'own:Gone too', op: 'empty' as const }];
    const { hands } = await open(['name']);
    const address = printAddress({ target: 'live', view: { ...listOf('team'), sort, filters } });
    const layout = { columns: ['name', 'own:Gone'] };
    const { view } = await api.views.create({ name: 'Old', address, layout });
    act(() => go({ ...listOf('team'), sort, filters, saved: view.id }));
    await known();
    expect(await screen.findByRole('columnheader', { name: /Gone/ })).toBeTruthy();
    await waitFor(() => expect(names()).toHaveLength(3));
    await hands.click(screen.getByRole('button', { name: 'Columns' }));
    await hands.click(await screen.findByRole('checkbox', { name: 'Gone' }));
    await waitFor(() => expect(screen.queryByRole('columnheader', { name: /Gone/ })).toBeNull());
  });
});

describe('custom fields in the panel', () => {
  const panel = (): HTMLElement => screen.getByRole('group', { name: 'Custom fields' });

  it('are edited and cleared like any other, those of other records too', async () => {
    const { hands } = await open(['name'], recordIn('team', 't3'));
    const phase = await screen.findByRole('textbox', { name: 'Phase' });
    await hands.type(phase, 'Build{Enter}');
    await waitFor(async () => expect((await payloadOf('t3')).Phase).toBe('Build'));
    const { rows } = await api.history.ofRecord({ id: 't3', limit: 1 });
    expect(rows[0]?.change).toMatchObject({ action: 'update', before: {}, after: { Phase: 'Build' } });
    await hands.clear(phase);
    await hands.tab();
    await waitFor(async () => expect(await payloadOf('t3')).not.toHaveProperty('Phase'));
    await hands.type(within(panel()).getByRole('textbox', { name: 'Budget' }), '12');
    expect(draftAt(draftOf.record('t3'))).toEqual({ Budget: '12' });
    await hands.keyboard('{Escape}');
    expect(draftAt(draftOf.record('t3'))).toEqual({});
    expect(await payloadOf('t3')).not.toHaveProperty('Budget');
  });

  it('are added under a name that FRAMES does not use itself', async () => {
    const { hands } = await open(['name'], recordIn('team', 't1'));
    await hands.click(await screen.findByRole('button', { name: 'Add custom field…' }));
    const name = screen.getByRole('textbox', { name: 'Name of the new field' });
    await hands.type(name, 'experience{Enter}');
    expect(screen.getByText(/has a field of this name/)).toBeTruthy();
    await hands.clear(name);
    await hands.type(name, 'id');
    expect(screen.getByText(/has a field of this name/)).toBeTruthy();
    await hands.clear(name);
    await hands.type(name, 'Lead e.mail{Enter}');
    const value = await screen.findByRole('textbox', { name: 'Lead e.mail' });
    expect(document.activeElement).toBe(value);
    await hands.type(value, 'ada@example.org{Enter}');
    await waitFor(async () => expect((await payloadOf('t1'))['Lead e.mail']).toBe('ada@example.org'));
    await waitFor(async () =>
      expect(await api.entities.ownFields({ type: 'team' })).toContainEqual({
        name: 'Lead e.mail',
        kind: 'text',
      }),
    );
  });

  it('that are lists or objects are edited as JSON', async () => {
    const { hands } = await open(['name']);
    await api.entities.update({ type: 'team', id: 't1', data: { Tags: ['a'] } });
    act(() => go(recordIn('team', 't1')));
    const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Tags' });
    await waitFor(() => expect(box().value).toBe('[\n  "a"\n]'));
    const tags = box();
    await hands.clear(tags);
    await hands.type(tags, '[["b"]');
    await hands.tab();
    await waitFor(async () => expect((await payloadOf('t1')).Tags).toEqual(['b']));
  });
});
