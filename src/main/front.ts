import { app, dialog, BrowserWindow, nativeTheme, screen } from 'electron';
import { createBackoff } from './backoff.ts';
import type { MainLog } from './log.ts';
import { texts } from './texts.ts';
import { LEAST_SIZE, placeOn } from './bounds.ts';
import type { WindowPlace } from './bounds.ts';
import type { SeatFile } from './seat-file.ts';
import { anotherMark } from '#shared/shell/windows.ts';

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
  onPlace?: (place: WindowPlace) => void;
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

  if (!onPlace) return window;
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
  /** The page of the window with that id of its contents is gone. */
  onGone: (contents: number) => void;
  /** Another window is in front. */
  onFront: () => void;
}

/** The windows of the program, all on the same workspace. All may be closed while the program runs on. */
export interface Front {
  /** The one that was used last; null where all are closed. */
  window: () => BrowserWindow | null;
  windows: () => readonly BrowserWindow[];
  /** Opens the first one, whose place and tabs are kept. */
  open: () => void;
  /** Opens one more, at a place as an address, beside the one in front. */
  openAnother: (place: string) => void;
  bring: () => void;
  /** All that the pages know is of something before: they begin anew. */
  renew: () => void;
}

/** How far another window is from the one that it was opened from, in the system's pixels. */
const beside = 32;

export function createFront({ files, seat, log, onTheme, onGone, onFront }: FrontOptions): Front {
  /** The one in front comes last. The system may tell that a window has focus, or ask for one, while it is being destroyed. */
  let opened: BrowserWindow[] = [];
  const living = (): BrowserWindow[] => opened.filter((window) => !window.isDestroyed());

  function follow(window: BrowserWindow): void {
    const { id } = window.webContents;
    opened.push(window);
    window.on('focus', () => {
      opened = [...living().filter((other) => other !== window), window];
      onFront();
    });
    window.on('closed', () => {
      opened = living();
      onGone(id);
      onFront();
    });
    window.webContents.on('render-process-gone', () => onGone(id));
    // A page that begins anew would be as large as the window's first.
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
    const from = living().at(-1)?.getNormalBounds();
    follow(
      openWindow({
        ...files,
        address: `${files.address}${anotherMark}${encodeURIComponent(place)}`,
        zoom: seat.seat.zoom,
        place: from ? { ...from, x: from.x + beside, y: from.y + beside, maximized: false } : null,
      }),
    );
  }

  function bring(): void {
    const window = living().at(-1);
    if (!window) return open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  nativeTheme.on('updated', () => {
    for (const window of living()) paintBackground(window);
    onTheme();
  });
  app.on('second-instance', bring);
  app.on('activate', () => {
    if (living().length === 0) open();
  });
  return {
    window: () => living().at(-1) ?? null,
    windows: living,
    open,
    openAnother,
    bring,
    renew: () => living().forEach((window) => window.webContents.reload()),
  };
}
