import { IconHelp, IconLifebuoy, IconPencilPlus, IconRoute } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { useTexts, say } from '../../i18n/setup.ts';
import { commandFactory } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { showOnce } from '../../stores/address.ts';
import { startTour, useTour } from '../tour/state.ts';
import { shell } from '../../api/shell.ts';
import { copyText } from '../../ui/clipboard.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import styles from './help.module.css';

const helpCommand = commandFactory('help', 'help');

function showSupport(): void {
  openDialog({ title: say('help:support.title'), size: 760 }, (close) => <Support onDone={close} />);
}

function Support({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('help');
  const [text, setText] = useState<string | null>(null);
  useEffect(() => void shell.support({}).then(setText).catch(reportError), []);
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
        <Button onClick={onDone}>{t('common:cancel')}</Button>
        <Button variant="filled" data-autofocus disabled={text === null} onClick={copy}>
          {t('support.copy')}
        </Button>
      </div>
    </>
  );
}

const Tour = lazy(() => import('../tour/Tour.tsx'));

/** The commands for help, the tour and the wizard; shows the tour while it runs. */
export default function HelpHost() {
  const { t } = useTexts('commands');
  const isTouring = useTour((tour) => tour.stepIndex !== null);
  useCommands(
    () => [
      helpCommand('terms', t('help.terms'), { icon: IconHelp, run: () => showOnce({ kind: 'help' }) }),
      helpCommand('tour', t('help.tour'), { icon: IconRoute, run: startTour }),
      helpCommand('support', t('help.support'), { icon: IconLifebuoy, run: showSupport }),
      {
        id: 'go.wizard',
        group: 'file',
        label: t('go.wizard'),
        icon: IconPencilPlus,
        run: () => showOnce({ kind: 'wizard' }),
      },
    ],
    [t],
  );
  return isTouring ? (
    <Suspense fallback={null}>
      <Tour />
    </Suspense>
  ) : null;
}
