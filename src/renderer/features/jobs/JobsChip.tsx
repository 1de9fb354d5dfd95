import { Loader } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { openView } from '../../stores/address.ts';
import { useJobs } from './state.ts';
import styles from './jobs.module.css';

/** The number of running jobs, or else of dead ones, in the status bar; nothing if there are none. */
export default function JobsChip() {
  const { t } = useTexts('jobs');
  const counts = useJobs(({ overview }) => overview?.counts);
  if (!counts || counts.running + counts.dead === 0) return null;
  const isRunning = counts.running > 0;
  return (
    <button
      type="button"
      className={
        isRunning
          ? `inline shrink gap-4 dim px-8 full-y pointer ${styles.chip}`
          : `inline shrink gap-4 dim px-8 full-y pointer ${styles.chip} warn`
      }
      title={t('chipTip')}
      onClick={() => openView({ kind: 'jobs' })}
    >
      {isRunning ? (
        <Loader size={11} color="gray" />
      ) : (
        <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
      )}
      <span className="cut">
        {isRunning ? t('chip.running', { count: counts.running }) : t('chip.dead', { count: counts.dead })}
      </span>
    </button>
  );
}
