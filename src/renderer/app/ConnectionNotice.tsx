import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/connection.ts';
import { shell } from '../api/shell.ts';
import { report } from '../ui/notices.tsx';

/** Shown only when the shell gave up on the data process: why, and the way to try again. */
export function ConnectionNotice() {
  const { t } = useTranslation(['frame', 'common']);
  const failure = connection((state) => state.failure);
  if (!failure) return null;
  return (
    <div className="gone" role="alertdialog" aria-label={t('frame:gone.title')}>
      <div className="gone-box">
        <h2>{t('frame:gone.title')}</h2>
        <p>{failure.message}</p>
        <p>{t('frame:gone.safe')}</p>
        <Button onClick={() => void shell.data.restart({}).catch(report)}>{t('common:retry')}</Button>
      </div>
    </div>
  );
}
