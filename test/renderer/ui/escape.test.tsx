import { Menu, Popover } from '@mantine/core';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { create } from 'zustand';
import { FloatingPanel } from '#renderer/ui/FloatingPanel.tsx';
import { forwardEscape } from '#renderer/ui/escape.ts';
import { draw } from '../support/draw.tsx';

/** Opened by a key, not by its button, so that the focus is elsewhere when it comes. */
const useOpened = create<{ opened: boolean }>()(() => ({ opened: false }));
const setOpened = (opened: boolean): void => useOpened.setState({ opened });

function Plain() {
  const { opened } = useOpened();
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" aria-haspopup="dialog" aria-expanded={opened}>
          Opener
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Floats">
        <button type="button">Within</button>
      </Popover.Dropdown>
    </Popover>
  );
}

function Own() {
  const { opened } = useOpened();
  return (
    <FloatingPanel
      opened={opened}
      onChange={setOpened}
      position="bottom"
      width={200}
      renderButton={(button) => (
        <button {...button} type="button" aria-expanded={opened}>
          Opener
        </button>
      )}
      dropdown={{ 'aria-label': 'Floats' }}
    >
      <button type="button">Within</button>
    </FloatingPanel>
  );
}

function press(element: Element): boolean {
  const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  act(() => void element.dispatchEvent(event));
  return event.defaultPrevented;
}

describe('Esc', () => {
  it.each([
    ['a popover', Plain],
    ['what floats beside its button', Own],
  ])('closes %s also before it has the focus', async (_, Shown) => {
    onTestFinished(forwardEscape());
    draw(
      <>
        <Shown />
        <button type="button">Outside</button>
        <input aria-label="Field" />
      </>,
    );
    const outside = screen.getByRole('button', { name: 'Outside' });
    act(() => outside.focus());
    act(() => setOpened(true));
    await screen.findByRole('dialog');
    act(() => outside.focus());
    // A field hears its own Esc.
    expect(press(screen.getByRole('textbox', { name: 'Field' }))).toBe(false);
    expect(screen.getByRole('button', { name: 'Opener' }).getAttribute('aria-expanded')).toBe('true');
    expect(press(outside)).toBe(true);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByRole('button', { name: 'Opener' }).getAttribute('aria-expanded')).toBe('false');
    // Where nothing floats it is the window's.
    expect(press(outside)).toBe(false);
  });

  it('closes a popover also while its button has the focus', async () => {
    onTestFinished(forwardEscape());
    draw(<Plain />);
    act(() => setOpened(true));
    await screen.findByRole('dialog');
    const opener = screen.getByRole('button', { name: 'Opener' });
    act(() => opener.focus());
    expect(press(opener)).toBe(true);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('closes a context menu that did not get the focus', async () => {
    onTestFinished(forwardEscape());
    draw(
      <>
        <Menu>
          <Menu.ContextMenu>
            <div>Ground</div>
          </Menu.ContextMenu>
          <Menu.Dropdown>
            <Menu.Item disabled>Not yet</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <button type="button">Outside</button>
      </>,
    );
    fireEvent.contextMenu(screen.getByText('Ground'));
    await screen.findByRole('menu');
    const outside = screen.getByRole('button', { name: 'Outside' });
    act(() => outside.focus());
    expect(press(outside)).toBe(true);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    expect(press(outside)).toBe(false);
  });
});
