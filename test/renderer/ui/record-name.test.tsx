import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { RecordName } from '#renderer/ui/RecordName.tsx';
import { listOf, recordPage } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

it('the name of a record opens it: beside its list, or in its own tab', async () => {
  await serveCore();
  await api.entities.create({ type: 'team', id: 't1', data: { name: 'Power' } });
  navigate(listOf('project'));
  const { hands } = draw(<RecordName id="t1" />);
  await hands.click(await screen.findByRole('button', { name: 'Power' }));
  expect(currentAddress().view).toMatchObject({
    kind: 'list',
    type: 'team',
    panel: { kind: 'record', id: 't1' },
  });
  navigate(recordPage('project', 'p1'));
  await hands.click(screen.getByRole('button', { name: 'Power' }));
  expect(currentAddress().view).toMatchObject({ kind: 'record', type: 'team', id: 't1' });
});
