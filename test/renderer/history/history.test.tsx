import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { StatusBar } from '#renderer/app/StatusBar.tsx';
import HistoryView from '#renderer/features/history/HistoryView.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { historyOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

const long =
  'Keeps the flight software and its simulator. Meets every Tuesday with ground operations in room 214.';

async function open() {
  await serveCore();
  const { record } = await api.entities.create({
    type: 'team',
    data: { name: 'Thermal', size: 4, experience: 9, description: long },
  });
  onTestFinished(watchChanges(queryClient));
  navigate(historyOf());
  const drawn = draw(
    <>
      <HistoryView />
      <StatusBar />
    </>,
  );
  await screen.findByRole('option', { name: /Created “Thermal”/ });
  return { ...drawn, team: record.id };
}

const opened = (): HTMLElement => screen.getByRole('complementary', { name: 'Details of this change' });

beforeEach(() => layOut());

describe('the history', () => {
  it('lists changes, newest first, and opens them with the keys', async () => {
    const { hands, team } = await open();
    await api.entities.update({ type: 'team', id: team, data: { size: 6 } });
    await screen.findByRole('option', { name: /Changed size of “Thermal”/ });
    await screen.findByText('3 changes');
    act(() => screen.getByRole('listbox').focus());
    await hands.keyboard('{Home}');
    expect(await within(opened()).findByText('4 people')).toBeTruthy();
    expect(within(opened()).getByText('6 people')).toBeTruthy();
    await hands.keyboard('{End}');
    await waitFor(() => expect(within(opened()).getByText('Created this workspace')).toBeTruthy());
    await hands.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).toBeNull();
  });

  it('undoes the actor’s latest change, marks it, and offers to redo it', async () => {
    const { hands, team } = await open();
    await hands.click(screen.getByRole('option', { name: /Created “Thermal”/ }));
    await hands.click(await within(opened()).findByRole('button', { name: 'Undo' }));
    await waitFor(async () => expect((await api.entities.find({ id: team })).deleted_at).not.toBeNull());
    expect(await within(opened()).findByText('undone')).toBeTruthy();
    await hands.click(await within(opened()).findByRole('button', { name: 'Redo' }));
    await waitFor(async () => expect((await api.entities.find({ id: team })).deleted_at).toBeNull());
  });

  it('offers no undo for changes of others', async () => {
    const { hands } = await open();
    const other = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await api.workspace.actAs({ profile: other.id });
    await queryClient.invalidateQueries();
    await hands.click(screen.getByRole('option', { name: /Created “Thermal”/ }));
    await within(opened()).findByText('Details');
    expect(within(opened()).queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('one Esc closes the menu of a filter, the next the change that is open', async () => {
    const { hands } = await open();
    await hands.click(screen.getByRole('option', { name: /Created “Thermal”/ }));
    opened();
    for (const [filter, shown] of [
      ['When', () => screen.queryByRole('button', { name: 'Today' })],
      ['History', () => screen.queryByText(/^No saved views yet/)],
    ] as const) {
      await hands.click(screen.getByRole('button', { name: filter }));
      await waitFor(() => expect(shown()).toBeTruthy());
      await hands.keyboard('{Escape}');
      await waitFor(() => expect(shown()).toBeNull());
      opened();
    }
    await hands.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
  });

  it('is filtered, explains an empty result, and resets filters', async () => {
    const { hands } = await open();
    await hands.click(screen.getByPlaceholderText('Action'));
    await hands.click(await screen.findByRole('option', { name: 'deleted' }));
    expect(currentAddress().view).toMatchObject({ action: 'delete' });
    expect(await screen.findByText(/No changes match/)).toBeTruthy();
    await hands.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(await screen.findByRole('option', { name: /Created “Thermal”/ })).toBeTruthy();
  });
});
