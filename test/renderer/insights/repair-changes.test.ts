import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { repairChanges } from '#renderer/features/insights/repair-changes.ts';
import { serveCore } from '../support/core.ts';

it('a student who learns several areas keeps all of them, and those known before', async () => {
  await serveCore();
  const { record } = await api.entities.create({
    type: 'student',
    data: { name: 'Ben', expertise_area: 'optics' },
  });
  const changes = await repairChanges({
    title: '',
    code: 'learn',
    params: {},
    value: 0,
    changes: ['radio', 'thermal'].map((area) => ({ do: 'learn', id: record.id, area })),
  });
  await api.entities.applyChanges({ changes });
  const { payload } = await api.entities.get({ type: 'student', id: record.id });
  expect(payload['expertise_area']).toBe('optics, radio, thermal');
});

it('a member who stays on is a student of the team who is still to be named', async () => {
  await serveCore();
  const { record: team } = await api.entities.create({ type: 'team', data: { name: 'Flight software' } });
  const changes = await repairChanges({
    title: '',
    code: 'keep_member',
    params: {},
    value: 0,
    changes: [{ do: 'mentor', team: team.id, terms: 5 }],
  });
  expect(changes).toMatchObject([
    {
      kind: 'create',
      type: 'student',
      data: { name: 'New member of Flight software – to be named', team_id: team.id, terms_remaining: 5 },
    },
  ]);
});
