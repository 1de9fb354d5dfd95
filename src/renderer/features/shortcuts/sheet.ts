import type { Command, CommandGroup } from '../../commands/command.ts';
import { shown } from '../../commands/keys.ts';
import { inOrder } from '../../commands/order.ts';
import { localKeys } from '../../commands/local-keys.ts';
import { say } from '../../i18n/setup.ts';

export interface SheetLine {
  label: string;
  /** Shortcuts that all do it, as a person reads them: `Ctrl Shift Z`. */
  keys: readonly string[];
}

export interface SheetPart {
  id: string;
  title: string;
  lines: readonly SheetLine[];
}

const order: readonly CommandGroup[] = ['file', 'edit', 'view', 'go', 'record', 'data', 'help'];

/** Commands that stand in the sheet in one line, or with the keys of the part they belong to. */
const elsewhere = (id: string): boolean => /^(tab\.nth|list\.|record\.)/.test(id);

function partsOfCommands(commands: readonly Command[]): SheetPart[] {
  const ordered = inOrder(commands);
  return order.flatMap((group) => {
    const lines = ordered
      .filter((command) => command.group === group && !command.local && !elsewhere(command.id))
      .flatMap(({ id, label, shortcut, also = [] }): SheetLine[] => {
        if (shortcut === undefined) return [];
        // What would be undone next is no part of what the key is for.
        const name = id === 'edit.undo' || id === 'edit.redo' ? say(`commands:${id}`) : label;
        return [{ label: name, keys: [shortcut, ...also].map(shown) }];
      });
    return lines.length === 0 ? [] : [{ id: group, title: say(`shortcuts:commands.${group}`), lines }];
  });
}

const fits = (text: string, typed: string): boolean => text.toLowerCase().includes(typed);

/** All shortcuts, part by part, of which name or keys have what was typed in them. */
export function sheetOf(commands: readonly Command[], typed: string): readonly SheetPart[] {
  const text = typed.trim().toLowerCase();
  const local = localKeys.map((make): SheetPart => {
    const { id, title, keys } = make();
    return { id, title, lines: keys.map((one) => ({ label: one.label, keys: one.keys.map(shown) })) };
  });
  return [...partsOfCommands(commands), ...local].flatMap((part) => {
    const lines = part.lines.filter(
      ({ label, keys }) => fits(`${part.title} ${label}`, text) || keys.some((key) => fits(key, text)),
    );
    return lines.length === 0 ? [] : [{ ...part, lines }];
  });
}
