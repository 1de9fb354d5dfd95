import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { here } from '#renderer/stores/address.ts';
import { begin, bring, open, paste, settled, teams } from './sheet-hands.tsx';

beforeEach(begin);

const said = (value: string): string => `“${value}” seems to have lost letters when the file was written`;
const card = (text: string): HTMLElement => screen.getByText(text).closest('li') as HTMLElement;

describe('letters that were lost before the file came here', () => {
  const table = 'Team name\tSchool\nWoda ?ukasz\tT?bingen\nRadio\tBern\n';

  it('are things to look at, and one writes what it was called', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    expect(screen.getByRole('heading', { name: '2 things to look at' })).toBeTruthy();
    expect(screen.queryByText(/No problems/)).toBeNull();
    expect(within(card(said('Woda ?ukasz'))).getByText('Column “Team name”, line 2')).toBeTruthy();
    for (const [value, meant] of [
      ['Woda ?ukasz', 'Woda Łukasz'],
      ['T?bingen', 'Tübingen'],
    ] as const) {
      const box = within(card(said(value))).getByDisplayValue(value);
      await hands.clear(box);
      await hands.type(box, `${meant}{Enter}`);
      await settled();
    }
    expect(screen.getAllByText(/No problems/).length).toBeGreaterThan(0);
    await hands.click(screen.getByRole('button', { name: 'Import 2 teams' }));
    await screen.findByText(/Counts and samples/);
    expect((await teams()).map(({ title }) => title).toSorted()).toEqual(['Radio', 'Woda Łukasz']);
    const { rows } = await api.entities.list({ type: 'university' });
    expect(rows.map(({ title }) => title).toSorted()).toEqual(['Bern', 'Tübingen']);
    expect(screen.queryByText('Still to mend')).toBeNull();
  });

  it('may be right, and do not stand in the way', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    for (const value of ['Woda ?ukasz', 'T?bingen']) {
      await hands.click(within(card(said(value))).getByRole('button', { name: 'Keep it' }));
      await settled();
    }
    expect(screen.getAllByText(/No problems/).length).toBeGreaterThan(0);
    await hands.click(screen.getByRole('button', { name: 'Import 2 teams' }));
    await screen.findByText(/Counts and samples/);
    expect((await teams()).map(({ title }) => title)).toContain('Woda ?ukasz');
  });

  it.each([
    ['Woda ?ukasz', 'team'],
    ['T?bingen', 'university'],
  ] as const)('are still to mend afterwards where nobody did: %s', async (value, type) => {
    const { hands } = await open();
    await bring(hands, table.replace('Radio\tBern\n', ''));
    await hands.click(screen.getByRole('button', { name: (name) => name.startsWith(`Show: “${value}”`) }));
    const { view } = here();
    if (view.kind !== 'list') throw new Error('no list');
    const { rows } = await api.entities.list({ type: view.type, filters: [...view.filters] });
    expect(rows.map((row) => [row.type, row.title])).toEqual([[type, value]]);
  });

  it('are proposed where the text was only read wrongly', async () => {
    const { hands } = await open();
    await paste('Team name\nMÃ¼ller\n');
    await settled();
    expect(screen.getByText('The letters of “MÃ¼ller” seem to be garbled')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Read it as “Müller”' }));
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/Counts and samples/);
    expect((await teams()).map(({ title }) => title)).toEqual(['Müller']);
  });
});
