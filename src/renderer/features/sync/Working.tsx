import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useSync } from './state.ts';
import styles from './sync.module.css';

/** How far the work is that this window asked for, with a way to give it up; nothing while there is none. */
export function Working() {
  const { t } = useTranslation(['sync', 'common']);
  const work = useSync((sync) => sync.work);
  if (!work) return null;
  return (
    <div className={styles.working}>
      <ProgressLine progress={work.progress} label={t(`working.${work.what}`)} />
      <Button variant="default" onClick={work.stop}>
        {t('common:cancel')}
      </Button>
    </div>
  );
}
