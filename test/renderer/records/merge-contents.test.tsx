import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { runCommand } from '#renderer/commands/registry.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList } from '../support/list.tsx';

beforeEach(() => freshList(['size']));

it('Find duplicates merges universities with matching records, except the ones left out', async () => {
  await serveCore();
  for (const side of ['a', 'b']) {
    await api.entities.create({ type: 'university', id: side, data: { name: 'North State' } });
    for (const [name, size] of [
      ['Avionics', side === 'a' ? 3 : 4],
      ['Thermal', 5],
    ] as const)
      await api.entities.create({
        type: 'team',
        id: `${side}-${name}`,
        data: { name, size, university_id: side },
      });
    for (const id of [1, 2])
      await api.entities.create({
        type: 'student',
        id: `${side}-${id}`,
        data: { name: 'Ada Novak', university_id: side },
      });
  }
  await api.entities.create({ type: 'team', id: 'a-Optics', data: { name: 'Optics', university_id: 'a' } });
  const { hands } = await drawList('Optics');
  act(() => void runCommand('list.duplicates'));
  const figures = '2 universities and 4 teams become 1 and 2';
  expect(await screen.findByText(figures)).toBeTruthy();
  expect(screen.getByText('4 records have ambiguous names and stay separate.')).toBeTruthy();
  await hands.click(screen.getByRole('button', { name: 'Merge all…' }));

  const list = await screen.findByRole('list', { name: 'Matching records' });
  expect(screen.getByText('2 matching records · 1 differs: the kept value stays')).toBeTruthy();
  expect(within(list).getByText('Size: keeps 3 people, drops 4 people')).toBeTruthy();
  const ambiguous = within(list).getByRole<HTMLInputElement>('checkbox', { name: 'Ada Novak' });
  expect([ambiguous.checked, ambiguous.disabled]).toEqual([false, true]);
  await hands.click(within(list).getByRole('checkbox', { name: 'Thermal' }));
  expect(await screen.findByText('2 universities and 2 teams become 1 and 1')).toBeTruthy();
  const left = within(list).getByRole<HTMLInputElement>('checkbox', { name: 'Thermal' });
  expect(left.checked).toBe(false);
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Merge all' });
  await waitFor(() => expect(button.disabled).toBe(false));
  await hands.click(button);
  expect(await screen.findByText('Merged 2 universities and 2 teams into “North State”')).toBeTruthy();
  const { rows } = await api.entities.list({ type: 'team' });
  expect(rows.map(({ id }) => id).toSorted()).toEqual(['a-Avionics', 'a-Optics', 'a-Thermal', 'b-Thermal']);
});
