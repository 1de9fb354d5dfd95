import { notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useRegistry } from '#renderer/commands/registry.ts';
import { StatusBar } from '#renderer/app/StatusBar.tsx';
import HistoryView from '#renderer/features/history/HistoryView.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { historyOf } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
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

beforeEach(() => {
  layOut();
  notifications.clean();
});

describe('the history', () => {
  it('lists changes, newest first, and opens them with the keys', async () => {
    const { hands, team } = await open();
    await api.entities.update({ type: 'team', id: team, data: { size: 6 } });
    await screen.findByRole('option', { name: /Changed “Size” of “Thermal”/ });
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

/** A team, changed several times, and its history. */
async function openChange(...changes: JsonObject[]) {
  const { workspace } = await serveCore();
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Thermal', size: 4 } });
  const ops: string[] = [];
  for (const data of changes) {
    const { op_id } = await api.entities.update({ type: 'team', id: record.id, data });
    ops.push(op_id ?? '');
  }
  onTestFinished(watchChanges(queryClient));
  const stored = async () => (await api.entities.get({ type: 'team', id: record.id })).payload;
  const show = (op: string) => navigate(historyOf({ open: op }));
  show(ops[0] ?? '');
  const { hands } = draw(<HistoryView />);
  await screen.findByRole('complementary', { name: 'Details of this change' });
  return { hands, workspace, team: record.id, ops, stored, show };
}

const button = () => screen.findByRole('button', { name: 'Undo this change' });

describe('one older change', () => {
  it('that cannot be undone has the reason below the button, as its description', async () => {
    const { show, ops, workspace } = await openChange({ size: 6 }, { experience: 3 });
    await api.workspace.createProfile({ name: 'Grace', role: 'researcher' });
    await workspace.as('Grace').history.undoChange({ op_id: ops[0] ?? '' });
    const [last] = (await api.history.list({ limit: 1 })).rows;
    for (const [op, why] of [
      [ops[0], 'Already undone.'],
      [last?.op_id, 'You can’t undo an undo. Redo the change in the Edit menu.'],
    ] as const) {
      show(op ?? '');
      await screen.findByText(why);
      const offered = await button();
      expect(offered.getAttribute('aria-disabled')).toBe('true');
      const about = document.getElementById(offered.getAttribute('aria-describedby') ?? '');
      expect(about?.textContent).toBe(why);
    }
  });

  it('is undone by itself, and later changes stay', async () => {
    const { hands, stored } = await openChange({ size: 6 }, { experience: 3 });
    await hands.click(await button());
    await waitFor(async () => expect(await stored()).toMatchObject({ size: 4, experience: 3 }));
    await screen.findAllByText('Undone: Changed “Size” of “Thermal”');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo this change' })).toBeNull());
    await hands.click((await screen.findAllByRole('button', { name: 'Redo' }))[0] as HTMLElement);
    await waitFor(async () => expect(await stored()).toMatchObject({ size: 6, experience: 3 }));
  });

  it('is not undone if the same was changed since: that is reported with links, and nothing changes', async () => {
    const { hands, workspace, team, stored } = await openChange({ size: 6 }, { experience: 3 });
    await api.workspace.createProfile({ name: 'Grace', role: 'researcher' });
    const { op_id } = await workspace
      .as('Grace')
      .entities.update({ type: 'team', id: team, data: { size: 9 } });
    const { total } = await api.history.list({ limit: 1 });
    await hands.click(await button());
    const dialog = within(await screen.findByRole('dialog', { name: 'Can’t undo this change alone' }));
    expect(dialog.getByText(/Changed “Size” of “Thermal”/)).toBeTruthy();
    const line = dialog.getByRole('listitem');
    expect(line.textContent).toContain('Thermal – Size was changed since');
    expect(line.textContent).toContain('6 people → 9 people');
    expect(line.textContent).toContain('by Grace');
    expect(await stored()).toMatchObject({ size: 9 });
    expect((await api.history.list({ limit: 1 })).total).toBe(total);
    await hands.click(dialog.getByRole('button', { name: 'Show later change' }));
    expect(currentAddress().view).toMatchObject({ kind: 'history', open: op_id });
  });

  it('of others can be undone too, also from the palette while it is open; not by a viewer', async () => {
    const { show, workspace, team, hands, stored } = await openChange({ experience: 2 }, { experience: 3 });
    await api.workspace.createProfile({ name: 'Grace', role: 'researcher' });
    const { op_id } = await workspace
      .as('Grace')
      .entities.update({ type: 'team', id: team, data: { size: 9 } });
    show(op_id ?? '');
    await button();
    expect(useRegistry.getState().commands.map(({ id }) => id)).toContain('history.undoChange');
    await hands.click(await button());
    await waitFor(async () => expect(await stored()).toMatchObject({ size: 4 }));
    await api.workspace.actAs({
      profile: (await api.workspace.createProfile({ name: 'Vic', role: 'viewer' })).id,
    });
    await queryClient.invalidateQueries();
    await waitFor(() => expect(useRegistry.getState().commands).toEqual([]));
    const offered = await button();
    expect(offered.getAttribute('aria-disabled')).toBe('true');
    await hands.click(offered);
    expect(screen.getByText('Viewers can only undo their own latest change.')).toBeTruthy();
  });
});
