import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { run } from '#renderer/commands/registry.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { adjustList, go, here, showPanel } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';
import { freshGrid } from '../../support/grid.ts';
import { layOut } from '../../support/layout.ts';

/** The list has that width, in px. */
function roomOf(width: number): void {
  class Sized implements ResizeObserver {
    readonly #tell: ResizeObserverCallback;
    constructor(tell: ResizeObserverCallback) {
      this.#tell = tell;
    }
    observe(target: Element): void {
      const contentRect = { x: 0, y: 0, top: 0, left: 0, bottom: 500, right: width, width, height: 500 };
      this.#tell([{ target, contentRect } as unknown as ResizeObserverEntry], this);
    }
    unobserve(): void {}
    disconnect(): void {}
  }
  const before = globalThis.ResizeObserver;
  vi.stubGlobal('ResizeObserver', Sized);
  onTestFinished(() => void vi.stubGlobal('ResizeObserver', before));
}

async function open() {
  await serveCore();
  for (const name of ['Avionics', 'Thermal']) await api.entities.create({ type: 'team', data: { name } });
  go(listOf('team'));
  const drawn = draw(<ListView />);
  await screen.findByText('Thermal');
  return drawn;
}

const buttons = (): string[] =>
  [...document.querySelectorAll('.list-toolbar button')].map((one) => one.textContent.trim());

beforeEach(() => {
  freshGrid();
  layOut();
  useSeat.setState({ items: {} });
});

describe('the toolbar of a list', () => {
  it('has everything in one line where there is room', async () => {
    roomOf(1100);
    await open();
    await waitFor(() => expect(document.querySelector('.list-toolbar[data-known]')).toBeTruthy());
    for (const word of ['Filter', 'Group', 'Columns', 'Deleted', 'Network', 'Export', 'New team'])
      expect(buttons()).toContain(word);
    expect(document.querySelector('.list-toolbar')?.getAttribute('data-lines')).toBe('1');
    expect(screen.queryByRole('button', { name: 'More tools' })).toBeNull();
  });

  it('keeps what is seldom needed behind the dots where there is less, each with its word', async () => {
    roomOf(724);
    const { hands } = await open();
    await hands.click(await screen.findByRole('button', { name: 'More tools' }));
    for (const word of ['Group', 'Columns', 'New team']) expect(buttons()).toContain(word);
    const menu = await screen.findByRole('menu');
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map((item) => item.textContent),
    ).toEqual(['Show deleted', 'Show in network', 'Export list…']);
    await hands.click(within(menu).getByRole('menuitem', { name: 'Show deleted' }));
    expect(here().view).toMatchObject({ deleted: 'only' });
    // The way back is in sight.
    await waitFor(() => expect(screen.getByRole('button', { name: 'Show deleted' })).toBeTruthy());
  });
});

describe('a saved view that is changed', () => {
  const lines = () => document.querySelector('.list-toolbar[data-known]')?.getAttribute('data-lines');

  it.each([640, 724, 820, 900, 960, 1040, 1104, 1200])('moves no row, in %i px', async (width) => {
    roomOf(width);
    await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Avionics' } });
    await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    const { view } = await api.views.create({ name: 'All our teams', address: 'frames://live/teams' });
    go({ ...listOf('team'), saved: view.id });
    draw(<ListView />);
    await screen.findByRole('button', { name: /^All our teams/ });
    await waitFor(() => expect(lines()).toBeTruthy());
    const before = lines();
    act(() => adjustList({ sort: [{ field: 'name', direction: 'desc' }] }));
    await screen.findByText('(changed, not saved)');
    expect(lines()).toBe(before);
  });
});

describe('the keys of search and filter while what is selected has the room', () => {
  const narrowing = () => document.querySelector<HTMLElement>('.list-narrowing');
  const bar = () => screen.queryByText('2 selected', { selector: 'output' });

  async function selected() {
    roomOf(724);
    const { hands } = await open();
    act(() => screen.getByRole('grid').focus());
    await hands.keyboard('{Shift>}{ArrowDown}{/Shift}');
    await waitFor(() => expect(bar()).toBeTruthy());
    expect(narrowing()?.hidden).toBe(true);
    return hands;
  }

  it('lead to the search, and back with the selection', async () => {
    const hands = await selected();
    act(() => void run('list.search'));
    expect(narrowing()?.hidden).toBe(false);
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
    expect(bar()).toBeNull();
    // What stands beside it is used without that the toolbar changes under the pointer.
    act(() => screen.getByRole('button', { name: 'Columns' }).focus());
    expect(narrowing()?.hidden).toBe(false);
    act(() => screen.getByRole('searchbox').focus());
    await hands.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    expect(bar()).toBeTruthy();
    expect(narrowing()?.hidden).toBe(true);
  });

  it('give the selection its place again when the focus goes on to the panel', async () => {
    await selected();
    act(() => showPanel({ kind: 'new' }));
    const panel = await screen.findByRole('complementary');
    // The form takes the focus as soon as it is there.
    const first = await waitFor(() => {
      const found = within(panel).getAllByRole('textbox')[0];
      expect(document.activeElement).toBe(found);
      return found;
    });
    act(() => void run('list.search'));
    expect(bar()).toBeNull();
    act(() => first?.focus());
    expect(bar()).toBeTruthy();
    expect(narrowing()?.hidden).toBe(true);
  });

  it('search, which selects anew', async () => {
    const hands = await selected();
    act(() => void run('list.search'));
    await hands.keyboard('therm');
    await waitFor(() => expect(screen.queryByText('Avionics')).toBeNull());
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
    expect(bar()).toBeNull();
  });

  it('lead to the fields of a filter, and back', async () => {
    const hands = await selected();
    act(() => void run('list.filter'));
    expect(narrowing()?.hidden).toBe(false);
    const menu = await screen.findByRole('dialog');
    expect(within(menu).getByRole('button', { name: 'Size' })).toBeTruthy();
    await hands.keyboard('{Escape}');
    await waitFor(() => expect(bar()).toBeTruthy());
  });
});

describe('deleted records', () => {
  it('are restored one by one by name, or those that are ticked', async () => {
    const { hands } = await open();
    for (const { id } of (await api.entities.list({ type: 'team' })).rows)
      await api.entities.remove({ type: 'team', id });
    adjustList({ deleted: 'only' });
    const restore = await screen.findByRole('button', { name: 'Restore Avionics' });
    screen.getByRole('grid').focus();
    await hands.keyboard('{ArrowDown}');
    await waitFor(() => expect(restore.textContent).toBe('Restore Thermal'));
    await hands.keyboard('{Shift>}{ArrowUp}{/Shift}');
    expect(screen.getByText('2 selected', { selector: 'output' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Restore' }));
    await waitFor(async () => expect((await api.entities.counts({})).teams).toBe(2));
  });
});
