import { act, screen, waitFor, within } from '@testing-library/react';
import { modals } from '@mantine/modals';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { connection } from '#renderer/api/connection.ts';
import { ConnectionNotice } from '#renderer/app/ConnectionNotice.tsx';
import { CommandHost } from '#renderer/commands/CommandHost.tsx';
import { runFromMenu } from '#renderer/commands/from-menu.ts';
import { register } from '#renderer/commands/registry.ts';
import { isDialogOpen, openDialog } from '#renderer/ui/dialog.tsx';
import { draw } from '../support/draw.tsx';

const done: string[] = [];

function open() {
  done.length = 0;
  const command = (id: string) => ({ id, group: 'file' as const, label: id, run: () => done.push(id) });
  onTestFinished(register(['workspace.open', 'workspace.rename', 'record.delete'].map(command)));
  return draw(
    <>
      <CommandHost />
      <ConnectionNotice />
    </>,
  );
}

const ask = (title: string): void =>
  openDialog({ title }, (close) => (
    <>
      <input aria-label="Why" defaultValue="As agreed" data-autofocus />
      <button type="button" onClick={close}>
        Delete everything
      </button>
    </>
  ));
const dialog = (name: string) => screen.findByRole('dialog', { name, hidden: true });
const isReached = (element: Element): boolean => element.closest('[inert]') === null;

/** The recovery window comes. */
async function lose(): Promise<HTMLElement> {
  const refused = { code: 'INTERNAL' as const, data: { reason: 'crashed' }, message: 'It ended.' };
  act(() => connection.setState({ state: 'lost', failure: { reason: 'crashed', refused } }));
  return screen.findByRole('alertdialog');
}
const find = () => act(() => connection.setState({ state: 'ready', failure: null }));

afterEach(() => {
  find();
  act(() => modals.closeAll());
});

describe('the recovery window', () => {
  it('is all that can be reached where a dialog is open, which is there again at the end, as it was', async () => {
    const { hands } = open();
    act(() => ask('Behind'));
    const behind = await dialog('Behind');
    await hands.type(within(behind).getByRole('textbox'), ' in May');
    const front = await lose();
    await waitFor(() => expect(isReached(behind)).toBe(false));
    expect(isReached(front)).toBe(true);
    expect(front.contains(document.activeElement)).toBe(true);
    await hands.keyboard('{Escape}');
    expect(isDialogOpen()).toBe(true);
    find();
    await waitFor(() => expect(isReached(behind)).toBe(true));
    expect(within(behind).getByRole<HTMLInputElement>('textbox').value).toBe('As agreed in May');
    await waitFor(() => expect(behind.contains(document.activeElement)).toBe(true));
  });

  it('covers what floats when it comes, and neither notices nor what it opens itself', async () => {
    open();
    const portal = document.body.appendChild(document.createElement('div'));
    onTestFinished(() => portal.remove());
    portal.dataset['portal'] = 'true';
    portal.innerHTML = '<div role="menu"></div><div class="mantine-Notifications-root"></div>';
    const [menu, notices] = portal.children as unknown as [Element, Element];
    await lose();
    const list = portal.appendChild(document.createElement('div'));
    expect([menu, notices, list].map(isReached)).toEqual([false, true, true]);
    find();
    expect(isReached(menu)).toBe(true);
  });

  it('stays all that can be reached where a dialog comes after it', async () => {
    open();
    const front = await lose();
    act(() => ask('Late'));
    const late = await dialog('Late');
    await waitFor(() => expect(isReached(late)).toBe(false));
    expect(isReached(front)).toBe(true);
    find();
    await waitFor(() => expect(isReached(late)).toBe(true));
  });

  it('leaves the way to another workspace where a dialog is open, and no other', async () => {
    open();
    act(() => ask('Behind'));
    await dialog('Behind');
    await lose();
    for (const id of ['workspace.open', 'workspace.rename', 'record.delete']) runFromMenu(id, false);
    expect(done).toEqual(['workspace.open']);
  });
});
