import { IconAlertTriangle, IconCheck, IconEye, IconPlugConnectedX } from '@tabler/icons-react';
import { Loader } from '@mantine/core';
import { useIsMutating } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/connection.ts';
import { useUnsavedCount } from '../stores/drafts.ts';
import { NoticeSlot } from './slots.tsx';
import { Unsaved } from './Unsaved.tsx';
import { useReadOnly } from '../stores/profile.ts';
import { useSaving } from '../stores/saving.ts';
import { inPast, inPlay } from '../stores/target.ts';
import { useShown } from '../stores/shown.ts';

/** Whether what was done is on the disk. */
function Saved() {
  const { t } = useTranslation('frame');
  const mutating = useIsMutating();
  const saving = useSaving((state) => state.count) + mutating > 0;
  const unsaved = useUnsavedCount();
  const closed = useReadOnly();
  const lost = connection((state) => state.state === 'lost');
  const given = connection((state) => state.failure !== null);
  if (inPast() && !lost) {
    return (
      <span>
        <IconEye size={15} stroke={1.6} />
        {t('status.readOnly')}
      </span>
    );
  }
  if (lost) {
    return (
      <span className="status-bad">
        <IconPlugConnectedX size={15} stroke={1.6} />
        {t(given ? 'lost' : 'status.lost')}
      </span>
    );
  }
  if (closed !== null) {
    return (
      <>
        <span className="status-bad" title={closed}>
          <IconAlertTriangle size={15} stroke={1.6} />
          {t('status.closed')}
        </span>
        {unsaved > 0 && <Unsaved count={unsaved} />}
      </>
    );
  }
  if (saving) {
    return (
      <span>
        <Loader size={11} color="gray" />
        {t('status.saving')}
      </span>
    );
  }
  if (unsaved > 0) return <Unsaved count={unsaved} />;
  return (
    <span>
      <IconCheck size={15} stroke={1.6} />
      {t(inPlay() ? 'status.savedInPlay' : 'status.saved')}
    </span>
  );
}

/** The line below everything: saved or not, what is shown, what is selected. */
export function StatusBar() {
  const { t } = useTranslation('frame');
  const { summary, selected } = useShown();
  return (
    <footer className="status-bar" aria-label={t('status.bar')}>
      <output className="status-saved">
        <Saved />
      </output>
      <span className="num">{summary}</span>
      {selected > 1 && <span className="num">{t('status.selected', { count: selected })}</span>}
      <span className="status-end">
        <Suspense fallback={null}>
          <NoticeSlot />
        </Suspense>
      </span>
    </footer>
  );
}
