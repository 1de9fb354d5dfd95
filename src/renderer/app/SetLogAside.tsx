import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shell } from '../api/shell.ts';
import { report } from '../ui/notices.tsx';

/** Moves the log of another file that lies beside the records' aside, and opens them. */
export function SetLogAside() {
  const { t } = useTranslation('frame');
  return (
    <section className="recovery" aria-label={t('aside.title')}>
      <h3>{t('aside.title')}</h3>
      <p className="dim">{t('aside.what')}</p>
      <Button onClick={() => void shell.workspace.setLogAside({}).catch(report)}>{t('aside.command')}</Button>
    </section>
  );
}
