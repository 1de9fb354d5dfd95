import { implement, ORPCError, EventPublisher } from '@orpc/server';
import type { BrowserWindow, MessagePortMain } from 'electron';
import { shellContract } from '#shared/shell/contract.ts';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { Menus } from '#shared/shell/menu.ts';
import type { Order } from '#shared/shell/process.ts';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import type { DataWatch } from './data-watch.ts';
import type { ShellGrants } from './grants.ts';
import type { Updates } from './updates/service.ts';
import type { WorkspaceTools } from './workspace-tools.ts';
import { existsSync } from 'node:fs';
import { shell, app } from 'electron';
import {
  askFileToSave,
  askBackupsFolder,
  askFolderWithBackups,
  askNewFolder,
  askRepositoryFolder,
  chooseWorkspace,
  askFileToOpen,
} from './choose-workspace.ts';
import { withEnding } from './save-filters.ts';
import { forgetRecent, openIfOther, openRecent, switchTarget } from './workspace-tools.ts';
import { hasWorkspace } from './workspace-folder.ts';
import type { WorkspaceChoice } from '#shared/shell/workspace.ts';
import { arch, release, type } from 'node:os';
import type { Program } from '#shared/shell/program.ts';
import { RPCHandler } from '@orpc/server/message-port';
import { grantChosenFile, DataUnavailable } from './grants.ts';
import { openExternal } from './lockdown.ts';
import { grantDocumentCopy, openDocumentCopy } from './open-document.ts';
import { printView, viewAsPdf } from './print-view.ts';
import { saveFile } from './save-file.ts';
import type { UserActivation } from './user-activation.ts';
import { supportText } from './support-text.ts';
import { basename, join } from 'node:path';

export interface ShellTools {
  window: () => BrowserWindow | null;
  activation: UserActivation;
  grants: ShellGrants;
  seat: () => Seat;
  /** `pageOwner` is the seat owner of the requesting page. */
  changeSeat: (patch: SeatPatch, pageOwner: string) => Seat;
  setMenu: (model: Menus, page: Page) => void;
  openWindow: (route: string) => void;
  restartData: () => void;
  backups: () => string | null;
  workspace: WorkspaceTools;
  /** Closes the workspace and carries out an order, such as a restore. False if it was not started. */
  restore: (order: Order, pageOwner: string) => boolean;
  /** Reopens the workspace and, if that fails, also searches this folder for backups. */
  pointToBackups: (folder: string) => void;
  cancelRestore: () => void;
  supportCopy: DataWatch<unknown>['supportCopy'];
  /** Delivers a file to the next page, once its workspace can take it. */
  openInNextPage: (path: string) => void;
  assets: string;
  updates: Updates;
  currentEvents: () => ShellEvent[];
  onListening: () => void;
}

/** A loaded page. `seatOwner` owns its tabs and drafts. `isCurrent` turns false when another page replaces it. */
export interface Page {
  seatOwner: string;
  isCurrent: () => boolean;
}

export const shellOperations = implement(shellContract).$context<Page>();

