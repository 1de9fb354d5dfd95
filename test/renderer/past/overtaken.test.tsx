import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { restoreTo } from '#renderer/features/past/restore/RestoreForm.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

it('after others restored it, no action would overwrite their changes', async () => {
  await serveCore();
  await api.entities.create({ type: 'team', id: 't1', data: { name: 'Radio', size: 3 } });
  const moment = await api.moments.resolve({ at: 'now' });
  await api.entities.update({ type: 'team', id: 't1', data: { size: 9 } });
  const { hands } = draw(null);
  restoreTo(moment, ['t1']);
  const dialog = within(await screen.findByRole('dialog', { name: /^Restore to / }));
  await dialog.findByText('Radio');
  await api.entities.update({ type: 'team', id: 't1', data: { size: 3 } });
  const yes = dialog.getByRole<HTMLButtonElement>('button', { name: 'Restore' });
  await hands.click(yes);
  const alert = await dialog.findByRole('alert');
  expect(alert.textContent).toMatch(/Changed since the comparison: Radio.*Nothing was changed\./);
  expect(yes.disabled).toBe(true);
});
