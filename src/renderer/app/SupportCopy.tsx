import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../api/shell.ts';
import { refusalText } from '../text/faults.ts';
import { report } from '../ui/notices.tsx';

/** Writes one file for who helps, and says that the records are in it. */
export function SupportCopy() {
  const { t } = useTranslation('frame');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const write = async (): Promise<void> => {
    setBusy(true);
    try {
      const { path, problem } = await shell.workspace.supportCopy({ suggested: t('support.suggested') });
      if (path !== null) setSaid(problem === null ? t('support.written', { path }) : refusalText(problem));
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>{t('support.what')}</p>
      <p className="dim">{t('support.holds')}</p>
      <Button variant="default" loading={busy} onClick={() => void write()}>
        {t('support.command')}
      </Button>
      <output>{said}</output>
    </>
  );
}
