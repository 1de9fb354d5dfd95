import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { closePalette, openPalette, usePalette } from '#renderer/commands/palette-state.ts';
import { register } from '#renderer/commands/registry.ts';
import SearchBox from '#renderer/features/search/SearchBox.tsx';
import { go, here } from '#renderer/stores/address.ts';
import { recordIn } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => go({ kind: 'home' }));

async function open() {
  await serveCore();
  let ran = 0;
  onTestFinished(
    register([
      { id: 'view.dark', group: 'view', label: 'Dark theme', shortcut: 'mod+shift+D', run: () => (ran += 1) },
      { id: 'off', group: 'view', label: 'Darker still', enabled: false, run: () => (ran += 10) },
    ]),
  );
  const team = (await api.entities.create({ type: 'team', data: { name: 'Dark matter' } })).record;
  const drawn = draw(<SearchBox />);
  act(openPalette);
  onTestFinished(() => act(closePalette));
  const box = await screen.findByPlaceholderText('Search, or run a command');
  return { ...drawn, box, team, ran: () => ran };
}

describe('the palette', () => {
  it('finds records by name and commands by word, with their shortcut', async () => {
    const { hands, box } = await open();
    await hands.type(box, 'dark');
    expect(await screen.findByText('Dark matter')).toBeTruthy();
    expect(screen.getByText('Dark theme')).toBeTruthy();
    expect(screen.getByText('Ctrl Shift D')).toBeTruthy();
    expect(screen.queryByText('Darker still')).toBeNull();
  });

  it('says why, last of all, of what whoever acts may not do', async () => {
    const { hands, box, ran } = await open();
    const refused = {
      id: 'no',
      group: 'view',
      label: 'Dark room',
      enabled: false,
      why: 'Not for you.',
    } as const;
    onTestFinished(register([{ ...refused, run: () => {} }]));
    expect(screen.queryByText('Dark room')).toBeNull();
    await hands.type(box, 'dark');
    const option = (await screen.findByText('Dark room')).closest('[role=option]');
    expect(option?.getAttribute('aria-disabled')).toBe('true');
    expect(option?.textContent).toContain('Not for you.');
    expect(screen.getAllByRole('option').at(-1)).toBe(option);
    await hands.click(option as HTMLElement);
    expect(await screen.findByText('Not possible: Dark room')).toBeTruthy();
    expect(ran()).toBe(0);
  });

  it('says of what has a key only here, in this list, which one it is', async () => {
    const { hands, box } = await open();
    const fresh = { group: 'record', label: 'New beacon', run: () => {} } as const;
    onTestFinished(
      register([
        { ...fresh, id: 'new.beacon' },
        { ...fresh, id: 'record.new', shortcut: 'mod+N', palette: false },
      ]),
    );
    await hands.type(box, 'beacon');
    const option = await screen.findByRole('option', { name: /New beacon/ });
    expect(screen.getAllByRole('option')).toEqual([option]);
    expect(option.textContent).toContain('Ctrl N');
  });

  it('Enter does what stands on top', async () => {
    const { hands, box, ran } = await open();
    await hands.type(box, 'dark theme');
    await waitFor(() =>
      expect(document.querySelector('[data-selected]')?.textContent).toContain('Dark theme'),
    );
    await hands.keyboard('{Enter}');
    await waitFor(() => expect(ran()).toBe(1));
  });

  it('Enter counts at once, also while what was typed is still being looked for', async () => {
    const { hands, box, team } = await open();
    await hands.type(box, 'matter{Enter}');
    await waitFor(() => expect(here().view).toEqual(recordIn('team', team.id)));
  });

  it('typing on takes a hasty Enter back', async () => {
    const { hands, box } = await open();
    await hands.type(box, 'matte{Enter}rx');
    expect(await screen.findByText(/^Nothing found for “matterx”/)).toBeTruthy();
    expect(here().view).toEqual({ kind: 'home' });
  });

  it('finds commands by other words for them, below those that are called so', async () => {
    const { hands, box } = await open();
    await hands.type(box, 'night');
    expect(await screen.findByText('Dark theme')).toBeTruthy();
    await hands.clear(box);
    await hands.type(box, 'black mode');
    expect(await screen.findByText('Dark theme')).toBeTruthy();
    onTestFinished(
      register([{ id: 'night', group: 'view', label: 'Night shift', keywords: 'late', run: () => {} }]),
    );
    await hands.clear(box);
    await hands.type(box, 'night');
    const shown = await screen.findAllByText(/^(Night shift|Dark theme)$/);
    expect(shown.map(({ textContent }) => textContent)).toEqual(['Night shift', 'Dark theme']);
    await hands.clear(box);
    await hands.type(box, 'late');
    expect(await screen.findByText('Night shift')).toBeTruthy();
  });

  it('a record is opened beside its list', async () => {
    const { hands, box, team } = await open();
    await hands.type(box, 'matter');
    await hands.click(await screen.findByText('Dark matter'));
    expect(here().view).toEqual(recordIn('team', team.id));
  });

  it('says when nothing is found', async () => {
    const { hands, box } = await open();
    await hands.type(box, 'xyzzy');
    expect(await screen.findByText(/^Nothing found for “xyzzy”/)).toBeTruthy();
  });
});

describe('keys that come before the palette is there', () => {
  /** Opens the palette as in the window's first moments: its code comes only after what was typed. */
  async function early(keys: string) {
    await serveCore();
    const ran: string[] = [];
    const command = {
      id: 'view.dark',
      group: 'view',
      label: 'Dark theme',
      run: () => ran.push('dark'),
    } as const;
    onTestFinished(register([command]));
    const { hands } = draw(<input aria-label="In front" />);
    const front = screen.getByRole<HTMLInputElement>('textbox', { name: 'In front' });
    front.focus();
    act(openPalette);
    onTestFinished(() => act(closePalette));
    await hands.keyboard(keys);
    expect(front.value).toBe('');
    draw(<SearchBox />);
    const box = await screen.findByRole<HTMLInputElement>('combobox');
    return { hands, box, ran, front };
  }

  it('are found in it, and typing goes on there', async () => {
    const { hands, box } = await early('darj{Backspace}');
    expect(box.value).toBe('dar');
    await hands.keyboard('k th');
    expect(box.value).toBe('dark th');
  });

  it('Enter counts too', async () => {
    const { ran } = await early('dark theme{Enter}');
    await waitFor(() => expect(ran).toEqual(['dark']));
  });

  it('Esc closes it before it is there, and reaches nothing else', async () => {
    await serveCore();
    const heard: string[] = [];
    const { hands } = draw(<input aria-label="In front" onKeyDown={({ key }) => heard.push(key)} />);
    const front = screen.getByRole<HTMLInputElement>('textbox', { name: 'In front' });
    front.focus();
    act(openPalette);
    onTestFinished(() => act(closePalette));
    await hands.keyboard('dark{Escape}');
    expect(heard).toEqual([]);
    expect(usePalette.getState().opened).toBe(false);
    await hands.keyboard('x');
    expect(front.value).toBe('x');
  });

  it('once it is closed they go where they always go', async () => {
    const { hands, front } = await early('dark');
    await hands.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
    await hands.type(front, 'x');
    expect(front.value).toBe('x');
  });
});
