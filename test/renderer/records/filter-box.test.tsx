import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { useRef } from 'react';
import { api } from '#renderer/api/client.ts';
import { FilterBox } from '#renderer/features/records/filters/FilterBox.tsx';
import { FilterChips } from '#renderer/features/records/filters/FilterChips.tsx';
import { startAt, navigate, currentAddress, useListView } from '#renderer/stores/address.ts';
import { listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

let rows = 0;

function Bar() {
  const view = useListView();
  const box = useRef<HTMLInputElement>(null);
  if (!view) return null;
  return (
    <>
      <FilterBox view={view} searchRef={box} onFocusRows={() => (rows += 1)} />
      <FilterChips view={view} />
    </>
  );
}

async function open() {
  await serveCore();
  await api.entities.create({ type: 'university', id: 'u1', data: { name: 'Redwood Coast' } });
  await api.entities.create({ type: 'university', id: 'u2', data: { name: 'Summit' } });
  for (const discipline of ['software', 'software', 'ground'])
    await api.entities.create({ type: 'team', data: { name: `A ${discipline} team`, discipline } });
  startAt('frames://live/home');
  navigate(listOf('team'));
  rows = 0;
  const drawn = draw(<Bar />);
  const box = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search teams' });
  await drawn.hands.click(box);
  return { ...drawn, box };
}

function list(): ListView {
  const { view } = currentAddress();
  if (view.kind !== 'list') throw new Error('no list');
  return view;
}

beforeEach(() => layOut());

describe('the box above a list', () => {
  it('suggests fields and values, taken with the keys', async () => {
    const { hands, box } = await open();
    await hands.type(box, 'disc');
    await screen.findByRole('option', { name: /Discipline/ });
    await hands.keyboard('{ArrowDown}{Tab}');
    expect(box.value).toBe('discipline:');
    const options = await screen.findAllByRole('option');
    await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toBe('software2'));
    expect(options.length).toBeGreaterThan(1);
    await hands.keyboard('g');
    await waitFor(() =>
      expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['ground1']),
    );
    await hands.keyboard('{ArrowDown}{Enter}');
    expect(box.value).toBe('discipline:ground');
    await hands.keyboard(' ');
    await waitFor(() => expect(list().filters).toEqual([{ field: 'discipline', op: 'is', value: 'ground' }]));
    expect(box.value).toBe('');
  });

  it('reports conditions that it does not understand, and keeps them', async () => {
    const { hands, box } = await open();
    await hands.type(box, 'size>=many ');
    expect(await screen.findByText('Size needs a number: size>=many')).toBeTruthy();
    expect(list()).toMatchObject({ filters: [], search: '' });
    await hands.clear(box);
    await hands.type(box, 'siez:4 ');
    expect(await screen.findByText(/No field “siez” here/)).toBeTruthy();
    await waitFor(() => expect(list().search).toBe('siez:4'));
    await hands.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByText(/No field/)).toBeNull());
    expect(box.value).toBe('siez:4 ');
    await hands.keyboard('{Escape}');
    expect(box.value).toBe('');
  });

  it('takes out the last chip with Backspace, and no filter twice', async () => {
    const { hands, box } = await open();
    await hands.type(box, 'size:2..5 size:2..5 name:team ');
    await waitFor(() => expect(list().filters).toHaveLength(3));
    const chips = within(document.body).getAllByRole('button', { name: /^Remove filter/ });
    expect(chips.map((chip) => chip.getAttribute('aria-label'))).toEqual([
      'Remove filter “Size 2 to 5”',
      'Remove filter “Name contains “team””',
    ]);
    await hands.keyboard('{Backspace}');
    await waitFor(() => expect(list().filters).toHaveLength(2));
    await hands.keyboard('{Backspace}');
    await waitFor(() => expect(list().filters).toEqual([]));
  });
});
