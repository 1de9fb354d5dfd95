import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { CommandHost, runFromMenu } from '#renderer/commands/CommandHost.tsx';
import { register } from '#renderer/commands/registry.ts';
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
  onTestFinished(register([command('edit.undo', 'mod+Z'), command('record.delete', 'ctrl+Delete')]));
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
  it('has the focus, also where what should have it cannot be used yet, and Tab stays in it', async () => {
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

  it('keeps commands of the window waiting, by key and by menu', async () => {
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

/** A dialog that reads something before it asks to type; `Act` lets it go on. */
function openLate(): () => void {
  const read = Promise.withResolvers<null>();
  function Late() {
    const [here, setHere] = useState(false);
    useEffect(() => void read.promise.then(() => setHere(true)), []);
    return (
      <>
        {here && <input aria-label="Name" data-autofocus />}
        <button type="button">No</button>
      </>
    );
  }
  draw(<p>Behind</p>);
  openDialog({ title: 'Sure?' }, () => <Late />);
  return () => act(() => read.resolve(null));
}

const rested = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 50));

describe('a field that comes when something was read', () => {
  it('has the focus then, which nothing else of the dialog had before', async () => {
    const goOn = openLate();
    await screen.findByRole('dialog', { name: 'Sure?' });
    await rested();
    expect(document.activeElement?.className).toBe('dialog-content');
    goOn();
    const field = await screen.findByLabelText('Name');
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  it('leaves it to who moved it meanwhile', async () => {
    const goOn = openLate();
    const hands = userEvent.setup();
    const no = await screen.findByRole('button', { name: 'No' });
    await rested();
    await hands.tab();
    expect(document.activeElement).toBe(no);
    goOn();
    await screen.findByLabelText('Name');
    await rested();
    expect(document.activeElement).toBe(no);
  });
});
