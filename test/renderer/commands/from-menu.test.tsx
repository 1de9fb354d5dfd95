import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CommandHost } from '#renderer/commands/CommandHost.tsx';
import { runFromMenu } from '#renderer/commands/from-menu.ts';
import { register } from '#renderer/commands/registry.ts';
import { draw } from '../support/draw.tsx';

const done: string[] = [];

/** A text field, and commands as the list has them. */
function open() {
  const command = (id: string, shortcut: string, local: boolean) => ({
    id,
    group: 'record' as const,
    label: id,
    shortcut,
    local,
    run: () => done.push(id),
  });
  onTestFinished(
    register([command('record.delete', 'ctrl+Delete', true), command('record.editMany', 'ctrl+E', false)]),
  );
  const { hands } = draw(
    <>
      <CommandHost />
      <input aria-label="Name" defaultValue="Thermal" />
      <button type="button">Cancel</button>
    </>,
  );
  return hands;
}
const name = () => document.querySelector('input') as HTMLElement;
const press = '{Control>}{Delete}{/Control}';

beforeEach(() => {
  done.length = 0;
});

describe('a key that the native menu takes as well, as on macOS', () => {
  it('does nothing where the window has left it to a text field', async () => {
    const hands = open();
    await hands.click(name());
    await hands.keyboard(press);
    runFromMenu('record.delete', true);
    expect(done).toEqual([]);
    await hands.keyboard('{Control>}e{/Control}');
    runFromMenu('record.editMany', true);
    expect(done).toEqual([]);
  });

  it('does nothing either where it applies to nothing, as on a button of a dialog', async () => {
    const hands = open();
    document.querySelector('button')?.focus();
    await hands.keyboard(press);
    runFromMenu('record.delete', true);
    expect(done).toEqual([]);
  });

  it('keeps nobody from choosing the command, with the pointer or by walking through the menu', async () => {
    const hands = open();
    await hands.click(name());
    await hands.keyboard(press);
    runFromMenu('record.delete', false);
    expect(done).toEqual(['record.delete']);
    await hands.keyboard('x');
    runFromMenu('record.delete', true);
    expect(done).toEqual(['record.delete', 'record.delete']);
  });

  it('works once where the window has not heard it', () => {
    open();
    runFromMenu('record.editMany', true);
    expect(done).toEqual(['record.editMany']);
  });
});
