import { screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { FilterChip } from '#renderer/features/records/filters/FilterChip.tsx';
import { FilterMenu } from '#renderer/features/records/filters/FilterMenu.tsx';
import type { Filter } from '#shared/contract/entities.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

function Bar({ heard }: { heard: (filter: Filter | null) => void }) {
  const [opened, setOpened] = useState(false);
  const [filter, setFilter] = useState<Filter | null>(null);
  const take = (next: Filter | null): void => {
    heard(next);
    setFilter(next);
  };
  return (
    <>
      {filter && <FilterChip type="team" filter={filter} onChange={take} />}
      <FilterMenu type="team" opened={opened} onOpened={setOpened} onAdd={take} />
    </>
  );
}

async function open() {
  await serveCore();
  for (const discipline of ['software', 'software', 'ground']) {
    await api.entities.create({ type: 'team', data: { name: `A ${discipline} team`, discipline } });
  }
  const filters: (Filter | null)[] = [];
  const drawn = draw(<Bar heard={(filter) => filters.push(filter)} />);
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
    expect(filters).toEqual([{ field: 'discipline', op: 'is', value: 'software' }]);
    expect(screen.getByText('Discipline: software')).toBeTruthy();
  });

  it('compares numbers', async () => {
    const { hands, filters } = await open();
    await hands.click(await screen.findByRole('button', { name: 'Size' }));
    await hands.type(screen.getByRole('textbox', { name: 'Value' }), '3{Enter}');
    expect(filters).toEqual([{ field: 'size', op: 'gte', value: 3 }]);
    await hands.click(screen.getByRole('button', { name: 'Remove the filter Size ≥ 3' }));
    expect(filters.at(-1)).toBeNull();
    expect(screen.queryByText('Size ≥ 3')).toBeNull();
  });

  it('asks for emptiness without a value', async () => {
    const { hands, filters } = await open();
    await hands.click(await screen.findByRole('button', { name: 'Project' }));
    await hands.selectOptions(screen.getByRole('combobox', { name: 'Comparison' }), 'empty');
    await hands.click(screen.getByRole('button', { name: 'Apply' }));
    expect(filters).toEqual([{ field: 'project_id', op: 'empty' }]);
  });
});
