import { MessageChannelMain, ipcMain } from 'electron';
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { PortName } from '#shared/shell/bridge.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { isOwnAddress } from './addresses.ts';
import type { DataProcess } from './data-process.ts';
import type { ShellGrants } from './grants.ts';
import type { MainLog } from './log.ts';
import type { ShellServer, Page } from './shell-server.ts';

export interface PortsOptions {
  own: string;
  window: () => BrowserWindow | null;
  data: DataProcess;
  server: () => Promise<ShellServer>;
  grants: ShellGrants;
  log: MainLog;
  workspace: () => string;
  /** The page that was there is gone, or about to go. */
  onLeft: () => void;
}

/** Milliseconds after which a page has loaded what it shows first. */
const PATIENCE = 250;

export interface Ports {
  offerData(): void;
  /** The page that is there gets no more ports: it is about to be loaded anew, or gone. */
  forgetPage(): void;
}

/** Answers the preload: hands a page its ports whenever it loads, and turns its dropped files into grants. */
export function answerPreload(options: PortsOptions): Ports {
  const { own, window, data, server, grants, log, workspace, onLeft } = options;
  let page: Page | null = null;

  function turnTo(next: Page | null): void {
    page = next;
    onLeft();
  }

  /** Only the main frame of our window, at our own address, may ask. */
  function trusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    const target = window();
    const frame = event.senderFrame;
    const ok = !!target && event.sender === target.webContents && frame === target.webContents.mainFrame;
    if (ok && frame && isOwnAddress(frame.url, own)) return true;
    log.warn('a message from an unknown sender was refused');
    return false;
  }

  function hand(name: PortName, port: Electron.MessagePortMain): void {
    window()?.webContents.postMessage('frames:port', name, [port]);
  }

  function offerData(): void {
    const port = page ? data.connect() : null;
    if (port) hand('data', port);
  }

  ipcMain.on('frames:connect', (event) => {
    if (!trusted(event)) return;
    const opened: Page = { workspace: workspace(), isThere: () => page === opened };
    turnTo(opened);
    offerData();
    const { port1, port2 } = new MessageChannelMain();
    hand('shell', port2);
    // Its messages wait. Loading the operations at once would hold up the page's own files, which come from this process too.
    setTimeout(() => void server().then((shell) => shell.serve(port1, opened)), PATIENCE);
  });

  ipcMain.handle('frames:grant-dropped', async (event, path: unknown): Promise<FileHandle | null> => {
    if (!trusted(event) || typeof path !== 'string') return null;
    return grants.toRead(path);
  });

  return { offerData, forgetPage: () => turnTo(null) };
}
