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
  own: string;
  /** The window in front, and all of them. */
  window: () => BrowserWindow | null;
  windows: () => readonly BrowserWindow[];
  data: DataProcess;
  server: () => Promise<ShellServer>;
  grants: ShellGrants;
  log: MainLog;
  workspace: () => string;
  /** A page is gone, or about to go. */
  onLeft: () => void;
}

/** Milliseconds after which a page has loaded what it shows first. */
const PATIENCE = 250;

export interface Ports {
  offerData(): void;
  /** The page of the window in front; null before it has connected. */
  front(): Page | null;
  /** The page in that window (by the id of its contents), or all pages, get no more ports: they are about to be loaded anew, or gone. */
  forget(contents?: number): void;
}

/** Answers the preload: hands each page its ports whenever it loads, and turns its dropped files into grants. */
export function answerPreload(options: PortsOptions): Ports {
  const { own, window, windows, data, server, grants, log, workspace, onLeft } = options;
  /** By the id of the contents of their window. */
  const pages = new Map<number, Page>();

  /** Only the main frame of one of our windows, at our own address, may ask. */
  function trusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    const ok = windows().some(
      ({ webContents }) => event.sender === webContents && frame === webContents.mainFrame,
    );
    if (ok && frame && isOwnAddress(frame.url, own)) return true;
    log.warn('a message from an unknown sender was refused');
    return false;
  }

  function hand(to: WebContents, name: PortName, port: Electron.MessagePortMain): void {
    to.postMessage('frames:port', name, [port]);
  }

  function offerTo(to: WebContents): void {
    const port = data.connect();
    if (port) hand(to, 'data', port);
  }

  function offerData(): void {
    for (const { webContents } of windows()) if (pages.has(webContents.id)) offerTo(webContents);
  }

  ipcMain.on('frames:connect', (event) => {
    if (!trusted(event)) return;
    const { sender } = event;
    const opened: Page = { workspace: workspace(), isThere: () => pages.get(sender.id) === opened };
    pages.set(sender.id, opened);
    onLeft();
    offerTo(sender);
    const { port1, port2 } = new MessageChannelMain();
    hand(sender, 'shell', port2);
    // Its messages wait. Loading the operations at once would hold up the page's own files, which come from this process too.
    setTimeout(() => void server().then((shell) => shell.serve(port1, opened)), PATIENCE);
  });

  ipcMain.handle('frames:grant-dropped', async (event, path: unknown): Promise<FileHandle | null> => {
    if (!trusted(event) || typeof path !== 'string') return null;
    return grants.toRead(path);
  });

  return {
    offerData,
    front: () => pages.get(window()?.webContents.id ?? -1) ?? null,
    forget(contents) {
      if (contents === undefined) pages.clear();
      else pages.delete(contents);
      onLeft();
    },
  };
}
