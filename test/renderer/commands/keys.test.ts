import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import type { Command } from '#renderer/commands/command.ts';
import {
  acceleratorOf,
  commandFor,
  isTyping,
  matchesShortcut,
  shortcutText,
} from '#renderer/commands/keys.ts';
import { registerCommands, runCommand, useRegistry } from '#renderer/commands/registry.ts';

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  target: document.body as EventTarget,
  ...modifiers,
});

const command = (part: Partial<Command>): Command => ({
  id: 'edit.undo',
  group: 'edit',
  label: 'Undo',
  run: () => undefined,
  ...part,
});

describe('shortcuts', () => {
  it('match their keys and no other modifier', () => {
    expect(matchesShortcut('mod+Z', press('z', { ctrlKey: true }))).toBe(true);
    expect(matchesShortcut('mod+Z', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matchesShortcut('mod+shift+Z', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matchesShortcut('F2', press('F2'))).toBe(true);
    expect(matchesShortcut('mod+Z', press('z', { ctrlKey: true, metaKey: true }))).toBe(false);
  });

  it('are written for people and for Electron', () => {
    expect(shortcutText('mod+shift+Z')).toBe('Ctrl Shift Z');
    expect(shortcutText('Delete')).toBe('Del');
    expect(acceleratorOf('mod+shift+Z')).toBe('CmdOrCtrl+Shift+Z');
    expect(acceleratorOf('alt+ArrowLeft')).toBe('Alt+Left');
  });

  it('belong to the field while typing, unless they work everywhere', () => {
    const field = document.createElement('input');
    const tick = Object.assign(document.createElement('input'), { type: 'checkbox' });
    expect(isTyping(field)).toBe(true);
    expect(isTyping(tick)).toBe(false);
    const undo = command({ shortcut: 'mod+Z' });
    const palette = command({ id: 'view.palette', shortcut: 'mod+K', everywhere: true });
    const local = command({ id: 'record.delete', shortcut: 'Delete', local: true });
    const all = [undo, palette, local];
    expect(commandFor(all, press('z', { ctrlKey: true }))).toBe(undo);
    expect(commandFor(all, { ...press('z', { ctrlKey: true }), target: field })).toBeUndefined();
    expect(commandFor(all, { ...press('k', { ctrlKey: true }), target: field })).toBe(palette);
    expect(commandFor(all, press('Delete'))).toBeUndefined();
  });
});

describe('the registry', () => {
  it('holds current commands, replaces by id, and unregisters', () => {
    const before = useRegistry.getState().commands.length;
    const dropFirst = registerCommands([command({ label: 'Undo' })]);
    const dropSecond = registerCommands([command({ label: 'Undo: Deleted Thermal' })]);
    expect(useRegistry.getState().commands.map(({ label }) => label)).toContain('Undo: Deleted Thermal');
    dropFirst();
    expect(useRegistry.getState().commands.length).toBe(before + 1);
    dropSecond();
    expect(useRegistry.getState().commands.length).toBe(before);
  });

  it('runs enabled commands only', () => {
    let ran = 0;
    const drop = registerCommands([
      command({ id: 'a', run: () => (ran += 1) }),
      command({ id: 'b', enabled: false, run: () => (ran += 10) }),
    ]);
    expect([runCommand('a'), runCommand('b'), runCommand('c')]).toEqual([true, false, false]);
    expect(ran).toBe(1);
    drop();
  });
});
