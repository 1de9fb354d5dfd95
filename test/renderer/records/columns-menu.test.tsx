import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { go } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';

async function open() {
  await serveCore();
  await api.entities.create({ type: 'team', data: { name: 'Thermal', Phase: 'Build' } });
  useSeat.setState({ items: { 'columns:team': { columns: ['name', 'discipline', 'size'] } } });
  go(listOf('team'));
  const drawn = draw(<ListView />);
  await screen.findByText('Thermal');
  await drawn.hands.click(screen.getByRole('button', { name: 'Columns' }));
  const menu = await screen.findByRole('dialog', { name: 'Columns' });
  await within(menu).findByRole('checkbox', { name: 'Phase' });
  const lines = () =>
    within(menu)
      .getAllByRole('checkbox')
      .map((box) => (box as HTMLInputElement).labels?.[0]?.textContent);
  const tick = (name: string) => drawn.hands.click(within(menu).getByRole('checkbox', { name }));
  return { ...drawn, lines, tick };
}

const columns = () => screen.getAllByRole('columnheader').map((head) => head.textContent);

beforeEach(() => {
  freshGrid();
  layOut();
});

it('no line moves while columns are ticked, and what is put back finds its place', async () => {
  const { lines, tick } = await open();
  const before = lines();
  const shown = columns();
  await tick('Lifecycle');
  await tick('Phase');
  expect(lines()).toEqual(before);
  await waitFor(() => expect(columns()).toHaveLength(shown.length + 2));
  await tick('Phase');
  await tick('Lifecycle');
  await tick('Discipline');
  expect(lines()).toEqual(before);
  await tick('Discipline');
  await waitFor(() => expect(columns()).toEqual(shown));
});

it('a move by the keys is seen in the lines', async () => {
  const { hands, lines, tick } = await open();
  await tick('Size');
  await tick('Size');
  await hands.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() => expect(lines().slice(0, 3)).toEqual(['Name', 'Size', 'Discipline']));
});
