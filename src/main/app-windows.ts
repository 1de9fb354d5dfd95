import { app, dialog, BrowserWindow, nativeTheme, screen } from 'electron';
import { createBackoff } from './backoff.ts';
import type { MainLog } from './log.ts';
import { shellTexts } from './texts.ts';
import { MIN_SIZE, boundsOn } from './window-bounds.ts';
import type { WindowBounds } from './window-bounds.ts';
import type { SeatFile } from './seat-file.ts';
import { extraWindowPrefix } from '#shared/shell/window-hash.ts';

/** Chromium's ERR_ABORTED: another load replaced this one, for example an early reload. */
const ABORTED = -3;

/** Reloads a crashed page, which loses only unsaved typing. Quits with an error after repeated crashes. */
export function reviveWindow(window: BrowserWindow, log: MainLog): void {
  const backoff = createBackoff({ limit: 3, windowMs: 60_000 });
  const { webContents } = window;

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error('window process ended', { reason, exitCode });
    const delay = backoff.nextDelay(Date.now());
    if (delay !== null) {
      setTimeout(() => window.isDestroyed() || webContents.reload(), delay);
      return;
    }
    dialog.showErrorBox(shellTexts().windowTitle, shellTexts().windowStopped);
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
  bounds: WindowBounds | null;
  zoom: number;
  onBounds?: (bounds: WindowBounds) => void;
}

/** The page's background colour, shown until its first paint. */
const backgroundColor = (): string => (nativeTheme.shouldUseDarkColors ? '#15171c' : '#ffffff');

/** Shows the window at its last bounds immediately, in the background colour of its page. */
export function openWindow({ preload, address, icon, bounds, zoom, onBounds }: WindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...boundsOn(screens, bounds),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: 'FRAMES',
    icon,
    backgroundColor: backgroundColor(),
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      zoomFactor: zoom,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // The spell checker would download dictionaries.
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  });
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  if (bounds?.maximized) window.maximize();
  void window.loadURL(address).catch(() => {});

  if (!onBounds) return window;
  const reportBounds = (): void => onBounds({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  window.on('resized', reportBounds);
  window.on('moved', reportBounds);
  window.on('maximize', reportBounds);
  window.on('unmaximize', reportBounds);
  window.on('close', reportBounds);
  return window;
}

/** Applies the current theme, so that resizing shows no stripe in the colour of the other theme. */
export function paintBackground(window: BrowserWindow): void {
  window.setBackgroundColor(backgroundColor());
}

interface AppWindowsOptions {
  files: Pick<Parameters<typeof openWindow>[0], 'address' | 'preload' | 'icon'>;
  seat: SeatFile;
  log: MainLog;
  onTheme: () => void;
  /** Called when a page was closed or crashed. */
  onPageEnd: (contentsId: number) => void;
  onFrontChange: () => void;
}

/** All windows show the same workspace. On macOS the program keeps running when all are closed. */
export interface AppWindows {
  window: () => BrowserWindow | null;
  windows: () => readonly BrowserWindow[];
  open: () => void;
  /** Opens an additional window at a route, offset from the front window. */
  openAnother: (route: string) => void;
  bringToFront: () => void;
  /** Reloads every page, because their data belongs to a previous state of the workspace. */
  reloadAll: () => void;
}

/** Offset of an additional window from the front window, in the system's pixels. */
const cascadeOffset = 32;

export function createAppWindows({
  files,
  seat,
  log,
  onTheme,
  onPageEnd,
  onFrontChange,
}: AppWindowsOptions): AppWindows {
  /** Windows in the order of focus, the front window last. Can contain destroyed windows, which still emit focus events. */
  let windowsByFocus: BrowserWindow[] = [];
  const openWindows = (): BrowserWindow[] => windowsByFocus.filter((window) => !window.isDestroyed());

  function track(window: BrowserWindow): void {
    const { id } = window.webContents;
    windowsByFocus.push(window);
    window.on('focus', () => {
      windowsByFocus = [...openWindows().filter((other) => other !== window), window];
      onFrontChange();
    });
    window.on('closed', () => {
      windowsByFocus = openWindows();
      onPageEnd(id);
      onFrontChange();
    });
    window.webContents.on('render-process-gone', () => onPageEnd(id));
    // A reloaded page would get the zoom factor that its window was opened with.
    window.webContents.on('dom-ready', () => {
      if (!window.isDestroyed()) window.webContents.setZoomFactor(seat.seat.zoom);
    });
    reviveWindow(window, log);
  }

  function open(): void {
    const onBounds = (bounds: WindowBounds): void => seat.saveBounds(bounds);
    track(openWindow({ ...files, zoom: seat.seat.zoom, bounds: seat.window, onBounds }));
  }

  function openAnother(route: string): void {
    const frontBounds = openWindows().at(-1)?.getNormalBounds();
    track(
      openWindow({
        ...files,
        address: `${files.address}${extraWindowPrefix}${encodeURIComponent(route)}`,
        zoom: seat.seat.zoom,
        bounds: frontBounds
          ? {
              ...frontBounds,
              x: frontBounds.x + cascadeOffset,
              y: frontBounds.y + cascadeOffset,
              maximized: false,
            }
          : null,
      }),
    );
  }

  function bringToFront(): void {
    const window = openWindows().at(-1);
    if (!window) return open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  nativeTheme.on('updated', () => {
    for (const window of openWindows()) paintBackground(window);
    onTheme();
  });
  app.on('second-instance', bringToFront);
  app.on('activate', () => {
    if (openWindows().length === 0) open();
  });
  return {
    window: () => openWindows().at(-1) ?? null,
    windows: openWindows,
    open,
    openAnother,
    bringToFront,
    reloadAll: () => openWindows().forEach((window) => window.webContents.reload()),
  };
}
