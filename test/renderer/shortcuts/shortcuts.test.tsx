import { describe, expect, it } from 'vitest';
import { localKeys } from '#renderer/commands/local-keys.ts';
import { shortcutSections } from '#renderer/features/shortcuts/ShortcutsView.tsx';

const commands = [
  { id: 'tab.new', group: 'file', label: 'New tab', shortcut: 'mod+T', run: () => {} },
  { id: 'edit.undo', group: 'edit', label: 'Undo: Deleted Thermal', shortcut: 'mod+Z', run: () => {} },
  {
    id: 'help.shortcuts',
    group: 'help',
    label: 'Keyboard shortcuts',
    shortcut: 'F1',
    moreShortcuts: ['mod+/'],
    run: () => {},
  },
  { id: 'view.dark', group: 'view', label: 'Dark theme', run: () => {} },
] as const;

describe('the sheet of shortcuts', () => {
  it('lists every command with a shortcut by purpose, and the keys of each part', () => {
    const parts = shortcutSections(commands, '');
    const lines = parts.flatMap((part) => part.lines);
    expect(lines).toContainEqual({ label: 'New tab', keys: ['Ctrl T'] });
    expect(lines).toContainEqual({ label: 'Undo', keys: ['Ctrl Z'] });
    expect(lines).toContainEqual({ label: 'Keyboard shortcuts', keys: ['F1', 'Ctrl /'] });
    expect(lines.some(({ label }) => label === 'Dark theme')).toBe(false);
    for (const make of localKeys) expect(parts.map(({ id }) => id)).toContain(make().id);
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  });

  it('finds by name, by part and by key', () => {
    expect(shortcutSections(commands, 'new TAB').flatMap(({ lines }) => lines)).toContainEqual({
      label: 'New tab',
      keys: ['Ctrl T'],
    });
    expect(shortcutSections(commands, 'ctrl t')[0]?.lines).toEqual([{ label: 'New tab', keys: ['Ctrl T'] }]);
    expect(shortcutSections(commands, 'no such thing')).toEqual([]);
  });
});
