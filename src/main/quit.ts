import { app, dialog } from 'electron';
import { errorFields } from './log.ts';
import type { MainLog } from './log.ts';
import { shellTexts } from './texts.ts';

export interface QuitOptions {
  log: MainLog;
  finish: () => Promise<unknown>;
}

/** Delays every way of quitting until the workspace is closed and the seat is saved. */
export function quitCleanly({ log, finish }: QuitOptions): void {
  let isFinished = false;
  let finishPromise: Promise<void> | undefined;

  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  app.on('will-quit', (event) => {
    if (isFinished) return;
    event.preventDefault();
    finishPromise ??= finish()
      .catch((error: unknown) => log.error('the ending failed', errorFields(error)))
      .then(() => {
        isFinished = true;
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
