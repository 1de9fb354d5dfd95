import { i18n } from '../i18n/setup.ts';
import type { IconType } from '../ui/icons.ts';

/** In German windows people type English words of programs too: they are always looked through. */
const everywhere = 'en';

/** Other words that a command may be looked for by: its own and those of the catalogue, in the person's language and in English. */
export function keywordsOf({ id, keywords = '' }: Pick<Command, 'id' | 'keywords'>): string {
  const languages = new Set([i18n.language, everywhere]);
  const found = [...languages].map((language): unknown => i18n.getResource(language, 'keywords', id));
  return [keywords, ...found].filter((words) => typeof words === 'string').join(' ');
}

export type CommandGroup = 'file' | 'edit' | 'record' | 'view' | 'go' | 'data' | 'help';

/** Something that can be done, wherever it is shown: palette, native menu, button, context menu, key. */
export interface Command {
  /** Stable, dotted: `edit.undo`. */
  id: string;
  group: CommandGroup;
  label: string;
  /** The same where it stands without its group around it, as in the palette: "Go to Teams". */
  spoken?: string;
  /** Other words that it is looked for by, beside those of the catalogue (`keywords:` and its id). */
  keywords?: string;
  /** Keys as `mod+shift+Z`; `mod` is Ctrl, on a Mac ⌘. */
  shortcut?: string | undefined;
  /** Other keys that do the same and are not shown. */
  also?: readonly string[];
  /** The key is listened to where it applies (a grid); here it is only shown. */
  local?: boolean;
  /** The key also works while somebody types into a field. */
  everywhere?: boolean;
  /** False greys it; a command that makes no sense at all is not registered. */
  enabled?: boolean;
  why?: string | undefined;
  checked?: boolean;
  under?: string;
  palette?: boolean;
  menu?: boolean;
  icon?: IconType | undefined;
  run: () => unknown;
}

/** Whether a command can be done, for one that may be refused: `why` says why whoever acts may not, as far as it is `possible` at all. */
export function unlessRefused(
  why: string | null | undefined,
  possible = true,
): Required<Pick<Command, 'enabled'>> & Pick<Command, 'why'> {
  const refused = why ?? null;
  return possible && refused !== null ? { enabled: false, why: refused } : { enabled: possible };
}

/** Makes commands of one group whose ids begin alike; `shared` is true of all of them. */
export const commandsOf =
  (group: CommandGroup, prefix: string, shared: Partial<Command> = {}) =>
  (id: string, label: string, rest: Omit<Command, 'id' | 'group' | 'label'>): Command => ({
    ...shared,
    id: `${prefix}.${id}`,
    group,
    label,
    ...rest,
  });
