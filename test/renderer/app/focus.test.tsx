import { act, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import Palette from '#renderer/features/search/Palette.tsx';
import { restoreLostFocus } from '#renderer/ui/focus.ts';
import { useFrameCommands } from '#renderer/app/useFrameCommands.ts';
import { ViewHost } from '#renderer/app/tabs/Panes.tsx';
import { openPalette } from '#renderer/commands/palette-state.ts';
import { navigate, currentAddress, showPanel } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { historyOf, listOf } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

function Frame() {
  useFrameCommands();
  return (
    <>
      <ViewHost />
      <button type="button">Outside</button>
      <Palette />
    </>
  );
}

async function open(view: (id: string) => View) {
  await serveCore();
  const ids: string[] = [];
  for (const name of ['Avionics', 'Comms', 'Thermal']) {
    ids.push((await api.entities.create({ type: 'team', data: { name, size: 4 } })).record.id);
  }
  act(() => navigate(view(ids[0] ?? '')));
  onTestFinished(watchChanges(queryClient));
  onTestFinished(restoreLostFocus());
  return { ids, ...draw(<Frame />) };
}

/** A button and what floats beside it, as popovers and menus name each other. */
function Floating({ opened, there }: { opened: boolean; there: boolean }) {
  return (
    <>
      <button type="button" id="opener" aria-expanded={opened}>
        Open
      </button>
      {there && (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as popovers are drawn
        <div role="dialog" aria-labelledby="opener">
          <input aria-label="Within" />
        </div>
      )}
    </>
  );
}

const grid = () => screen.findByRole('grid');
const focused = async () => {
  const rows = await grid();
  await waitFor(() => expect(document.activeElement).toBe(rows));
};

beforeEach(() => {
  layOut();
  useSeat.setState({ items: {} });
  navigate({ kind: 'home' });
});

describe('the focus', () => {
  it('is on the rows after the palette has led to a list', async () => {
    const { hands } = await open(() => historyOf());
    await screen.findByRole('heading', { name: 'History' });
    // What had the focus before the palette is still there, and would get it back.
    act(() => screen.getByRole('button', { name: 'Outside' }).focus());
    act(openPalette);
    const box = await screen.findByPlaceholderText('Search or run a command');
    await waitFor(() => expect(document.activeElement).toBe(box));
    await hands.type(box, 'go teams');
    await waitFor(() => expect(document.querySelector('[data-selected]')?.textContent).toContain('Teams'));
    await hands.keyboard('{Enter}');
    await focused();
    await screen.findByRole('gridcell', { name: 'Comms' });
    await hands.keyboard('{ArrowDown}');
    expect((await grid()).getAttribute('aria-activedescendant')).toMatch(/cell-1-/);
  });

  it('stays in the panel after Create, so that Esc closes it', async () => {
    const { hands } = await open(() => listOf('team'));
    await grid();
    act(() => showPanel({ kind: 'new' }));
    await hands.type(await screen.findByRole('textbox', { name: 'Name' }), 'Mmm');
    await hands.click(screen.getByRole('button', { name: 'Create team' }));
    await waitFor(() => expect(currentAddress().view).toMatchObject({ panel: { kind: 'record' } }));
    await waitFor(() => expect(document.activeElement?.hasAttribute('data-record-panel')).toBe(true));
    await hands.keyboard('{Escape}');
    expect(currentAddress().view).toMatchObject({ panel: null });
    await focused();
  });

  it('returns to the button when its popover closes with the focus inside', async () => {
    onTestFinished(restoreLostFocus());
    const { rerender } = render(<Floating opened there />);
    const input = screen.getByRole('textbox', { name: 'Within' });
    act(() => input.focus());
    expect(document.activeElement).toBe(input);
    rerender(<Floating opened={false} there={false} />);
    const button = screen.getByRole('button', { name: 'Open' });
    await waitFor(() => expect(document.activeElement).toBe(button));
  });
});
