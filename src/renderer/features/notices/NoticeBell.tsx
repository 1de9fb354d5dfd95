import { ActionIcon, Indicator, Popover, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { shortcutText } from '../../commands/keys.ts';
import { useCommands } from '../../commands/registry.ts';
import { setNoticeListOpen, useNotices } from '../../stores/notices.ts';
import { loadProgram } from '../../stores/program.ts';
import { hidePopups } from '../../ui/notices.tsx';
import styles from './notices.module.css';

const NoticeList = lazy(() => import('./NoticeList.tsx'));

const shortcut = 'mod+alt+N';

/** The bell in the status bar: the number of unseen notices, and on click the list. */
export default function NoticeBell() {
  const { t } = useTexts('notices');
  const opened = useNotices((state) => state.opened);
  const unseenCount = useNotices(({ list }) => list.filter(({ needsAttention }) => needsAttention).length);
  // The list adds the version of the program to copied error details.
  useEffect(() => void loadProgram(), []);
  useEffect(() => {
    if (opened) hidePopups();
  }, [opened]);
  useCommands(
    () => [
      {
        id: 'view.notices',
        group: 'view',
        label: t('bell'),
        shortcut,
        everywhere: true,
        icon: IconBell,
        run: () => setNoticeListOpen(!useNotices.getState().opened),
      },
    ],
    [t],
  );
  const label = unseenCount > 0 ? t('bellUnread', { count: unseenCount }) : t('bell');
  return (
    <Popover
      opened={opened}
      onChange={setNoticeListOpen}
      position="top-end"
      width={400}
      trapFocus
      returnFocus
      withinPortal
      // Fixed to the window, so that it does not enlarge the page while the window shrinks.
      floatingStrategy="fixed"
    >
      {/* The tooltip is outside of the target: inside, it would swallow the ARIA attributes that the target gives the button. */}
      <Tooltip label={`${label} (${shortcutText(shortcut)})`} disabled={opened}>
        <Popover.Target>
          <ActionIcon
            size={22}
            className={styles.bell}
            aria-label={label}
            onClick={() => setNoticeListOpen(!opened)}
          >
            <Indicator
              disabled={unseenCount === 0}
              label={unseenCount > 9 ? '9+' : unseenCount}
              size={13}
              offset={2}
              color="accent"
            >
              <IconBell size={15} stroke={1.6} />
            </Indicator>
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown className={styles.panel} aria-label={t('bell')}>
        {opened && (
          <Suspense fallback={<div className={styles.coming} />}>
            <NoticeList />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
