import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { LookupInput } from '#renderer/features/records/form/LookupInput.tsx';
import { endTypes } from '#renderer/features/records/linkable.ts';
import { placeText } from '#renderer/stores/recent-places.ts';
import { here } from '#renderer/stores/address.ts';
import { keep, useSeat } from '#renderer/stores/seat.ts';
import { recordIn } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

it('an end of a link offers what was looked at lately first, then kind by kind what links join most', async () => {
  await serveCore();
  await api.entities.create({ type: 'student', data: { name: 'Aaron' } });
  await api.entities.create({ type: 'university', data: { name: 'Aalen' } });
  await api.entities.create({ type: 'faculty', data: { name: 'Ada' } });
  await api.entities.create({ type: 'project', data: { name: 'Pathfinder' } });
  await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
  const { record } = await api.entities.create({ type: 'faculty', data: { name: 'Zuri' } });
  const place = { ...here(), view: recordIn('faculty', record.id) };
  const { id } = await api.workspace.info({});
  keep(`recent:${id}`, [placeText(place)]);
  const { hands } = draw(
    <LookupInput label="To" types={endTypes} id="" onChoose={() => {}} placeholder="Choose" />,
  );
  await hands.click(screen.getByRole('textbox', { name: 'To' }));
  const names = (): string[] =>
    screen
      .getAllByRole('option')
      .map((one) => (one.textContent ?? '').replace(/(Team|Faculty|Project|Student|University).*$/, ''));
  await waitFor(() => expect(names()).toEqual(['Zuri', 'Thermal', 'Pathfinder', 'Ada', 'Aalen', 'Aaron']));
  // What is typed is looked for among all of them.
  await hands.keyboard('aa');
  await waitFor(() => expect(names()).toEqual(['Aalen', 'Aaron']));
});
