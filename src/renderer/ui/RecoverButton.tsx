import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { recover } from '../stores/recover.ts';
import { isLive } from '../stores/target.ts';
import { report } from './notices.tsx';

/** Leads from a damaged live file that is open to the ways to recover it. */
export function RecoverButton() {
  const { t } = useTranslation('faults');
  if (!isLive()) return null;
  return (
    <Button size="xs" onClick={() => void recover().catch(report)}>
      {t('recover')}
    </Button>
  );
}
