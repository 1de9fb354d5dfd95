import { Button } from '@mantine/core';
import { useTexts } from '../i18n/setup.ts';
import { recover } from '../stores/recover.ts';
import { isLive } from '../stores/target.ts';
import { report } from './notices.tsx';

export function RecoverButton() {
  const { t } = useTexts('faults');
  if (!isLive()) return null;
  return (
    <Button size="xs" onClick={() => void recover().catch(report)}>
      {t('recover')}
    </Button>
  );
}
