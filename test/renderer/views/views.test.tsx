import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { applyLayout, readLayout, seatLayout } from '#renderer/stores/list-layout.ts';
import { layoutNow } from '#renderer/features/views/layout.ts';
import { adjustList, go, here } from '#renderer/stores/address.ts';
import { queries } from '#renderer/stores/queries.ts';
import { listOf } from '#shared/address/view.ts';
import { layOut } from '../support/layout.ts';
import { big, choose, open, saveAs, savedId, title } from './view-hands.tsx';

beforeEach(() => layOut());

describe('a saved view', () => {
  it('that is not there is said to be so', async () => {
    const { hands } = await open();
    act(() => adjustList({ filters: [big] }));
    await saveAs(hands, 'Big teams');
    await act(() => api.views.remove({ id: savedId() }));
    expect((await screen.findByText('View not there')).title).not.toBe('');
  });

  it('is offered beside the filters as soon as there is one to keep, and again when it is changed', async () => {
    const { hands } = await open();
    expect(screen.queryByRole('button', { name: 'Save view…' })).toBeNull();
    act(() => adjustList({ filters: [big] }));
    await hands.click(await screen.findByRole('button', { name: 'Save view…' }));
    await hands.type(await screen.findByRole('textbox', { name: 'Name' }), 'Kept{Enter}');
    await waitFor(() => expect(title().textContent).toBe('Kept'));
    expect(screen.queryByRole('button', { name: 'Save view…' })).toBeNull();
    act(() => adjustList({ group: 'lifecycle' }));
    await hands.click(await screen.findByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull());
    expect((await api.views.list({}))[0]?.address).toContain('lifecycle');
  });

  it('is shown in its own layout; the seat’s stays as it was', async () => {
    const { hands } = await open();
    act(() => applyLayout('team', { columns: ['name', 'size'] }));
    await saveAs(hands, 'Narrow');
    act(() => applyLayout('team', { columns: ['name', 'discipline'] }));
    await waitFor(() => expect(screen.queryByText('column discipline')).toBeNull());
    await hands.click(screen.getByRole('button', { name: 'column size' }));
    await waitFor(() => expect(screen.queryByText('column size')).toBeNull());
    expect(seatLayout('team').columns).toEqual(['name', 'discipline']);
    expect(layoutNow('team', savedId()).columns).toEqual(['name']);
    await choose(hands, 'All teams');
    await screen.findByText('column discipline');
  });

  it('takes along what was arranged for it: the list that it is of is as it was before', async () => {
    const { hands } = await open();
    act(() => applyLayout('team', { columns: ['name', 'size', 'links'] }));
    act(() => go({ kind: 'home' }));
    act(() => go(listOf('team')));
    act(() => adjustList({ filters: [big] }));
    await hands.click(await screen.findByRole('button', { name: 'column size' }));
    await waitFor(() => expect(screen.queryByText('column size')).toBeNull());
    await hands.click(screen.getByRole('button', { name: 'column links' }));
    await saveAs(hands, 'Apart');
    expect(readLayout((await api.views.list({}))[0]?.layout).columns).toEqual(['name']);
    expect(seatLayout('team').columns).toEqual(['name', 'size', 'links']);
    expect(await screen.findByText(/columns of all other lists of teams stay as they were/)).toBeTruthy();
    await choose(hands, 'All teams');
    await screen.findByText('column links');
  });

  it('leaves the list the columns that an import brought since', async () => {
    const { hands } = await open();
    act(() => applyLayout('team', { columns: ['name', 'size', 'links'] }));
    await hands.click(await screen.findByRole('button', { name: 'column size' }));
    await waitFor(() => expect(screen.queryByText('column size')).toBeNull());
    const imported = { columns: ['name', 'links'], brought: ['own:Stage'] };
    act(() => applyLayout('team', imported));
    act(() => adjustList({ filters: [big] }));
    await saveAs(hands, 'After');
    expect(seatLayout('team')).toEqual(imported);
    // What is arranged after it was brought is taken along alone.
    await choose(hands, 'All teams');
    await hands.click(await screen.findByRole('button', { name: 'column links' }));
    await waitFor(() => expect(screen.queryByText('column links')).toBeNull());
    await saveAs(hands, 'Narrow');
    expect(seatLayout('team')).toEqual(imported);
  });

  it('that cannot be read is told of, and nothing breaks', async () => {
    const { hands } = await open();
    await api.views.create({
      name: 'From later',
      address: 'frames://live/galaxies?x=1',
      layout: { columns: 3 },
    });
    await hands.click(await screen.findByRole('button', { name: 'From later' }));
    await screen.findByText('“From later” cannot be shown');
    expect(here().view).toEqual(listOf('team'));
  });

  it('is not for viewers to save, and not for editors to change when another made it', async () => {
    const { hands } = await open();
    await saveAs(hands, 'Shared');
    const viewer = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    const editor = await api.workspace.createProfile({ name: 'Ed', role: 'editor' });
    for (const [profile, reason, items] of [
      [viewer.id, 'Viewers cannot save views.', ['Save view…', 'Rename “Shared”…']],
      [
        editor.id,
        /Made by .*: they, researchers and admins may change it/,
        ['Rename “Shared”…', 'Delete “Shared”'],
      ],
    ] as const) {
      await api.workspace.actAs({ profile });
      await queries.invalidateQueries();
      await hands.click(title());
      await waitFor(() => expect(screen.getAllByText(reason).length).toBeGreaterThan(0));
      for (const item of items)
        expect(
          screen.getByRole('menuitem', { name: new RegExp(`^${item}`) }).getAttribute('aria-disabled'),
        ).toBe('true');
      await hands.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
    }
  });
});
