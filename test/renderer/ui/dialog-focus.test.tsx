import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { CommandHost, runFromMenu } from '#renderer/commands/CommandHost.tsx';
import { registerCommands } from '#renderer/commands/registry.ts';
import { openDialog } from '#renderer/ui/dialog.tsx';
import { modals } from '@mantine/modals';
import { draw } from '../support/draw.tsx';

const done: string[] = [];

/** A dialog over a page; what it asks cannot be answered yet. */
async function open() {
  done.length = 0;
  const command = (id: string, shortcut: string) => ({
    id,
    group: 'edit' as const,
    label: id,
    shortcut,
    run: () => done.push(id),
  });
  onTestFinished(registerCommands([command('edit.undo', 'mod+Z'), command('record.delete', 'ctrl+Delete')]));
  const { hands } = draw(
    <>
      <CommandHost />
      <button type="button">Behind</button>
    </>,
  );
  openDialog({ title: 'Sure?' }, (close) => (
    <>
      <p>It is not known yet.</p>
      <button type="button" onClick={close}>
        No
      </button>
      <button type="button" disabled data-autofocus>
        Yes
      </button>
    </>
  ));
  const dialog = await screen.findByRole('dialog', { name: 'Sure?' });
  return { hands, dialog };
}

afterEach(() => modals.closeAll());

describe('a dialog in front', () => {
  it('has the focus, also if its focus target is disabled, and Tab stays inside', async () => {
    const { hands, dialog } = await open();
    const isInside = () => dialog.contains(document.activeElement);
    await waitFor(() => expect(document.querySelector('.dialog-content')).toBe(document.activeElement));
    for (let at = 0; at < 4; at += 1) {
      await hands.tab();
      expect(isInside()).toBe(true);
    }
    (document.activeElement as HTMLElement).blur();
    await hands.tab();
    expect(isInside()).toBe(true);
  });

  it('blocks commands of the window, by key and by menu', async () => {
    const { hands, dialog } = await open();
    await hands.keyboard('{Control>}z{/Control}{Control>}{Delete}{/Control}');
    runFromMenu('record.delete', false);
    runFromMenu('edit.undo', true);
    expect(done).toEqual([]);
    await hands.click(screen.getByRole('button', { name: 'No' }));
    await waitFor(() => expect(dialog.isConnected).toBe(false));
    await hands.keyboard('{Control>}z{/Control}');
    runFromMenu('record.delete', false);
    expect(done).toEqual(['edit.undo', 'record.delete']);
  });
});
