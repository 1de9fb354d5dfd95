import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { isTyping, shown } from '../../commands/keys.ts';
import { run } from '../../commands/registry.ts';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { lookAtText } from './run.ts';
import styles from './import.module.css';

/** Imports pasted cells while no file is chosen. */
function usePastedTable(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      // One word is no table, and text pasted into a field belongs there.
      if (isTyping(event.target) || !/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      void lookAtText(text);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
}

/** The import page before a file is chosen. */
export function Start() {
  const { t } = useTexts('transfer');
  usePastedTable();
  return (
    <>
      <ViewHeader title={t('start.title')} />
      <div className="import-start">
        <div className={`stack gap-12 text-center on-panel ${styles.target}`}>
          <IconFileImport size={34} stroke={1.3} />
          <h2>{t('start.lead')}</h2>
          <Button data-autofocus onClick={() => run('file.import')}>
            {t('command.import')}
          </Button>
          <p>{t('start.what')}</p>
          <p>{t('start.paste', { keys: shown('mod+V') })}</p>
          <p>{t('start.safe')}</p>
        </div>
      </div>
    </>
  );
}
