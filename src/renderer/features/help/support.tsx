import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { shell } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { copyText } from '../../ui/clipboard.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, report } from '../../ui/notices.tsx';
import styles from './help.module.css';

/** Shows the text for support before it is copied. */
export function showSupport(): void {
  openDialog({ title: say('help:support.title'), size: 760 }, (close) => <Support onDone={close} />);
}

function Support({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('help');
  const [text, setText] = useState<string | null>(null);
  useEffect(() => void shell.support({}).then(setText).catch(report), []);
  const copy = (): void => {
    if (text !== null && copyText(text)) notice({ title: t('support.copied') });
    onDone();
  };
  return (
    <>
      <p>{t('support.what')}</p>
      <textarea
        className={`tiny pad-8 full ${styles.support}`}
        readOnly
        rows={16}
        aria-label={t('support.label')}
        value={text ?? t('common:loading')}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button data-autofocus disabled={text === null} onClick={copy}>
          {t('support.copy')}
        </Button>
      </div>
    </>
  );
}
