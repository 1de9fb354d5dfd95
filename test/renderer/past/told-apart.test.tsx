import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { restoreTo } from '#renderer/features/past/restore/RestoreForm.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

it('records to restore are distinguished by their university', async () => {
  await serveCore();
  for (const [id, name] of Object.entries({ u1: 'Summit', u2: 'Basin' }))
    await api.entities.create({ type: 'university', id, data: { name } });
  for (const [id, university_id] of Object.entries({ t1: 'u1', t2: 'u2', t3: 'u2' }))
    await api.entities.create({ type: 'team', id, data: { name: 'Radio', university_id, size: 3 } });
  const moment = await api.moments.resolve({ at: 'now' });
  for (const id of ['t1', 't2']) await api.entities.update({ type: 'team', id, data: { size: 9 } });
  await api.entities.remove({ type: 'team', id: 't3' });
  await api.entities.create({ type: 'team', id: 't4', data: { name: 'Optics', university_id: 'u1' } });
  draw(null);
  restoreTo(moment, null);
  const names = within(await screen.findByRole('list', { name: 'Planned changes' }));
  expect(
    names
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
      .toSorted(),
  ).toEqual([
    '+RestoredRadioTeam · Basin · t3',
    '~ChangedRadioTeam · Basin · t2',
    '~ChangedRadioTeam · Summit',
    '−DeletedOpticsTeam · Summit',
  ]);
});
