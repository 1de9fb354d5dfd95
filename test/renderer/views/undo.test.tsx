import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { begin } from '#renderer/features/views/opened.ts';
import { adjustList, go, here } from '#renderer/stores/address.ts';
import { applyLayout, seatLayout } from '#renderer/stores/list-layout.ts';
import { frontTab } from '#renderer/stores/tabs/store.ts';
import { stepBack } from '#renderer/stores/undo.ts';
import { historyOf, listOf } from '#shared/address/view.ts';
import { layOut } from '../support/layout.ts';
import { big, choose, open, saveAs, savedId, title } from './view-hands.tsx';
import type { Hands } from './view-hands.tsx';

beforeEach(() => layOut());

describe('undo of what was done with a saved view', () => {
  describe.each(['Everybody in this workspace', 'Only me'])('seen by: %s', (who) => {
    async function save(hands: Hands, name: string): Promise<void> {
      await choose(hands, 'Save view…');
      await hands.click(await screen.findByRole('radio', { name: who }));
      await hands.type(screen.getByRole('textbox', { name: 'Name' }), `${name}{Enter}`);
      await waitFor(() => expect(title().textContent).toBe(name));
    }
    const shown = () => screen.getAllByRole('button', { name: /^column / }).map((one) => one.textContent);

    it('when saving it is undone, the list is as it was arranged before, and with redo the view again', async () => {
      const { hands } = await open();
      act(() => applyLayout('team', { columns: ['name', 'size', 'links'] }));
      act(() => adjustList({ filters: [big] }));
      await hands.click(await screen.findByRole('button', { name: 'column size' }));
      await waitFor(() => expect(shown()).toEqual(['column name', 'column links']));
      await save(hands, 'Apart');
      const id = savedId();
      expect(seatLayout('team').columns).toEqual(['name', 'size', 'links']);
      await act(() => stepBack('undo'));
      await waitFor(() => expect(title().textContent).toBe('All teams'));
      expect(here().view).toEqual({ ...listOf('team'), filters: [big] });
      expect(screen.queryByText('View deleted')).toBeNull();
      expect(shown()).toEqual(['column name', 'column links']);
      expect(seatLayout('team').columns).toEqual(['name', 'links']);
      await act(() => stepBack('redo'));
      await waitFor(() => expect(title().textContent).toBe('Apart'));
      expect(savedId()).toBe(id);
      expect(shown()).toEqual(['column name', 'column links']);
      expect(seatLayout('team').columns).toEqual(['name', 'size', 'links']);
      // And so it goes when it is saved again instead.
      await act(() => stepBack('undo'));
      await waitFor(() => expect(title().textContent).toBe('All teams'));
      await save(hands, 'Anew');
      expect(seatLayout('team').columns).toEqual(['name', 'size', 'links']);
      expect(shown()).toEqual(['column name', 'column links']);
    });

    it('what was arranged since is not overwritten by undo', async () => {
      const { hands } = await open();
      act(() => applyLayout('team', { columns: ['name', 'size', 'links'] }));
      await hands.click(await screen.findByRole('button', { name: 'column size' }));
      await save(hands, 'Apart');
      act(() => applyLayout('team', { columns: ['name'] }));
      await act(() => stepBack('undo'));
      await waitFor(() => expect(title().textContent).toBe('All teams'));
      expect(seatLayout('team').columns).toEqual(['name']);
    });

    it('when saving changes of it, or as another one, is undone, what was changed is there again', async () => {
      const { hands } = await open();
      await save(hands, 'Mine');
      const id = savedId();
      const first = shown();
      await hands.click(screen.getByRole('button', { name: 'column links' }));
      await screen.findByText('(changed, not saved)');
      const less = shown();
      expect(less).not.toEqual(first);
      await choose(hands, 'Save changes to “Mine”');
      await waitFor(() => expect(screen.queryByText('(changed, not saved)')).toBeNull());
      await act(() => stepBack('undo'));
      await screen.findByText('(changed, not saved)');
      expect(shown()).toEqual(less);
      await save(hands, 'Other');
      await act(() => stepBack('undo'));
      await waitFor(() => expect(title().textContent).toContain('Mine'));
      expect(savedId()).toBe(id);
      expect(shown()).toEqual(less);
      await choose(hands, 'Discard changes');
      await waitFor(() => expect(shown()).toEqual(first));
    });
  });

  it('of the history is none again when saving it is undone', async () => {
    const { hands } = await open();
    act(() => {
      go(historyOf({ action: 'delete' }));
      // Of the tests before.
      begin(frontTab(), 'history', '');
    });
    await saveAs(hands, 'What went');
    await act(() => stepBack('undo'));
    await waitFor(() => expect(title().textContent).toBe('All teams'));
    expect(screen.queryByText('View deleted')).toBeNull();
    await act(() => stepBack('redo'));
    await waitFor(() => expect(title().textContent).toBe('What went'));
  });
});
