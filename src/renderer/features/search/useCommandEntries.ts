import { IconBookmark, IconBulb, IconChevronRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command, CommandGroup } from '../../commands/command.ts';
import { keywordsOf } from '../../commands/keywords.ts';
import { run, useRegistry } from '../../commands/registry.ts';
import { terms } from '../help/terms.ts';
import type { Entry } from './entry.ts';
import { fits } from './fits.ts';

/** What concerns the record in front comes first, then where to go; new records of every kind come last. */
const order: readonly CommandGroup[] = ['record', 'go', 'file', 'edit', 'view', 'data', 'help'];
const rank = ({ id, group }: Command): number =>
  id.startsWith('new.') ? order.length : order.indexOf(group);

/** Saved views offer themselves as commands; here they have a group of their own. */
const savedView = 'view.open.';

/** Its key; or that of what does the same here, and stands in the palette as this one only. */
function keyOf({ shortcut, label }: Command, all: readonly Command[]): string | undefined {
  const here = (): Command | undefined => all.find((one) => one.palette === false && one.label === label);
  return shortcut ?? here()?.shortcut;
}

/** It cannot be done now, and says why. */
const isRefused = ({ enabled, why }: Command): boolean => enabled === false && why !== undefined;

function entryOf(command: Command, aside: string | undefined, shortcut: string | undefined): Entry {
  const { id, label, spoken, icon = IconChevronRight } = command;
  return {
    id,
    label: spoken ?? label,
    icon,
    ...(aside === undefined ? {} : { aside }),
    ...(isRefused(command) ? { refused: true, more: command.why ?? '' } : {}),
    shortcut,
    run: () => run(id),
  };
}

/**
 * Commands that fit and can be run now, in their order; saved views apart. Who looks for one that is refused learns why: those come last.
 */
export function useCommandEntries(text: string): { commands: readonly Entry[]; views: readonly Entry[] } {
  const { t } = useTranslation('commands');
  const all = useRegistry((registry) => registry.commands);
  return useMemo(() => {
    const nameOf = ({ group, spoken, label }: Command): string => `${t(`group.${group}`)} ${spoken ?? label}`;
    const fitting = all
      .filter((one) => one.palette !== false && (one.enabled !== false || (text !== '' && isRefused(one))))
      .filter((command) => fits(`${nameOf(command)} ${keywordsOf(command)}`, text))
      // What is called so comes before what is only looked for by that word.
      .toSorted(
        (a, b) =>
          Number(isRefused(a)) - Number(isRefused(b)) ||
          Number(!fits(nameOf(a), text)) - Number(!fits(nameOf(b), text)) ||
          rank(a) - rank(b),
      );
    const isView = ({ id }: Command): boolean => id.startsWith(savedView);
    return {
      commands: fitting
        .filter((command) => !isView(command))
        .map((command) =>
          entryOf(
            command,
            command.group === 'go' ? undefined : t(`group.${command.group}`),
            keyOf(command, all),
          ),
        ),
      views: fitting.filter(isView).map((command) => ({
        ...entryOf(command, undefined, command.shortcut),
        label: command.label,
        icon: IconBookmark,
      })),
    };
  }, [all, t, text]);
}

/** Words that the help explains, when something was typed; each leads to the help. */
export function useTermEntries(text: string): readonly Entry[] {
  const { t } = useTranslation('help');
  return useMemo(() => {
    if (text === '') return [];
    return Object.values(terms)
      .flat()
      .filter((term) => fits(t(`term.${term}.word`), text))
      .map((term): Entry => ({
        id: `term.${term}`,
        label: t(`term.${term}.word`),
        more: t(`term.${term}.text`),
        icon: IconBulb,
        view: { kind: 'help' },
      }));
  }, [t, text]);
}
