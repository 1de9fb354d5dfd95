import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { applyLayout, seatLayout } from '#renderer/stores/list-layout.ts';
import { currentLayout } from '#renderer/features/views/layout.ts';
import { adjustList } from '#renderer/stores/address.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { layOut } from '../support/layout.ts';
import { big, choose, open, saveAs, savedId, title } from './view-hands.tsx';

beforeEach(() => layOut());

describe('a saved view', () => {
  it('that is missing is reported', async () => {
    const { hands } = await open();
    act(() => adjustList({ filters: [big] }));
    await saveAs(hands, 'Big teams');
    await act(() => api.views.remove({ id: savedId() }));
    expect((await screen.findByText('View not found')).title).not.toBe('');
  });

  it('is offered beside the filters when there is one to save, and again when changed', async () => {
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

  it('is shown in its own layout; the seat’s stays', async () => {
    const { hands } = await open();
    act(() => applyLayout('team', { columns: ['name', 'size'] }));
    await saveAs(hands, 'Narrow');
    act(() => applyLayout('team', { columns: ['name', 'discipline'] }));
    await waitFor(() => expect(screen.queryByText('column discipline')).toBeNull());
    await hands.click(screen.getByRole('button', { name: 'column size' }));
    await waitFor(() => expect(screen.queryByText('column size')).toBeNull());
    expect(seatLayout('team').columns).toEqual(['name', 'discipline']);
    expect(currentLayout('team', savedId()).columns).toEqual(['name']);
    await choose(hands, 'All teams');
    await screen.findByText('column discipline');
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
        /Made by .*; only they, researchers and admins can change it/,
        ['Rename “Shared”…', 'Delete “Shared”'],
      ],
    ] as const) {
      await api.workspace.actAs({ profile });
      await queryClient.invalidateQueries();
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
