import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { FilterChip } from '#renderer/features/records/filters/FilterChips.tsx';
import { FilterMenu } from '#renderer/features/records/filters/FilterMenu.tsx';
import { queryClient, queryFor } from '#renderer/stores/queries.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { formatDay, useFormats } from '#renderer/text/formats.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

afterEach(() => useFormats.setState({ dates: 'day-month' }));

function Bar({ heard }: { heard: (filters: readonly Filter[]) => void }) {
  const [opened, setOpened] = useState(false);
  const [filters, setFilters] = useState<readonly Filter[]>([]);
  const take = (next: readonly Filter[]): void => {
    heard(next);
    setFilters(next);
  };
  return (
    <>
      {filters.length > 0 && <FilterChip type="team" filters={filters} onChange={take} />}
      <FilterMenu type="team" opened={opened} onOpened={setOpened} onAdd={take} />
    </>
  );
}

async function open(own: Record<string, string> = {}) {
  await serveCore();
  for (const discipline of ['software', 'software', 'ground']) {
    await api.entities.create({ type: 'team', data: { name: `A ${discipline} team`, discipline, ...own } });
  }
  await queryClient.fetchQuery(queryFor('entities.customFields', { type: 'team' }));
  const filters: (readonly Filter[])[] = [];
  const drawn = draw(<Bar heard={(next) => filters.push(next)} />);
  await drawn.hands.click(screen.getByRole('button', { name: 'Filter' }));
  return { ...drawn, filters };
}

describe('adding a filter', () => {
  it('offers the values that are there, the most frequent first, with how many', async () => {
    const { hands, filters } = await open();
    await hands.click(await screen.findByRole('button', { name: 'Discipline' }));
    const ticks = await screen.findAllByRole('checkbox');
    expect(ticks.slice(0, 2).map((tick) => tick.closest('li')?.textContent)).toEqual([
      'software2',
      'ground1',
    ]);
    const [software] = ticks;
    if (software) await hands.click(software);
    await hands.click(screen.getByRole('button', { name: 'Apply' }));
    expect(filters).toEqual([[{ field: 'discipline', op: 'is', value: 'software' }]]);
    expect(screen.getByText('Discipline: software')).toBeTruthy();
  });

  it('takes a range as two filters in one chip, changes it there, and Esc closes only the menu', async () => {
    const { hands, filters } = await open();
    await hands.click(await screen.findByRole('button', { name: 'Size' }));
    await hands.selectOptions(screen.getByRole('combobox', { name: 'Comparison' }), 'between');
    await hands.type(screen.getByRole('textbox', { name: 'From' }), '2');
    await hands.type(screen.getByRole('textbox', { name: 'To' }), '5{Enter}');
    expect(filters).toEqual([
      [
        { field: 'size', op: 'gte', value: 2 },
        { field: 'size', op: 'lte', value: 5 },
      ],
    ]);
    let behind = 0;
    const heard = (event: KeyboardEvent): void => void (event.key === 'Escape' && (behind += 1));
    window.addEventListener('keydown', heard);
    await hands.click(screen.getByRole('button', { name: 'Size 2 to 5' }));
    const until = await screen.findByRole('textbox', { name: 'To' });
    await hands.click(until);
    await hands.keyboard('{Escape}');
    window.removeEventListener('keydown', heard);
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'To' })).toBeNull());
    expect(behind).toBe(0);
    expect(screen.getByText('Size 2 to 5')).toBeTruthy();
  });

  it.each([
    ['day-month', '01.07.2026', '2026-07-01'],
    ['day-month', '1/7/2026', '2026-07-01'],
    ['month-day', '1/7/2026', '2026-01-07'],
    ['iso', '2026-07-01', '2026-07-01'],
  ] as const)('reads a day as the preferences write days (%s): %s', async (dates, text, day) => {
    useFormats.setState({ dates });
    const { hands, filters } = await open({ Due: '2026-03-15' });
    await hands.click(await screen.findByRole('button', { name: 'Due' }));
    const from = screen.getByRole('textbox', { name: 'From' });
    await hands.type(from, text);
    const read = screen.queryByText(`Read as ${formatDay(day)}.`);
    expect(read === null).toBe(text === formatDay(day));
    await hands.tab();
    expect(from).toHaveProperty('value', formatDay(day));
    await hands.click(screen.getByRole('button', { name: 'Apply' }));
    expect(filters).toEqual([[{ field: 'own:Due', op: 'gte', value: day }]]);
    expect(screen.getByText(`Due since ${formatDay(day)}`)).toBeTruthy();
  });
});
