import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { ListEmpty } from '#renderer/features/records/ListEmpty.tsx';
import { GoToTime } from '#renderer/features/past/GoToTime.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

it('an empty list of the past says that there was nothing, and offers nothing', async () => {
  await serveCore();
  lookAt('then-live');
  draw(
    <ListEmpty view={{ kind: 'list', type: 'team', search: '', filters: [], deleted: 'without' } as never} />,
  );
  screen.getByText('There was nothing here at that time.');
  expect(screen.queryByRole('button')).toBeNull();
});

it('the day that a moment is looked for by is typed over', async () => {
  await serveCore();
  const { hands } = draw(<GoToTime moment={await api.moments.resolve({ at: 'now' })} />);
  await hands.click(screen.getByRole('button', { name: 'Day and time…' }));
  const day = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Day' });
  day.focus();
  await hands.keyboard('2026-03-04');
  expect(day.value).toBe('2026-03-04');
});
