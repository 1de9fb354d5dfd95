import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '#renderer/commands/command.ts';
import { sortForMenu } from '#renderer/commands/menu.ts';

const command = (id: string, group: Command['group'] = 'edit'): Command => ({
  id,
  group,
  label: id,
  run: () => undefined,
});
const ids = (commands: readonly Command[]): string[] => commands.map(({ id }) => id);

describe('the order of commands', () => {
  it('is the usual one of a menu, whenever they came', () => {
    const edit = ['edit.undo', 'edit.redo', 'edit.steps', 'edit.copyLink'];
    fc.assert(
      fc.property(fc.shuffledSubarray(edit, { minLength: 4 }), (came) => {
        expect(ids(sortForMenu(came.map((id) => command(id))))).toEqual(edit);
      }),
    );
  });

  it('is stable, complete, and puts unknown ids last', () => {
    expect(ids(sortForMenu(['x.odd', 'list.b', 'list.a', 'edit.undo'].map((id) => command(id))))).toEqual([
      'edit.undo',
      'list.b',
      'list.a',
      'x.odd',
    ]);
  });
});
