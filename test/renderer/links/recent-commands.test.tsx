import { act } from '@testing-library/react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { menuModel } from '#shared/shell/menu.ts';
import { menuOf } from '#renderer/commands/menu.ts';
import type { Command } from '#renderer/commands/command.ts';
import { register, useRegistry } from '#renderer/commands/registry.ts';

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  group: 'file',
  label: id,
  run: () => undefined,
  ...more,
});

describe('commands that stand under one label', () => {
  it('are a submenu of the native menu, where the first of them stood', () => {
    const model = menuOf([
      command('workspace.open'),
      command('workspace.recent.a', { under: 'Open recent' }),
      command('file.export'),
      command('workspace.recent.b', { under: 'Open recent' }),
    ]);
    const [file] = menuModel.parse(model).menus;
    expect(file?.items.slice(0, 3)).toMatchObject([
      { kind: 'command', id: 'workspace.open' },
      {
        kind: 'submenu',
        label: 'Open recent',
        items: [{ id: 'workspace.recent.a' }, { id: 'workspace.recent.b' }],
      },
      { kind: 'command', id: 'file.export' },
    ]);
  });

  it('are run like any other', () => {
    let ran = 0;
    act(() =>
      onTestFinished(register([command('recent.c', { under: 'Open recent', run: () => (ran += 1) })])),
    );
    const found = useRegistry.getState().commands.find(({ id }) => id === 'recent.c');
    void found?.run();
    expect(ran).toBe(1);
  });
});
