import { app, dialog, BrowserWindow, nativeTheme, screen } from 'electron';
import { createBackoff } from './backoff.ts';
import type { MainLog } from './log.ts';
import { shellTexts } from './texts.ts';
import { LEAST_SIZE, placeOn } from './bounds.ts';
import type { WindowPlace } from './bounds.ts';
import type { SeatFile } from './seat-file.ts';
import { anotherMark } from '#shared/shell/windows.ts';

/** Chromium's ERR_ABORTED: another load replaced this one, for example an early reload. */
const ABORTED = -3;

/** Reloads a crashed page, which loses only unsaved typing. Quits with an error after repeated crashes. */
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
  place: WindowPlace | null;
  zoom: number;
  onPlace?: (place: WindowPlace) => void;
}

/** The page's background colour, shown until its first paint. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#15171c' : '#ffffff');

/** Shows the window at its last bounds immediately, in the background colour of its page. */
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
      // The spell checker would download dictionaries.
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  });
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  if (place?.maximized) window.maximize();
  void window.loadURL(address).catch(() => {});

  if (!onPlace) return window;
  const remember = (): void => onPlace({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  window.on('resized', remember);
  window.on('moved', remember);
  window.on('maximize', remember);
  window.on('unmaximize', remember);
  window.on('close', remember);
  return window;
}

/** Applies the current theme, so that resizing shows no stripe in the colour of the other theme. */
export function paintBackground(window: BrowserWindow): void {
  window.setBackgroundColor(background());
}

interface FrontOptions {
  files: Pick<Parameters<typeof openWindow>[0], 'address' | 'preload' | 'icon'>;
  seat: SeatFile;
  log: MainLog;
  onTheme: () => void;
  /** A page was closed or crashed; `contents` is the id of its web contents. */
  onPageEnd: (contents: number) => void;
  onFront: () => void;
}

/** All windows show the same workspace. On macOS the program keeps running when all are closed. */
export interface Front {
  window: () => BrowserWindow | null;
  windows: () => readonly BrowserWindow[];
  open: () => void;
  /** Opens an additional window at a route, offset from the front window. */
  openAnother: (place: string) => void;
  bring: () => void;
  /** Reloads every page, because their data belongs to a previous state of the workspace. */
  renew: () => void;
}

/** Offset of an additional window from the front window, in the system's pixels. */
const cascadeOffset = 32;

export function createFront({ files, seat, log, onTheme, onPageEnd, onFront }: FrontOptions): Front {
  /** By focus, the front window last. May contain destroyed windows, which still emit focus events. */
  let windowsByFocus: BrowserWindow[] = [];
  const openWindows = (): BrowserWindow[] => windowsByFocus.filter((window) => !window.isDestroyed());

  function follow(window: BrowserWindow): void {
    const { id } = window.webContents;
    windowsByFocus.push(window);
    window.on('focus', () => {
      windowsByFocus = [...openWindows().filter((other) => other !== window), window];
      onFront();
    });
    window.on('closed', () => {
      windowsByFocus = openWindows();
      onPageEnd(id);
      onFront();
    });
    window.webContents.on('render-process-gone', () => onPageEnd(id));
    // A reloaded page would take the zoom factor that its window was opened with.
    window.webContents.on('dom-ready', () => {
      if (!window.isDestroyed()) window.webContents.setZoomFactor(seat.seat.zoom);
    });
    reviveWindow(window, log);
  }

  function open(): void {
    const onPlace = (place: WindowPlace): void => seat.place(place);
    follow(openWindow({ ...files, zoom: seat.seat.zoom, place: seat.window, onPlace }));
  }

  function openAnother(place: string): void {
    const from = openWindows().at(-1)?.getNormalBounds();
    follow(
      openWindow({
        ...files,
        address: `${files.address}${anotherMark}${encodeURIComponent(place)}`,
        zoom: seat.seat.zoom,
        place: from
          ? { ...from, x: from.x + cascadeOffset, y: from.y + cascadeOffset, maximized: false }
          : null,
      }),
    );
  }

  function bring(): void {
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
  app.on('second-instance', bring);
  app.on('activate', () => {
    if (openWindows().length === 0) open();
  });
  return {
    window: () => openWindows().at(-1) ?? null,
    windows: openWindows,
    open,
    openAnother,
    bring,
    renew: () => openWindows().forEach((window) => window.webContents.reload()),
  };
}
