import { app, dialog, BrowserWindow, nativeTheme, screen } from 'electron';
import { createBackoff } from './backoff.ts';
import type { MainLog } from './log.ts';
import { texts } from './texts.ts';
import { LEAST_SIZE, placeOn } from './bounds.ts';
import type { WindowPlace } from './bounds.ts';
import type { SeatFile } from './seat-file.ts';

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

export interface WindowOptions {
  preload: string;
  address: string;
  icon: string;
  place: WindowPlace | null;
  zoom: number;
  onPlace: (place: WindowPlace) => void;
}

/** The colour behind a page that has not painted yet: the page's own background. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#15171c' : '#ffffff');

/** Opens the window at once, in the colour of its page, where it was last time. */
export function openWindow({ preload, address, icon, place, zoom, onPlace }: WindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeOn(screens, place),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'FRAMES',
    icon,
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      zoomFactor: zoom,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // It would fetch dictionaries from elsewhere.
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  });
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  if (place?.maximized) window.maximize();
  void window.loadURL(address).catch(() => {});

  const remember = (): void => onPlace({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  window.on('resized', remember);
  window.on('moved', remember);
  window.on('maximize', remember);
  window.on('unmaximize', remember);
  window.on('close', remember);
  return window;
}

/** Follows the theme, so that a resized window shows no stripe of the other one. */
export function paintBackground(window: BrowserWindow): void {
  window.setBackgroundColor(background());
}

interface FrontOptions {
  files: Pick<Parameters<typeof openWindow>[0], 'address' | 'preload' | 'icon'>;
  seat: SeatFile;
  log: MainLog;
  onTheme: () => void;
  onGone: () => void;
}

/** The one window of the program, which may be closed while the program runs on. */
export interface Front {
  window: () => BrowserWindow | null;
  open: () => void;
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
