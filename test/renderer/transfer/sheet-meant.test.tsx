import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import HomeView from '#renderer/features/home/HomeView.tsx';
import { draw } from '../support/draw.tsx';
import { begin, open, paste, possible, settled } from './sheet-hands.tsx';

beforeEach(begin);

const table = [
  'Name\tUniversity\tDiscipline',
  'Gecko\tSummit\tAstrodynamics',
  'Newt\tSummit\tAlchemy',
  'Toad\tSummit\tHeraldry',
].join('\n');

/** Imports the table after somebody decided something about it, and opens Home. */
async function homeAfter(deed: string) {
  const { hands, unmount } = await open();
  await paste(table);
  await settled();
  await hands.click(await possible(deed));
  await settled();
  await hands.click(await possible('Import 3 teams'));
  await screen.findByText(/Counts and samples/);
  unmount();
  return draw(<HomeView />);
}

it('values that an import was told to keep are not asked about again on Home; others are', async () => {
  await homeAfter('Keep all 3');
  expect(await screen.findByRole('heading', { name: 'Nothing needs attention' })).toBeTruthy();
  expect(screen.queryByText(/on no list/)).toBeNull();
  const [team] = (await api.entities.list({ type: 'team', search: 'Newt' })).rows;
  await api.entities.update({ type: 'team', id: team?.id ?? '', data: { discipline: 'Phrenology' } });
  expect(await screen.findByText('1 unrecognised value')).toBeTruthy();
});
