import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { RestoreState } from '#shared/shell/events.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { onShellEvent, shell } from '../../../api/shell.ts';
import { focusArrived } from '../../../ui/focus.ts';
import { reportError } from '../../../ui/notices.tsx';
import { useOver } from '../../../ui/over.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { reportEnd, workText } from './report.ts';
import styles from '../backups.module.css';

/** Keys reach only the button; commands do not run. */
function onlyHere(event: KeyboardEvent): void {
  if (!['Enter', ' ', 'Tab'].includes(event.key)) event.stopPropagation();
}

/** Covers the window while the file is closed: progress and cancelling. */
export function RestoreOver() {
  const { t } = useTexts('backups');
  const [state, setState] = useState<Extract<RestoreState, { state: 'running' }> | null>(null);
  useEffect(
    () =>
      onShellEvent((event) => {
        if (event.kind !== 'restore') return;
        if (event.restore.state === 'running') setState(event.restore);
        else {
          setState(null);
          reportEnd(event.restore);
          // The page was reloaded, and its focus lost.
          focusArrived(null);
        }
      }),
    [],
  );
  const running = state !== null;
  const over = useRef<HTMLDivElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  useOver(running, over, cancel);
  useEffect(() => {
    if (!running) return () => {};
    window.addEventListener('keydown', onlyHere, true);
    return () => window.removeEventListener('keydown', onlyHere, true);
  }, [running]);
  if (!state) return null;
  const title = workText(state.what);
  return createPortal(
    <div ref={over} className="centered inset gone" role="alertdialog" aria-modal="true" aria-label={title}>
      <div className={`card stack start scroll gap-12 on-bg gone-box ${styles.restoreBox}`}>
        <h2>{title}</h2>
        <ProgressLine progress={state.progress} label={title} />
        <p className="dim">{t('restore.runningSafe')}</p>
        <Button
          ref={cancel}
          variant="default"
          onClick={() => void shell.workspace.cancelRestore({}).catch(reportError)}
        >
          {t('common:cancel')}
        </Button>
      </div>
    </div>,
    document.body,
  );
}
