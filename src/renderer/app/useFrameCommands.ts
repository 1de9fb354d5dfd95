import {
  IconAffiliate,
  IconChartBar,
  IconInfoCircle,
  IconKeyboard,
  IconLanguage,
  IconLineHeight,
  IconSettings,
  IconZoomIn,
  IconZoomOut,
  IconZoomReset,
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
import { zoomLimits } from '#shared/shell/seat-defaults.ts';
import { useLanguage, useTexts } from '../i18n/setup.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { languages } from '../i18n/languages.ts';
import { showOnce, goBack, goForward, navigate, useTrail, openView } from '../stores/address.ts';
import { setPreference, usePreference, zoomBy } from '../stores/preferences.ts';
import { chooseLanguage, chooseZoom, useSeat, chooseTheme, setSeatItem } from '../stores/seat.ts';
import { focusViewWhenReady } from '../ui/focus.ts';
import { useQuery } from '@tanstack/react-query';
import { dashboardOf, listOf } from '#shared/address/view.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { commandFactory, enabledUnless } from '../commands/command.ts';
import { openPalette } from '../commands/palette-state.ts';
import { useIsServerAdmin } from '../features/sync/state.ts';
import { creationRefusal } from '../features/records/data/permissions.ts';
import { useMe, useReadOnlyReason } from '../stores/profile.ts';
import { takeStep } from '../stores/undo.ts';
import { describeTransaction } from '../text/audit.ts';
import { commentList, insightLists, railSections } from '../ui/navigation.ts';
import { newName } from '../text/names.ts';
import { nextStepsQuery } from '../stores/next-steps.ts';

const helpCommand = commandFactory('help', 'help');
const goCommand = commandFactory('go', 'go');
const viewCommand = commandFactory('view', 'view');

function useSizeCommands(): void {
  const { t } = useTexts('commands');
  const zoom = useSeat((seat) => seat.zoom);
  const isCompact = usePreference('density') === 'compact';
  useCommands(
    () => [
      viewCommand('density', t('view.density'), {
        checked: isCompact,
        icon: IconLineHeight,
        run: () => setPreference('density', isCompact ? 'comfortable' : 'compact'),
      }),
      viewCommand('larger', t('view.larger'), {
        shortcut: 'mod+Plus',
        everywhere: true,
        enabled: zoom < zoomLimits.max,
        icon: IconZoomIn,
        run: () => zoomBy(1),
      }),
      viewCommand('smaller', t('view.smaller'), {
        shortcut: 'mod+Minus',
        everywhere: true,
        enabled: zoom > zoomLimits.min,
        icon: IconZoomOut,
        run: () => zoomBy(-1),
      }),
      viewCommand('usualSize', t('view.usualSize'), {
        shortcut: 'mod+0',
        everywhere: true,
        enabled: zoom !== zoomLimits.initial,
        icon: IconZoomReset,
        run: () => chooseZoom(zoomLimits.initial),
      }),
    ],
    [t, zoom, isCompact],
  );
}

function showShortcuts(): void {
  const { activeElement } = document;
  showOnce({ kind: 'shortcuts' });
  setTimeout(() => focusViewWhenReady(activeElement instanceof HTMLElement ? activeElement : null));
}

function useProgramCommands(): void {
  const { t } = useTexts('commands');
  useCommands(
    () => [
      {
        id: 'file.preferences',
        group: 'file',
        label: t('view.preferences'),
        shortcut: 'mod+,',
        everywhere: true,
        icon: IconSettings,
        run: () => showOnce({ kind: 'preferences' }),
      },
      helpCommand('shortcuts', t('view.shortcuts'), {
        shortcut: 'F1',
        moreShortcuts: ['mod+/'],
        everywhere: true,
        icon: IconKeyboard,
        run: showShortcuts,
      }),
      helpCommand('about', t('view.about'), { icon: IconInfoCircle, run: () => showOnce({ kind: 'about' }) }),
    ],
    [t],
  );
}

/** A command for each language, in that language, for people who cannot read the current one. */
function useLanguageCommands(): void {
  const { t } = useTexts('commands');
  const language = useLanguage();
  useCommands(
    () =>
      Object.entries(languages).map(([code, { name }]): Command => ({
        id: `view.language.${code}`,
        group: 'view',
        label: t('view.language', { name }),
        menu: false,
        enabled: code !== language,
        icon: IconLanguage,
        run: () => chooseLanguage(code),
      })),
    [t, language],
  );
}

export function useSettingCommands(): void {
  useLanguageCommands();
  useSizeCommands();
  useProgramCommands();
}

/** The seat's setting that hides the rail. */
export const railKey = 'rail.hidden';

function useStepCommands(): void {
  const { t } = useTexts('commands');
  const { data } = useQuery(nextStepsQuery);
  const readOnlyReason = useReadOnlyReason();
  useCommands(() => {
    const stepLabel = (direction: 'undo' | 'redo'): string => {
      const step = data?.[direction];
      if (!step) return t(`common:${direction}`);
      return t(`commands:edit.${direction}Named`, { what: describeTransaction(step.label, step.params) });
    };
    const stepCommand = (direction: 'undo' | 'redo', shortcut: string, icon: Command['icon']): Command => ({
      id: `edit.${direction}`,
      group: 'edit',
      label: stepLabel(direction),
      shortcut,
      icon,
      ...enabledUnless(readOnlyReason, Boolean(data?.[direction])),
      run: () => takeStep(direction),
    });
    return [
      stepCommand('undo', 'mod+Z', IconArrowBackUp),
      stepCommand('redo', 'mod+shift+Z', IconArrowForwardUp),
    ];
  }, [data, readOnlyReason, t]);
}

function useViewCommands(): void {
  const { t } = useTexts('commands');
  const theme = useSeat((seat) => seat.theme);
  const isRailHidden = useSeat((seat) => seat.items[railKey] === true);
  useCommands(() => {
    const themes = [
      { id: 'view.light', label: t('view.light'), choice: 'light', icon: IconSun },
      { id: 'view.dark', label: t('view.dark'), choice: 'dark', icon: IconMoon },
      { id: 'view.auto', label: t('view.auto'), choice: 'system', icon: IconDeviceDesktop },
    ] as const;
    return [
      viewCommand('palette', t('view.palette'), {
        shortcut: 'mod+K',
        everywhere: true,
        palette: false,
        icon: IconSearch,
        run: openPalette,
      }),
      viewCommand('sidebar', t('view.sidebar'), {
        shortcut: 'mod+B',
        everywhere: true,
        icon: IconLayoutSidebar,
        run: () => setSeatItem(railKey, isRailHidden ? null : true),
      }),
      ...themes.map(({ id, label, choice, icon }): Command => ({
        id,
        group: 'view',
        label,
        icon,
        checked: theme === choice,
        run: () => chooseTheme(choice),
      })),
    ];
  }, [t, theme, isRailHidden]);
}

function useNavigateCommands(): void {
  const { t } = useTexts('commands');
  const { index, count } = useTrailPosition();
  const isAdmin = useIsServerAdmin();
  useCommands(
    () => [
      ...[
        ...railSections().flatMap((section) =>
          section.destinations.filter(({ isServerAdminOnly }) => !isServerAdminOnly || isAdmin),
        ),
        ...insightLists(),
        commentList(),
      ].map((destination): Command => ({
        id: `go.${destination.id}`,
        group: 'go',
        label: destination.label,
        fullLabel: t('go.named', { place: destination.label }),
        icon: destination.icon,
        run: () => openView(destination.view),
      })),
      goCommand('dashboard', t('view.dashboard'), { icon: IconChartBar, run: () => openView(dashboardOf()) }),
      goCommand('structure', t('view.structure'), {
        icon: IconAffiliate,
        run: () => openView({ kind: 'structure' }),
      }),
      {
        id: 'data.restore',
        group: 'data',
        label: t('data.restore'),
        run: () => openView({ kind: 'versions' }),
      },
      goCommand('back', t('go.back'), {
        shortcut: 'alt+ArrowLeft',
        icon: IconArrowLeft,
        enabled: index > 0,
        run: goBack,
      }),
      goCommand('forward', t('go.forward'), {
        shortcut: 'alt+ArrowRight',
        icon: IconArrowRight,
        enabled: index < count - 1,
        run: goForward,
      }),
    ],
    [t, index, count, isAdmin],
  );
}

function useNewCommands(): void {
  const me = useMe();
  useCommands(
    () =>
      entityTypes.map((type): Command => ({
        id: `new.${type}`,
        group: 'record',
        label: newName(type),
        icon: IconPlus,
        menu: false,
        ...enabledUnless(creationRefusal(me, type)),
        run: () => navigate({ ...listOf(type), panel: { kind: 'new' } }),
      })),
    [me],
  );
}

function useTrailPosition(): { index: number; count: number } {
  const index = useTrail((trail) => trail.index);
  const count = useTrail((trail) => trail.entries.length);
  return { index, count };
}

export function useFrameCommands(): void {
  useStepCommands();
  useViewCommands();
  useNavigateCommands();
  useNewCommands();
}
