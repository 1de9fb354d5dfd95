import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestoreState } from '#shared/shell/events.ts';
import { onShellEvent, shell } from '../../../api/shell.ts';
import { say } from '../../../i18n/setup.ts';
import { countedAll } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';

/** Tells what came of a restore, in the page that began anew after it. */
function told(state: Exclude<RestoreState, { state: 'running' }>): void {
  if (state.state === 'done') {
    notice({
      id: 'restore',
      title: say('backups:restore.done', { what: countedAll(state.counts) }),
      more: say(state.safety === null ? 'backups:restore.doneDisplaced' : 'backups:restore.doneSafe'),
      waits: true,
      stays: false,
    });
  } else if (state.code === 'CANCELLED') {
    notice({
      id: 'restore',
      title: say('backups:restore.cancelled'),
      more: say('backups:makeCancelledMore'),
    });
  } else {
    notice({ id: 'restore', tone: 'bad', title: say('backups:restore.failed'), more: state.message });
  }
}

/** Over the whole window while a backup takes the place of the records: how far it is, and a way to give it up. */
export function RestoreOver() {
  const { t } = useTranslation(['backups', 'common']);
  const [state, setState] = useState<Extract<RestoreState, { state: 'running' }> | null>(null);
  useEffect(
    () =>
      onShellEvent((event) => {
        if (event.kind !== 'restore') return;
        if (event.restore.state === 'running') setState(event.restore);
        else {
          setState(null);
          told(event.restore);
        }
      }),
    [],
  );
  if (!state) return null;
  return (
    <div className="gone" role="alertdialog" aria-label={t('restore.running')}>
      <div className="gone-box restore-box">
        <h2>{t('restore.running')}</h2>
        <ProgressLine progress={state.progress} label={t('restore.running')} />
        <p className="dim">{t('restore.runningSafe')}</p>
        <Button variant="default" onClick={() => void shell.workspace.cancelRestore({}).catch(report)}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>
  );
}
