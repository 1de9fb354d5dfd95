import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { CellContent } from '#renderer/features/records/grid/CellContent.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { make } from './panel-hands.tsx';

test('a list shows the usual documented share of a bond, and every stated one', async () => {
  await serveCore();
  const [from, to] = [await make('team', { name: 'A' }), await make('team', { name: 'B' })];
  const link = await make('interface', { from: from.id, to: to.id, bond_type: 'codified-moderate' });
  const column = columnsOf('interface', false).find(({ key }) => key === 'documented')!;
  const cells = [{}, { documented: 90 }, { documented: 'a lot' }, { bond_type: null }].map((data) => (
    <li key={JSON.stringify(data)}>
      <CellContent
        record={{ ...link, payload: { ...link.payload, ...data } }}
        column={{ ...column, size: 100, pin: null }}
      />
    </li>
  ));
  draw(<ul>{cells}</ul>);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^60\s*%$/),
    expect.stringMatching(/^90\s*%$/),
    expect.stringContaining('a lot'),
    '–',
  ]);
});

test('a university is not offered as one of its own', async () => {
  await serveCore();
  const university = await make('university', { name: 'Summit State' });
  await make('team', { name: 'Thermal', university_id: university.id });
  const offers = await api.entities.lookup({ types: ['team', 'university'] });
  expect(offers.map(({ title, university: place }) => [title, place])).toEqual([
    ['Thermal', 'Summit State'],
    ['Summit State', null],
  ]);
});
