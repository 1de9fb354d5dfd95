import { act, screen, waitFor } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import { ImportEnd } from '#renderer/features/transfer/import/ImportEnd.tsx';
import { watchChanges } from '#renderer/stores/live.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { queries } from '#renderer/stores/queries.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const quietly = (): void => undefined;

it('offers the way back from an import also after other changes, and to a viewer the reason why not', async () => {
  await serveCore();
  onTestFinished(watchChanges(queries));
  const source = { text: 'Team,Members\nRadio,4\n', name: 'teams.csv' };
  const view = await follow(api.transfer.readSheet({ source }), quietly);
  const choices = { type: 'team', columns: view.guesses.team ?? [] } as const;
  const result = await follow(api.transfer.importSheet({ source, choices }), quietly);
  const vera = await api.workspace.createProfile({ name: 'Vera', role: 'viewer', university_id: null });
  const { id: me } = (await api.workspace.info({})).actor;
  const { hands } = draw(
    <ImportEnd name="teams.csv" result={result}>
      <p>What came</p>
    </ImportEnd>,
  );
  const undo = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Undo import' });
  await waitFor(() => expect(undo().disabled).toBe(false));

  await act(() => actAs(vera.id));
  await waitFor(() => expect(undo().disabled).toBe(true));
  expect(undo().title).toBe('A viewer changes no records, and undoes only what they did last themselves.');

  await act(() => actAs(me));
  await api.entities.create({ type: 'team', data: { name: 'Later' } });
  await waitFor(() => expect(undo().disabled).toBe(false));
  await hands.click(undo());
  await screen.findByRole('heading', { name: /Undid|undone/i });
  // What is undone is offered to be undone to nobody.
  await act(() => actAs(vera.id));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo import' })).toBeNull());
  const { rows } = await api.entities.list({ type: 'team' });
  expect(rows.map(({ title }) => title)).toEqual(['Later']);
});
