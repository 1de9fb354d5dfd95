import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/setup.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { openPage } from './actions.ts';
import { useSync } from './state.ts';

/** The sign-in page that the browser must open first. */
function PageToOpen({ url }: { url: string }) {
  const { t } = useTexts('sync');
  return (
    <div className="stack start gap-8 prose">
      <p>{t('signIn.inBrowser')}</p>
      <div className="flex wrap gap-8">
        <Button variant="default" onClick={() => void openPage(url)}>
          {t('signIn.openPage')}
        </Button>
        <Button variant="default" onClick={() => copyText(url)}>
          {t('notices:link.copy')}
        </Button>
      </div>
    </div>
  );
}

/** The progress of long sync work with a button to cancel; nothing without work. */
export function WorkProgress() {
  const { t } = useTexts('sync');
  const work = useSync((sync) => sync.work);
  if (!work) return null;
  const { kind, progress, cancel } = work;
  return (
    <>
      {progress?.open !== undefined && <PageToOpen url={progress.open} />}
      <ProgressLine progress={progress} label={t(`working.${kind}`)} onCancel={cancel} />
    </>
  );
}
