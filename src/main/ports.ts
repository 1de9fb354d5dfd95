import { MessageChannelMain, ipcMain } from 'electron';
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { PortName } from '#shared/shell/bridge.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { isOwnAddress } from './addresses.ts';
import type { DataProcess } from './data-process.ts';
import type { ShellGrants } from './grants.ts';
import type { MainLog } from './log.ts';
import type { ShellServer, Page } from './shell-server.ts';

export interface PortsOptions {
  windowAddress: string;
  window: () => BrowserWindow | null;
  windows: () => readonly BrowserWindow[];
  data: DataProcess;
  server: () => Promise<ShellServer>;
  grants: ShellGrants;
  log: MainLog;
  workspace: () => string;
  /** A page connected, was closed or is about to be reloaded. */
  onPagesChange: () => void;
}

/** Milliseconds until a page has loaded its first view. */
const FIRST_VIEW_DELAY = 250;

export interface Ports {
  offerData(): void;
  /** The page of the front window; null until it connects. */
  front(): Page | null;
  /** Sends no more ports to the page of these web contents, or to any page. */
  dropPages(contentsId?: number): void;
}

/** Sends ports to each page that loads, and issues grants for files dropped on it. */
export function connectPages(options: PortsOptions): Ports {
  const { windowAddress, window, windows, data, server, grants, log, workspace, onPagesChange } = options;
  const pages = new Map<number, Page>();

  /** Only the main frame of our windows, at our own address, is trusted. */
  function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    const isOurFrame = windows().some(
      ({ webContents }) => event.sender === webContents && frame === webContents.mainFrame,
    );
    if (isOurFrame && frame && isOwnAddress(frame.url, windowAddress)) return true;
    log.warn('a message from an unknown sender was refused');
    return false;
  }

  function sendPort(to: WebContents, name: PortName, port: Electron.MessagePortMain): void {
    to.postMessage('frames:port', name, [port]);
  }

  function offerTo(to: WebContents): void {
    const port = data.connect();
    if (port) sendPort(to, 'data', port);
  }

  function offerData(): void {
    for (const { webContents } of windows()) if (pages.has(webContents.id)) offerTo(webContents);
  }

  ipcMain.on('frames:connect', (event) => {
    if (!isTrusted(event)) return;
    const { sender } = event;
    const page: Page = { seatOwner: workspace(), isCurrent: () => pages.get(sender.id) === page };
    pages.set(sender.id, page);
    onPagesChange();
    offerTo(sender);
    const { port1, port2 } = new MessageChannelMain();
    sendPort(sender, 'shell', port2);
    // The port buffers messages. Importing the operations now would delay the page files, which this process also serves.
    setTimeout(() => void server().then((shell) => shell.serve(port1, page)), FIRST_VIEW_DELAY);
  });

  ipcMain.handle('frames:grant-dropped', async (event, path: unknown): Promise<FileHandle | null> => {
    if (!isTrusted(event) || typeof path !== 'string') return null;
    return grants.toRead(path);
  });

  return {
    offerData,
    front() {
      const frontWindow = window();
      return (frontWindow && pages.get(frontWindow.webContents.id)) ?? null;
    },
    dropPages(contentsId) {
      if (contentsId === undefined) pages.clear();
      else pages.delete(contentsId);
      onPagesChange();
    },
  };
}
