import { Button } from '@mantine/core';
import { useTexts } from '../i18n/setup.ts';
import { reopenForRecovery } from '../stores/recovery.ts';
import { isLive } from '../stores/target.ts';
import { reportError } from './notices.tsx';

export function RecoverButton() {
  const { t } = useTexts('faults');
  if (!isLive()) return null;
  return (
    <Button variant="filled" size="xs" onClick={() => void reopenForRecovery().catch(reportError)}>
      {t('recover')}
    </Button>
  );
}
