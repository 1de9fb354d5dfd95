import { screen, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { shown } from '#renderer/commands/keys.ts';
import { localKeys } from '#renderer/commands/local-keys.ts';
import { register } from '#renderer/commands/registry.ts';
import { sheetOf } from '#renderer/features/shortcuts/ShortcutsView.tsx';
import ShortcutsView from '#renderer/features/shortcuts/ShortcutsView.tsx';
import { draw } from '../support/draw.tsx';

const commands = [
  { id: 'tab.new', group: 'file', label: 'New tab', shortcut: 'mod+T', run: () => {} },
  { id: 'edit.undo', group: 'edit', label: 'Undo: Deleted Thermal', shortcut: 'mod+Z', run: () => {} },
  {
    id: 'help.shortcuts',
    group: 'help',
    label: 'Keyboard shortcuts',
    shortcut: 'F1',
    also: ['mod+/'],
    run: () => {},
  },
  { id: 'view.dark', group: 'view', label: 'Dark theme', run: () => {} },
] as const;

describe('the sheet of shortcuts', () => {
  it('has every command with a shortcut, by what it is for, and the keys of each part', () => {
    const parts = sheetOf(commands, '');
    const lines = parts.flatMap((part) => part.lines);
    expect(lines).toContainEqual({ label: 'New tab', keys: ['Ctrl T'] });
    expect(lines).toContainEqual({ label: 'Undo', keys: ['Ctrl Z'] });
    expect(lines).toContainEqual({ label: 'Keyboard shortcuts', keys: ['F1', 'Ctrl /'] });
    expect(lines.some(({ label }) => label === 'Dark theme')).toBe(false);
    for (const make of localKeys) expect(parts.map(({ id }) => id)).toContain(make().id);
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  });

  it('finds by name, by part and by key', () => {
    expect(sheetOf(commands, 'new TAB').flatMap(({ lines }) => lines)).toContainEqual({
      label: 'New tab',
      keys: ['Ctrl T'],
    });
    expect(sheetOf(commands, 'ctrl t')[0]?.lines).toEqual([{ label: 'New tab', keys: ['Ctrl T'] }]);
    expect(sheetOf(commands, 'no such thing')).toEqual([]);
  });

  it('writes keys as people read them', () => {
    expect(shown('mod+Plus')).toBe('Ctrl +');
    expect(shown('ctrl+shift+Tab')).toBe('Ctrl Shift Tab');
    expect(shown('mod+ArrowUp')).toBe('Ctrl Up');
  });

  it('is searched and printed', async () => {
    onTestFinished(register(commands));
    const print = vi.fn();
    vi.stubGlobal('print', print);
    onTestFinished(() => void vi.unstubAllGlobals());
    const { hands } = draw(<ShortcutsView />);
    const files = screen.getByRole('region', { name: 'File' });
    expect(within(files).getByText('New tab')).toBeTruthy();
    await hands.type(screen.getByRole('searchbox', { name: 'Find a shortcut' }), 'fill');
    expect(screen.queryByText('New tab')).toBeNull();
    expect(screen.getByText('Fill down')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Print…' }));
    expect(print).toHaveBeenCalledOnce();
  });
});
