import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shell } from '../api/shell.ts';
import { report } from '../ui/notices.tsx';
import { useRecovering } from './recovering.tsx';

/** Moves the log of another file that lies beside the records' aside, and opens them. */
export function SetLogAside() {
  const { t } = useTranslation('frame');
  const { actor, blocked } = useRecovering();
  return (
    <section className="recovery" aria-label={t('aside.title')}>
      <h3>{t('aside.title')}</h3>
      <p className="dim">{t('aside.what')}</p>
      <Button disabled={blocked} onClick={() => void shell.workspace.setLogAside({ actor }).catch(report)}>
        {t('aside.command')}
      </Button>
    </section>
  );
}
