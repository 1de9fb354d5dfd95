import {
  IconInfoCircle,
  IconKeyboard,
  IconLanguage,
  IconLineHeight,
  IconSettings,
  IconZoomIn,
  IconZoomOut,
  IconZoomReset,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { zoomLimits } from '#shared/shell/seat-limits.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { languages } from '../i18n/languages.ts';
import { showOnce } from '../stores/address.ts';
import { prefer, usePreferred, zoomBy } from '../stores/preferences.ts';
import { chooseLanguage, chooseZoom, useSeat } from '../stores/seat.ts';
import { focusComing } from '../ui/focus.ts';

/** How large and how dense everything is drawn. */
function useSizeCommands(): readonly Command[] {
  const { t } = useTranslation('commands');
  const zoom = useSeat((seat) => seat.zoom);
  const compact = usePreferred('density') === 'compact';
  return useMemo(
    (): Command[] => [
      {
        id: 'view.density',
        group: 'view',
        label: t('view.density'),
        checked: compact,
        icon: IconLineHeight,
        run: () => prefer('density', compact ? 'comfortable' : 'compact'),
      },
      {
        id: 'view.larger',
        group: 'view',
        label: t('view.larger'),
        shortcut: 'mod+Plus',
        everywhere: true,
        enabled: zoom < zoomLimits.most,
        icon: IconZoomIn,
        run: () => zoomBy(1),
      },
      {
        id: 'view.smaller',
        group: 'view',
        label: t('view.smaller'),
        shortcut: 'mod+Minus',
        everywhere: true,
        enabled: zoom > zoomLimits.least,
        icon: IconZoomOut,
        run: () => zoomBy(-1),
      },
      {
        id: 'view.usualSize',
        group: 'view',
        label: t('view.usualSize'),
        shortcut: 'mod+0',
        everywhere: true,
        enabled: zoom !== zoomLimits.usual,
        icon: IconZoomReset,
        run: () => chooseZoom(zoomLimits.usual),
      },
    ],
    [t, zoom, compact],
  );
}

/** Shows the sheet of keys, where one types at once which is looked for. */
function showShortcuts(): void {
  const { activeElement } = document;
  showOnce({ kind: 'shortcuts' });
  setTimeout(() => focusComing(activeElement instanceof HTMLElement ? activeElement : null));
}

/** Views about the program itself. */
function useProgramCommands(): readonly Command[] {
  const { t } = useTranslation('commands');
  return useMemo(
    (): Command[] => [
      {
        id: 'file.preferences',
        group: 'file',
        label: t('view.preferences'),
        shortcut: 'mod+,',
        everywhere: true,
        icon: IconSettings,
        run: () => showOnce({ kind: 'preferences' }),
      },
      {
        id: 'help.shortcuts',
        group: 'help',
        label: t('view.shortcuts'),
        shortcut: 'F1',
        also: ['mod+/'],
        everywhere: true,
        icon: IconKeyboard,
        run: showShortcuts,
      },
      {
        id: 'help.about',
        group: 'help',
        label: t('view.about'),
        icon: IconInfoCircle,
        run: () => showOnce({ kind: 'about' }),
      },
    ],
    [t],
  );
}

/** A command for each language, to be found by its name in another: whoever needs it may not read the present one. */
function useLanguageCommands(): readonly Command[] {
  const { t, i18n } = useTranslation('commands');
  const { language } = i18n;
  return useMemo(
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

/** Size, density, language, preferences, shortcuts, about. */
export function useSettingCommands(): void {
  useCommands(useLanguageCommands());
  useCommands(useSizeCommands());
  useCommands(useProgramCommands());
}
