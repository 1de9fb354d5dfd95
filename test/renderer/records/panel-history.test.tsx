import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { go, here } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { recordIn } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { Beside, make } from './panel-hands.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

describe('the history of a record', () => {
  it('tells of its links: with whom, by whom, and what was done to them', async () => {
    const { workspace } = await serveCore();
    onTestFinished(watchChanges(queries));
    const team = await make('team', { name: 'Thermal', meta: 'north' });
    const other = await make('team', { name: 'Structures' });
    await api.workspace.createProfile({ name: 'Rea', role: 'researcher' });
    go(recordIn('team', team.id, 'history'));
    draw(<Beside />);
    const panel = await screen.findByRole('tabpanel');
    await within(panel).findByText('Created');
    const rea = workspace.as('Rea');
    const data = { from: other.id, to: team.id, energy_loss: 5 };
    const { record } = await rea.entities.create({ type: 'interface', data });
    const made = await within(panel).findByText('Linked with Structures');
    expect(made.parentElement?.textContent).toBe('Linked with Structuresby Rea');
    expect(screen.getByRole('tab', { name: /History/ }).textContent).toBe('History2');
    await rea.entities.update({ type: 'interface', id: record.id, data: { energy_loss: 40 } });
    expect(await within(panel).findByText('Changed the link with Structures')).toBeTruthy();
    expect(within(panel).getByText('40 %')).toBeTruthy();
    await api.entities.remove({ type: 'interface', id: record.id });
    const gone = await within(panel).findByText('Removed the link with Structures');
    expect(gone.parentElement?.textContent).toContain('by you');
    expect(within(gone.parentElement as HTMLElement).getByText('by you').title).toBe('you (Ada)');
  });

  it('leads to each change in History, and undoes it by itself', async () => {
    await serveCore();
    onTestFinished(watchChanges(queries));
    const team = await make('team', { name: 'Thermal', size: 4 });
    const { op_id } = await api.entities.update({ type: 'team', id: team.id, data: { size: 6 } });
    await api.entities.update({ type: 'team', id: team.id, data: { experience: 3 } });
    go(recordIn('team', team.id, 'history'));
    const { hands } = draw(<Beside />);
    const panel = within(await screen.findByRole('tabpanel'));
    const menuOf = async (at: number) =>
      hands.click((await panel.findAllByRole('button', { name: 'What can be done with this change' }))[at]!);
    await menuOf(1);
    await hands.click(await screen.findByRole('menuitem', { name: 'Undo this change' }));
    const stored = async () => (await api.entities.get({ type: 'team', id: team.id })).payload;
    await waitFor(async () => expect(await stored()).toMatchObject({ size: 4, experience: 3 }));
    expect(await panel.findByText('undone')).toBeTruthy();
    // The undo is an entry of its own now; what was undone can be redone.
    await menuOf(2);
    expect(await screen.findByRole('menuitem', { name: 'Redo' })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: /Undo this change/ })).toBeNull();
    await hands.click(screen.getByRole('menuitem', { name: 'Show in History' }));
    expect(here().view).toMatchObject({ kind: 'history', open: op_id });
  });

  it('says of a change of many records how many it would take back', async () => {
    await serveCore();
    const made = (name: string) => ({ kind: 'create' as const, type: 'team' as const, data: { name } });
    const { ids } = await api.entities.change({ changes: [made('A'), made('B'), made('C')] });
    go(recordIn('team', ids[0] ?? '', 'history'));
    const { hands } = draw(<Beside />);
    await hands.click(await screen.findByRole('button', { name: 'What can be done with this change' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Undo this change of 3 records' }));
    await waitFor(async () => expect((await api.entities.list({ type: 'team' })).total).toBe(0));
  });

  it('says why a change cannot be undone by itself, also to who goes there by keys', async () => {
    const { workspace } = await serveCore();
    onTestFinished(watchChanges(queries));
    const team = await make('team', { name: 'Thermal', size: 4 });
    await api.workspace.createProfile({ name: 'Rea', role: 'researcher' });
    await workspace.as('Rea').entities.update({ type: 'team', id: team.id, data: { size: 6 } });
    await workspace.as('Rea').history.undo({});
    await workspace.as('Rea').history.redo({});
    await workspace.as('Rea').history.undo({});
    go(recordIn('team', team.id, 'history'));
    const { hands } = draw(<Beside />);
    const panel = within(await screen.findByRole('tabpanel'));
    const menus = await panel.findAllByRole('button', { name: 'What can be done with this change' });
    const why: (string | null)[] = [];
    for (const menu of menus.slice(0, 4)) {
      await hands.click(menu);
      const item = await screen.findByRole('menuitem', { name: /^Undo this change/ });
      why.push(item.textContent.replace('Undo this change', ''));
      await hands.keyboard('{ArrowDown}{Home}');
      await waitFor(() => expect(document.activeElement).toBe(item));
      await hands.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
    }
    expect(why).toEqual([
      'It is an undo itself.',
      'It brought back what had been undone: undo that change itself.',
      'It is an undo itself.',
      'It is undone already.',
    ]);
  });
});
