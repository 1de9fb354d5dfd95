import { app, dialog } from 'electron';
import { errorFields } from './log.ts';
import type { MainLog } from './log.ts';
import { shellTexts } from './texts.ts';

export interface EndingOptions {
  log: MainLog;
  finish: () => Promise<unknown>;
}

/** Delays every way of quitting until the workspace is closed and the seat is saved. */
export function endWell({ log, finish }: EndingOptions): void {
  let finished = false;
  let finishing: Promise<void> | undefined;

  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  app.on('will-quit', (event) => {
    if (finished) return;
    event.preventDefault();
    finishing ??= finish()
      .catch((error: unknown) => log.error('the ending failed', errorFields(error)))
      .then(() => {
        finished = true;
        app.quit();
      });
  });

  // Sent by package managers and at the end of a session.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());

  process.on('uncaughtException', (error) => {
    log.error('uncaught', errorFields(error));
    dialog.showErrorBox(shellTexts().stoppedTitle, shellTexts().stopped);
    app.exit(1);
  });
  process.on('unhandledRejection', (reason) => log.error('unhandled', errorFields(reason)));
}
