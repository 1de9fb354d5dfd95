import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import MomentsView from '#renderer/features/past/compare/MomentsView.tsx';
import { go, here } from '#renderer/stores/address.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** Three teams, made one after the other; the second and the third moment are compared. */
async function open() {
  await serveCore();
  const moments: string[] = [];
  for (const name of ['Radio', 'Optics', 'Thermal']) {
    await api.entities.create({ type: 'team', data: { name } });
    moments.push(String((await api.moments.resolve({ at: 'now' })).id));
  }
  const [first = '', from = '', to = ''] = moments;
  go({ kind: 'moments', from: first, to: from });
  const drawn = draw(<MomentsView />);
  await screen.findByRole('rowheader', { name: /Optics/ });
  return { ...drawn, first, from, to };
}

beforeEach(() => layOut());

it('the button that swaps the moments keeps the focus, so that it can be pressed twice', async () => {
  const { hands, first, from } = await open();
  const button = screen.getByRole('button', { name: 'Swap the two' });
  button.focus();
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(here().view).toMatchObject({ from, to: first }));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Swap the two' }));
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(here().view).toMatchObject({ from: first, to: from }));
  await screen.findByRole('rowheader', { name: /Optics/ });
});

it('choosing a moment keeps the focus in its field, and the moments stand by time, newest first', async () => {
  const { hands, from, to } = await open();
  const field = () => screen.getByRole('combobox', { name: 'From' });
  await hands.click(field());
  const group = await screen.findByRole('listbox', { name: 'From' });
  const times = within(group)
    .getAllByRole('option')
    .map(({ textContent }) => textContent)
    .filter((text) => /Radio|Optics|Thermal/.test(text));
  expect(times.map((text) => /Radio|Optics|Thermal/.exec(text)?.[0])).toEqual(['Thermal', 'Optics', 'Radio']);
  await hands.click(within(group).getByRole('option', { name: /Thermal/ }));
  await waitFor(() => expect(here().view).toMatchObject({ from: to, to: from }));
  await screen.findByRole('rowheader', { name: /Thermal/ });
  expect(document.activeElement).toBe(field());
});
