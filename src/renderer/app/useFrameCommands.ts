import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconArrowRight,
  IconDeviceDesktop,
  IconLayoutSidebar,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { unlessRefused } from '../commands/command.ts';
import type { Command } from '../commands/command.ts';
import { openPalette } from '../commands/palette-state.ts';
import { useCommands } from '../commands/registry.ts';
import { back, forward, go, useTrail, visit } from '../stores/address.ts';
import { whyNotNew } from '../features/records/data/mayChange.ts';
import { useMe, useReadOnly } from '../stores/profile.ts';
import { chooseTheme, keep, useSeat } from '../stores/seat.ts';
import { stepBack } from '../stores/undo.ts';
import { describeTransaction } from '../text/audit.ts';
import { places } from '../ui/navigation.ts';
import { nextQuery } from '../stores/own-steps.ts';

/** Whether the rail is shown is kept for this seat. */
export const railKey = 'rail.hidden';

/** Undo and redo, named after what they would undo. */
function useStepCommands(): readonly Command[] {
  const { t } = useTranslation(['commands', 'frame']);
  const { data } = useQuery(nextQuery);
  const why = useReadOnly();
  return useMemo(() => {
    const name = (direction: 'undo' | 'redo'): string => {
      const step = data?.[direction];
      if (!step) return t(`commands:edit.${direction}`);
      return t(`commands:edit.${direction}Named`, { what: describeTransaction(step.label, step.params) });
    };
    const step = (direction: 'undo' | 'redo', shortcut: string, icon: Command['icon']): Command => ({
      id: `edit.${direction}`,
      group: 'edit',
      label: name(direction),
      shortcut,
      icon,
      ...unlessRefused(why, Boolean(data?.[direction])),
      run: () => stepBack(direction),
    });
    return [step('undo', 'mod+Z', IconArrowBackUp), step('redo', 'mod+shift+Z', IconArrowForwardUp)];
  }, [data, why, t]);
}

function useViewCommands(): readonly Command[] {
  const { t } = useTranslation('commands');
  const theme = useSeat((seat) => seat.theme);
  const railHidden = useSeat((seat) => seat.items[railKey] === true);
  return useMemo(() => {
    const themes = [
      { id: 'view.light', label: t('view.light'), choice: 'light', icon: IconSun },
      { id: 'view.dark', label: t('view.dark'), choice: 'dark', icon: IconMoon },
      { id: 'view.auto', label: t('view.auto'), choice: 'system', icon: IconDeviceDesktop },
    ] as const;
    return [
      {
        id: 'view.palette',
        group: 'view',
        label: t('view.palette'),
        shortcut: 'mod+K',
        everywhere: true,
        palette: false,
        icon: IconSearch,
        run: openPalette,
      },
      {
        id: 'view.sidebar',
        group: 'view',
        label: t('view.sidebar'),
        shortcut: 'mod+B',
        everywhere: true,
        icon: IconLayoutSidebar,
        run: () => keep(railKey, railHidden ? null : true),
      },
      ...themes.map(({ id, label, choice, icon }): Command => ({
        id,
        group: 'view',
        label,
        icon,
        checked: theme === choice,
        run: () => chooseTheme(choice),
      })),
    ];
  }, [t, theme, railHidden]);
}

function usePlaceCommands(): readonly Command[] {
  const { t } = useTranslation('commands');
  const { at, count } = useTrailEnds();
  return useMemo(
    () => [
      ...places().flatMap((section) =>
        section.places.map((place): Command => ({
          id: `go.${place.id}`,
          group: 'go',
          label: place.label,
          spoken: t('go.named', { place: place.label }),
          icon: place.icon,
          run: () => visit(place.view),
        })),
      ),
      {
        id: 'go.back',
        group: 'go',
        label: t('go.back'),
        shortcut: 'alt+ArrowLeft',
        icon: IconArrowLeft,
        enabled: at > 0,
        run: back,
      },
      {
        id: 'go.forward',
        group: 'go',
        label: t('go.forward'),
        shortcut: 'alt+ArrowRight',
        icon: IconArrowRight,
        enabled: at < count - 1,
        run: forward,
      },
    ],
    [t, at, count],
  );
}

/** A new record of each kind, from wherever one is. */
function useNewCommands(): readonly Command[] {
  const { t } = useTranslation('grid');
  const me = useMe();
  return useMemo(
    () =>
      entityTypes.map((type): Command => ({
        id: `new.${type}`,
        group: 'record',
        label: t(`new.${type}`),
        icon: IconPlus,
        menu: false,
        ...unlessRefused(whyNotNew(me, type)),
        run: () => go({ ...listOf(type), panel: { kind: 'new' } }),
      })),
    [t, me],
  );
}

function useTrailEnds(): { at: number; count: number } {
  const at = useTrail((trail) => trail.at);
  const count = useTrail((trail) => trail.places.length);
  return { at, count };
}

/** The commands that are always there. */
export function useFrameCommands(): void {
  useCommands(useStepCommands());
  useCommands(useViewCommands());
  useCommands(usePlaceCommands());
  useCommands(useNewCommands());
}
