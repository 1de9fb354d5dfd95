import { app, nativeTheme } from 'electron';
import type { BrowserWindow } from 'electron';
import type { MainLog } from './log.ts';
import { reviveWindow } from './revive.ts';
import type { SeatFile } from './seat-file.ts';
import { openWindow, paintBackground } from './window.ts';

interface FrontOptions {
  files: Pick<Parameters<typeof openWindow>[0], 'address' | 'preload'>;
  seat: SeatFile;
  log: MainLog;
  /** Hears that the theme of the system, or of the seat, is another. */
  onTheme: () => void;
  /** Hears that the page is gone: its process ended, or the window was closed. */
  onGone: () => void;
}

/** The one window of the program, which may be closed while the program runs on. */
export interface Front {
  window: () => BrowserWindow | null;
  open: () => void;
  /** Brings the window to the front, which has been asked for from outside. */
  bring: () => void;
  /** All that the page knows is of something before: it begins anew. */
  renew: () => void;
}

export function createFront({ files, seat, log, onTheme, onGone }: FrontOptions): Front {
  let window: BrowserWindow | null = null;

  function open(): void {
    window = openWindow({
      ...files,
      zoom: seat.seat.zoom,
      place: seat.window,
      onPlace: (place) => seat.place(place),
    });
    window.on('closed', () => {
      window = null;
      onGone();
    });
    window.webContents.on('render-process-gone', onGone);
    // A page that begins anew would be as large as the window's first.
    window.webContents.on('dom-ready', () => window?.webContents.setZoomFactor(seat.seat.zoom));
    reviveWindow(window, log);
  }

  function bring(): void {
    if (!window) return open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  nativeTheme.on('updated', () => {
    if (window) paintBackground(window);
    onTheme();
  });
  app.on('second-instance', bring);
  app.on('activate', () => {
    if (!window) open();
  });
  return { window: () => window, open, bring, renew: () => window?.webContents.reload() };
}
