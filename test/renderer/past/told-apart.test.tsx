import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { restoreTo } from '#renderer/features/past/restore/RestoreForm.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

it('records that go back to a moment are told apart by their university', async () => {
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
  const names = within(await screen.findByRole('list', { name: 'What becomes different' }));
  expect(names.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    '+Brought backRadioTeam · Basin · t3',
    '−DeletedOpticsTeam · Summit',
    '~ChangedRadioTeam · Summit',
    '~ChangedRadioTeam · Basin · t2',
  ]);
});

it('what was chosen is named before what only comes along', async () => {
  await serveCore();
  await api.entities.create({ type: 'university', id: 'u1', data: { name: 'Summit' } });
  await api.entities.create({
    type: 'team',
    id: 't1',
    data: { name: 'Radio', university_id: 'u1', size: 3 },
  });
  await api.entities.create({ type: 'team', id: 't2', data: { name: 'Optics', university_id: 'u1' } });
  for (let nth = 1; nth < 10; nth += 1)
    await api.entities.create({
      type: 'student',
      id: `s${nth}`,
      data: { name: `Ada ${nth}`, team_id: 't2' },
    });
  const moment = await api.moments.resolve({ at: 'now' });
  await api.entities.remove({ type: 'team', id: 't2', with_contents: true });
  await api.entities.update({ type: 'team', id: 't1', data: { size: 9 } });
  draw(null);
  restoreTo(moment, ['t1', 't2']);
  const names = within(await screen.findByRole('list', { name: 'What becomes different' }));
  const first = names.getAllByRole('listitem').slice(0, 2);
  expect(new Set(first.map(({ textContent }) => textContent))).toEqual(
    new Set(['+Brought backOpticsTeam · Summit', '~ChangedRadioTeam · Summit']),
  );
});
