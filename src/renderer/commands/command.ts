import { i18n } from '../i18n/setup.ts';
import type { IconType } from '../ui/icons.ts';

/** People in German windows also type English words, so the English keywords are always searched. */
const fallbackLanguage = 'en';

/** Search words of a command: its own and those of the catalogue, in the current language and in English. */
export function keywordsOf({ id, keywords = '' }: Pick<Command, 'id' | 'keywords'>): string {
  const languages = new Set([i18n.language, fallbackLanguage]);
  const keywordLists = [...languages].map((language): unknown => i18n.getResource(language, 'keywords', id));
  return [keywords, ...keywordLists].filter((words) => typeof words === 'string').join(' ');
}

export type CommandGroup = 'file' | 'edit' | 'record' | 'view' | 'go' | 'data' | 'help';

/** A command, wherever it is shown: palette, native menu, button, context menu, key. */
export interface Command {
  /** Stable, dotted: `edit.undo`. */
  id: string;
  group: CommandGroup;
  label: string;
  /** The label outside of its group, as in the palette: "Go to Teams". */
  fullLabel?: string;
  /** Search words in addition to those of the catalogue (`keywords:` and its id). */
  keywords?: string;
  /** Keys as `mod+shift+Z`; `mod` is Ctrl, on a Mac ⌘. */
  shortcut?: string | undefined;
  /** Further keys, not shown. */
  moreShortcuts?: readonly string[];
  /** True if a part of the window, such as a grid, handles the key; the command only shows it. */
  local?: boolean;
  /** The key also works in text fields. */
  everywhere?: boolean;
  /** False disables the command. Commands that do not apply at all are not registered. */
  enabled?: boolean;
  /** Why it is disabled, as a sentence. */
  why?: string | undefined;
  checked?: boolean;
  submenu?: string;
  /** False hides it in the palette. */
  palette?: boolean;
  /** False hides it in the native menu. */
  menu?: boolean;
  icon?: IconType | undefined;
  run: () => unknown;
}

/** The `enabled` and `why` of a command: a reason `why` disables it, if it is otherwise possible (`isPossible`). */
export function enabledUnless(
  why: string | null | undefined,
  isPossible = true,
): Required<Pick<Command, 'enabled'>> & Pick<Command, 'why'> {
  const reason = why ?? null;
  return isPossible && reason !== null ? { enabled: false, why: reason } : { enabled: isPossible };
}

/** Creates commands of one group with a common id prefix; `shared` applies to all. */
export const commandFactory =
  (group: CommandGroup, prefix: string, shared: Partial<Command> = {}) =>
  (id: string, label: string, rest: Omit<Command, 'id' | 'group' | 'label'>): Command => ({
    ...shared,
    id: `${prefix}.${id}`,
    group,
    label,
    ...rest,
  });