/** Operations on whole workspaces, including switching and orders that need the file closed. */
export function workspaceOperations(tools: ShellTools) {
  const operations = shellOperations.workspace;
  const start = (order: Order, page: Page) => startOrder(tools, order, page);
  return {
    choose: operations.choose.handler(async ({ input }) => {
      const previous = tools.workspace.currentTarget().workspace;
      const choice = await chooseWorkspace(tools.workspace, input.which);
      const path = input.file === undefined ? undefined : tools.grants.pathOf(input.file);
      const isOther = tools.workspace.currentTarget().workspace !== previous;
      if (isOther && path !== undefined) tools.openInNextPage(path);
      return choice;
    }),
    chooseFolder: operations.chooseFolder.handler(async () => {
      const folder = await askNewFolder(tools.workspace);
      return folder === null ? null : await reportDisconnected(tools.grants.toFolder(folder));
    }),
    chooseRepository: operations.chooseRepository.handler(async () => {
      const folder = await askRepositoryFolder(tools.window());
      return folder === null ? null : await reportDisconnected(tools.grants.toFolder(folder, 'read'));
    }),
    openMade: operations.openMade.handler(({ input }): WorkspaceChoice => {
      const workspace = tools.grants.pathOf(input.grant);
      if (workspace === undefined || !hasWorkspace(workspace)) return { outcome: 'cancelled' };
      return openIfOther(tools.workspace, { workspace, sample: false });
    }),
    openRecent: operations.openRecent.handler(({ input }) => openRecent(tools.workspace, input.id)),
    turn: operations.turn.handler(({ input }) => switchTarget(tools.workspace, input, input.link)),
    restore: operations.restore.handler(({ input, context }) =>
      start({ what: 'restore', ...input }, context),
    ),
    pointToBackups: operations.pointToBackups.handler(async () => {
      const folder = await askFolderWithBackups(tools.window());
      if (folder !== null) tools.pointToBackups(folder);
      return folder !== null;
    }),
    salvage: operations.salvage.handler(({ input, context }) =>
      start({ what: 'salvage', ...input }, context),
    ),
    accept: operations.accept.handler(({ input, context }) => start({ what: 'accept', ...input }, context)),
    vacuum: operations.vacuum.handler(({ input, context }) => start({ what: 'vacuum', ...input }, context)),
    placeBackups: operations.placeBackups.handler(async ({ input: { usual, actor }, context }) => {
      const into = usual ? null : await askBackupsFolder(tools.window());
      if (!usual && into === null) return false;
      start({ what: 'place', into, actor }, context);
      return true;
    }),
    cancelRestore: operations.cancelRestore.handler(() => (tools.cancelRestore(), {})),
    supportCopy: operations.supportCopy.handler(async ({ input }) => {
      const chosenPath = await askFileToSave(tools.window(), input.suggested);
      if (chosenPath === null) return { path: null, problem: null };
      const path = withEnding(chosenPath, input.suggested);
      return { path, problem: await tools.supportCopy(path) };
    }),
    forgetRecent: operations.forgetRecent.handler(
      ({ input }) => (forgetRecent(tools.workspace, input.id), {}),
    ),
    reveal: operations.reveal.handler(async () => {
      await shell.openPath(tools.workspace.currentTarget().workspace);
      return {};
    }),
    revealBackups: operations.revealBackups.handler(async () => {
      const folder = tools.backups();
      return folder !== null && existsSync(folder) && (await shell.openPath(folder)) === '';
    }),
  };
}

function updateOperations(tools: ShellTools) {
  const { updates } = tools;
  const operations = shellOperations.updates;
  return {
    check: operations.check.handler(() => (void updates.check(), {})),
    download: operations.download.handler(() => (void updates.download(), {})),
    cancel: operations.cancel.handler(() => (updates.cancel(), {})),
    restart: operations.restart.handler(() => (updates.restart(), {})),
    set: operations.set.handler(({ input }) => (updates.set(input), {})),
    goBack: operations.goBack.handler(({ input: { backup, actor }, context }) => {
      if (backup !== null) return startOrder(tools, { what: 'goBack', id: backup, actor }, context);
      updates.goBack();
      return {};
    }),
  };
}

/** Throws BUSY if the order was not started: another one is running, or the page is outdated. */
function startOrder({ restore }: ShellTools, order: Order, { seatOwner }: Page): Record<string, never> {
  if (restore(order, seatOwner)) return {};
  const message = 'Something else is under way, or the records were opened meanwhile. Nothing was changed.';
  throw new ORPCError('BUSY', { status: 503, message, data: { holder: null } });
}

export function programFacts(): Program {
  const { electron, chrome, node } = process.versions;
  return {
    version: app.getVersion(),
    electron,
    chromium: chrome,
    node,
    system: `${type()} ${release()} (${arch()})`,
  };
}

function createSupportText(workspace: string): string {
  return supportText({
    program: programFacts(),
    logs: [
      { name: 'Program log', file: join(app.getPath('userData'), 'logs', 'main.log') },
      { name: 'Workspace log', file: join(workspace, 'logs', 'frames.log') },
    ],
    crashes: app.getPath('crashDumps'),
    redactions: [
      [workspace, '(workspace)'],
      [basename(workspace), '(workspace)'],
    ],
  });
}

export interface ShellServer {
  serve(port: MessagePortMain, page: Page): void;
  /** Sends an event to one page, or to all if `page` is omitted. */
  send(event: ShellEvent, page?: Page): void;
  listens(page: Page): boolean;
}

