import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../../i18n/setup.ts';
import { clearNotices, setNoticeListOpen, useNotices } from '../../stores/notices.ts';
import type { NoticeAction, NoticeEntry } from '../../stores/notices.ts';
import { nextStepsQuery } from '../../stores/next-steps.ts';
import { FaultText } from '../../ui/Failure.tsx';
import { dropNotice } from '../../ui/notices.tsx';
import { When } from '../../ui/When.tsx';
import styles from './notices.module.css';

/** Returns a test for actions that are still possible: an undo or redo only if it is the next step. */
function useIsPossible(): (action: NoticeAction) => boolean {
  const { data } = useQuery(nextStepsQuery);
  return ({ step }) => !step || data?.[step.direction]?.op_id === step.op;
}

function Entry({ entry, isPossible }: { entry: NoticeEntry; isPossible: boolean }) {
  const { t } = useTexts('notices');
  const { action, key, tone } = entry;
  const isBad = tone === 'bad';
  const detail = entry.more ?? (entry.fault ? <FaultText fault={entry.fault} /> : null);
  const StatusIcon = isBad ? IconAlertTriangle : IconInfoCircle;
  return (
    <li className={`flex gap-12 small px-16 py-12 ${styles.entry}`}>
      <StatusIcon size={16} stroke={1.6} className={isBad ? 'bad' : 'faint'} aria-hidden />
      <span className="unseen">{t(tone)}</span>
      <div className="grow">
        <div className="medium breaks">{entry.title}</div>
        {detail !== null && detail !== '' && (
          <div className="regular dim breaks mt-2 notice-more">{detail}</div>
        )}
        <div className="row apart tiny high-24 mt-2">
          <span className="dim">
            <When at={entry.at} />
          </span>
          {action && isPossible && (
            <Button
              size="xs"
              variant="subtle"
              color="accent"
              onClick={() => {
                setNoticeListOpen(false);
                dropNotice(key);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

export default function NoticeList() {
  const { t } = useTexts('notices');
  const list = useNotices((state) => state.list);
  const isPossible = useIsPossible();
  return (
    <>
      <header className={`row rigid gap-8 line-below ${styles.head}`}>
        <h2>{t('notices:bell')}</h2>
        {list.length > 0 && (
          <Button size="xs" variant="subtle" color="gray" onClick={clearNotices}>
            {t('notices:clear')}
          </Button>
        )}
        <ActionIcon
          size={26}
          aria-label={t('common:close')}
          title={t('common:close')}
          onClick={() => setNoticeListOpen(false)}
        >
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      </header>
      {list.length === 0 ? (
        <p className="small dim text-center px-16 py-24">{t('notices:empty')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reachable by keyboard
        <ul className={`scroll-y ${styles.list}`} tabIndex={0} aria-label={t('notices:bell')}>
          {list.map((entry) => (
            <Entry
              key={entry.serial}
              entry={entry}
              isPossible={entry.action !== null && isPossible(entry.action)}
            />
          ))}
        </ul>
      )}
    </>
  );
}
