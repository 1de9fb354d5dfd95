import { useTexts } from '../../i18n/setup.ts';
import { flushSeat } from '../../stores/seat.ts';
import {
  closeTabIn,
  closeOtherTabs,
  cycleTabs,
  duplicateTab,
  joinPanes,
  moveToOtherPane,
  pinTab,
  reopenTabIn,
  showTabAt,
  splitPane,
} from '../../stores/tabs/changes.ts';
import { changeLayout, useTabs, frontTab } from '../../stores/tabs/store.ts';
import {
  IconAppWindow,
  IconArrowsExchange,
  IconColumns2,
  IconCopyPlus,
  IconLayoutColumns,
  IconPin,
  IconPinnedOff,
  IconPlus,
  IconRestore,
  IconX,
  IconXboxX,
} from '@tabler/icons-react';
import type { Command } from '../../commands/command.ts';
import { commandFactory } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { currentAddress, openTab } from '../../stores/address.ts';
import { openWindow } from '../../stores/start-address.ts';
import { focusedPane, tabAt } from '../../stores/tabs/layout.ts';
import { focusView } from '../../ui/focus.ts';

const viewCommand = commandFactory('view', 'tab');
const fileCommand = commandFactory('file', 'tab');

export const tabShortcuts = {
  new: 'mod+T',
  close: 'mod+W',
  reopen: 'mod+shift+T',
  next: 'ctrl+Tab',
  previous: 'ctrl+shift+Tab',
  split: 'mod+\\',
  moveAcross: 'mod+shift+\\',
  otherPane: 'F6',
} as const;

export function closeTab(id: string): void {
  const { panes } = useTabs.getState();
  if (panes.length === 1 && panes[0]?.tabs.length === 1)
    // Flushed first, because a closing window does not wait.
    void flushSeat().finally(() => window.close());
  else changeLayout((layout) => closeTabIn(layout, id));
}

function focusOtherPane(): void {
  changeLayout(splitPane);
  setTimeout(focusView);
}

function useOpenCommands(): void {
  const { t } = useTexts('tabs');
  const canReopen = useTabs(({ closed }) => closed.length > 0);
  const hasOthers = useTabs((layout) => focusedPane(layout).tabs.length > 1);
  useCommands(
    () => [
      fileCommand('new', t('new'), {
        shortcut: tabShortcuts.new,
        everywhere: true,
        icon: IconPlus,
        run: () => openTab({ kind: 'home' }),
      }),
      {
        id: 'window.new',
        group: 'file',
        label: t('newWindow'),
        shortcut: 'mod+shift+N',
        everywhere: true,
        icon: IconAppWindow,
        // Flushed first, because the new window reads the seat.
        run: () => flushSeat().then(() => openWindow(currentAddress())),
      },
      fileCommand('close', t('close'), {
        shortcut: tabShortcuts.close,
        everywhere: true,
        icon: IconX,
        run: () => closeTab(frontTab()),
      }),
      viewCommand('closeOthers', t('closeOthers'), {
        enabled: hasOthers,
        icon: IconXboxX,
        run: () => changeLayout((layout) => closeOtherTabs(layout, frontTab())),
      }),
      fileCommand('reopen', t('reopen'), {
        shortcut: tabShortcuts.reopen,
        everywhere: true,
        enabled: canReopen,
        icon: IconRestore,
        run: () => changeLayout(reopenTabIn),
      }),
    ],
    [t, canReopen, hasOthers],
  );
}

function useArrangeCommands(): void {
  const { t } = useTexts('tabs');
  const isSplit = useTabs(({ panes }) => panes.length > 1);
  const hasOthers = useTabs((layout) => focusedPane(layout).tabs.length > 1);
  const isPinned = useTabs((layout) => tabAt(layout).pinned);
  useCommands(
    () => [
      viewCommand('duplicate', t('duplicate'), {
        icon: IconCopyPlus,
        run: () => changeLayout((layout) => duplicateTab(layout, frontTab())),
      }),
      viewCommand('pin', t(isPinned ? 'unpin' : 'pin'), {
        icon: isPinned ? IconPinnedOff : IconPin,
        run: () => changeLayout((layout) => pinTab(layout, frontTab(), !isPinned)),
      }),
      viewCommand('split', t('split'), {
        shortcut: tabShortcuts.split,
        everywhere: true,
        enabled: !isSplit,
        icon: IconColumns2,
        run: () => changeLayout(splitPane),
      }),
      viewCommand('join', t('join'), {
        enabled: isSplit,
        icon: IconLayoutColumns,
        run: () => changeLayout(joinPanes),
      }),
      viewCommand('moveAcross', t('moveAcross'), {
        shortcut: tabShortcuts.moveAcross,
        everywhere: true,
        enabled: isSplit || hasOthers,
        icon: IconArrowsExchange,
        run: () => changeLayout((layout) => moveToOtherPane(layout, frontTab())),
      }),
    ],
    [t, isSplit, hasOthers, isPinned],
  );
}

/** The index of key 9, which shows the last tab however many there are. */
const lastTabIndex = 8;

function useGoCommands(): void {
  const { t } = useTexts('tabs');
  const isSplit = useTabs(({ panes }) => panes.length > 1);
  const count = useTabs((layout) => focusedPane(layout).tabs.length);
  useCommands(() => {
    const base = { group: 'go', everywhere: true } as const;
    const nthTabCommand = (index: number): Command => ({
      ...base,
      id: `tab.nth${index + 1}`,
      label: index === lastTabIndex ? t('last') : t('nth', { number: index + 1 }),
      shortcut: `mod+${index + 1}`,
      palette: false,
      menu: false,
      enabled: index === lastTabIndex || index < count,
      run: () => changeLayout((layout) => showTabAt(layout, index === lastTabIndex ? Infinity : index)),
    });
    return [
      {
        ...base,
        id: 'tab.next',
        label: t('next'),
        shortcut: tabShortcuts.next,
        enabled: count > 1,
        run: () => changeLayout((layout) => cycleTabs(layout, 1)),
      },
      {
        ...base,
        id: 'tab.previous',
        label: t('previous'),
        shortcut: tabShortcuts.previous,
        enabled: count > 1,
        run: () => changeLayout((layout) => cycleTabs(layout, -1)),
      },
      {
        ...base,
        id: 'tab.otherPane',
        label: t('otherPane'),
        shortcut: tabShortcuts.otherPane,
        enabled: isSplit,
        run: focusOtherPane,
      },
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map(nthTabCommand),
    ];
  }, [t, isSplit, count]);
}

export function useTabCommands(): void {
  useOpenCommands();
  useArrangeCommands();
  useGoCommands();
}