export function createShellServer(tools: ShellTools): ShellServer {
  const publisher: Publisher = new EventPublisher();
  const listeningPages = new Set<Page>();
  const handler = new RPCHandler(createRouter(tools, publisher, listeningPages));
  return {
    listens: (page) => listeningPages.has(page),
    serve(port, page) {
      const portAdapter = {
        on: (event: string, callback: (event?: { data: unknown }) => void) =>
          void (event === 'close' ? port.on('close', callback) : port.on('message', callback)),
        postMessage: (data: unknown) => port.postMessage(data),
      };
      handler.upgrade(portAdapter, { context: page });
      port.start();
    },
    send: (event, page) => publisher.publish('event', { event, page }),
  };
}

type Publisher = EventPublisher<{ event: { event: ShellEvent; page: Page | undefined } }>;

function createRouter(tools: ShellTools, publisher: Publisher, listeningPages: Set<Page>) {
  const operations = shellOperations;
  return operations.router({
    chooseFile: operations.chooseFile.handler(async ({ input }) => {
      const path = await askFileToOpen(tools.window(), input.purpose);
      return path === null ? null : await reportDisconnected(grantChosenFile(tools.grants, path));
    }),
    documentCopy: operations.documentCopy.handler(({ input }) =>
      reportDisconnected(grantDocumentCopy(tools.grants, input)),
    ),
    openDocument: operations.openDocument.handler(({ input }) => openDocumentCopy(input.grant)),
    chooseSaveFile: operations.chooseSaveFile.handler(async ({ input }) => {
      const path = await askFileToSave(tools.window(), input.suggested);
      return path === null
        ? null
        : await reportDisconnected(tools.grants.toWrite(withEnding(path, input.suggested)));
    }),
    saveFile: operations.saveFile.handler(async ({ input }) => {
      const path = tools.grants.takeWritable(input.grant);
      if (path === undefined) return false;
      const { workspace } = tools.workspace.currentTarget();
      const window = tools.window();
      const view = window ? () => viewAsPdf(window) : undefined;
      return saveFile(path, input.content, workspace, { assets: tools.assets, view }).then(
        () => true,
        () => false,
      );
    }),
    print: operations.print.handler(() => {
      const window = tools.window();
      return window ? printView(window) : 'cancelled';
    }),
    revealFile: operations.revealFile.handler(({ input }) => {
      const path = tools.grants.pathOf(input.grant);
      if (path === undefined) return false;
      shell.showItemInFolder(path);
      return true;
    }),
    workspace: workspaceOperations(tools),
    setMenu: operations.setMenu.handler(({ input, context }) => {
      // A page that is being replaced can still publish its menus.
      if (context.isCurrent()) tools.setMenu(input, context);
      return {};
    }),
    openWindow: operations.openWindow.handler(({ input }) => (tools.openWindow(input.place), {})),
    about: operations.about.handler(() => programFacts()),
    support: operations.support.handler(() => createSupportText(tools.workspace.currentTarget().workspace)),
    paste: operations.paste.handler(() => (tools.window()?.webContents.paste(), {})),
    openExternal: operations.openExternal.handler(({ input }) => openExternal(input.url, tools.activation)),
    seat: {
      get: operations.seat.get.handler(() => tools.seat()),
      set: operations.seat.set.handler(({ input, context }) => tools.changeSeat(input, context.seatOwner)),
    },
    updates: updateOperations(tools),
    data: { restart: operations.data.restart.handler(() => (tools.restartData(), {})) },
    events: operations.events.handler(async function* ({ context, signal }) {
      const subscription = publisher.subscribe('event', signal ? { signal } : {});
      yield* tools.currentEvents();
      listeningPages.add(context);
      tools.onListening();
      try {
        for await (const { event, page } of subscription)
          if (page === undefined || page === context) yield event;
      } finally {
        listeningPages.delete(context);
      }
    }),
  });
}

async function reportDisconnected<T>(handle: Promise<T>): Promise<T> {
  try {
    return await handle;
  } catch (error) {
    if (!(error instanceof DataUnavailable)) throw error;
    throw new ORPCError('DISCONNECTED', { status: 503, message: error.message });
  }
}
