import { app, dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { createBackoff } from './backoff.ts';
import type { MainLog } from './log.ts';
import { texts } from './texts.ts';

/** Chromium's ERR_ABORTED: another load took its place, as when the page begins anew before it was there. */
const ABORTED = -3;

/** Loads a page again whose process ended: nothing but what was being typed is in it. Gives up when that happens often. */
export function reviveWindow(window: BrowserWindow, log: MainLog): void {
  const backoff = createBackoff({ limit: 3, window: 60_000 });
  const { webContents } = window;

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error('window process ended', { reason, exitCode });
    const wait = backoff.ended(Date.now());
    if (wait !== null) {
      setTimeout(() => window.isDestroyed() || webContents.reload(), wait);
      return;
    }
    dialog.showErrorBox(texts().windowTitle, texts().windowStopped);
    app.quit();
  });
  webContents.on('did-fail-load', (_event, code, description) =>
    log[code === ABORTED ? 'info' : 'error']('page not loaded', { code, description }),
  );
  webContents.on('preload-error', (_event, _path, error) =>
    log.error('preload failed', { error: error.message }),
  );
  webContents.on('unresponsive', () => log.warn('window does not answer'));
}
