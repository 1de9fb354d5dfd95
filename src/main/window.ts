import { BrowserWindow, nativeTheme, screen } from 'electron';
import { LEAST_SIZE, placeOn } from './bounds.ts';
import type { WindowPlace } from './bounds.ts';

export interface WindowOptions {
  preload: string;
  address: string;
  place: WindowPlace | null;
  /** How large the page is drawn, as a factor. */
  zoom: number;
  onPlace: (place: WindowPlace) => void;
}

/** The colour behind a page that has not painted yet: the page's own background. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#15171c' : '#ffffff');

/** Opens the window at once, in the colour of its page, where it was last time. */
export function openWindow({ preload, address, place, zoom, onPlace }: WindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeOn(screens, place),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'FRAMES',
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
