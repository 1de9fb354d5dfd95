import { existsSync } from 'node:fs';
import { EventPublisher, ORPCError, implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { dialog, shell } from 'electron';
import type { BrowserWindow, MessagePortMain } from 'electron';
import { shellContract } from '#shared/shell/contract.ts';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { Menus } from '#shared/shell/menu.ts';
import { openableEndings } from '#shared/shell/openings.ts';
import type { Order } from '#shared/shell/process.ts';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import { askBackupsFolder, askFolderOfBackups, chooseWorkspace } from './choose-workspace.ts';
import type { DataWatch } from './data-watch.ts';
import { toChosen } from './grants.ts';
import type { ShellGrants } from './grants.ts';
import { openExternal } from './lockdown.ts';
import { NotHandedOver } from './pending-grants.ts';
import { programFacts } from './program.ts';
import { saveFile } from './save-file.ts';
import { saveFilters, withEnding } from './save-filters.ts';
import { texts } from './texts.ts';
import { forgetRecent, openRecent, turnTo } from './workspace-tools.ts';
import type { WorkspaceTools } from './workspace-tools.ts';

/** What the shell's operations work with. */
export interface ShellTools {
  window: () => BrowserWindow | null;
  grants: ShellGrants;
  seat: () => Seat;
  /** `of` is the id of the workspace whose page asks for it. */
  changeSeat: (patch: SeatPatch, of: string) => Seat;
  setMenu: (model: Menus) => void;
  restartData: () => void;
  /** The folder in which backups lie; null while no workspace is open. */
  backups: () => string | null;
  workspace: WorkspaceTools;
  /** Has something done with the file while nobody has it open, as a restore (false where it is not begun), and gives that up. */
  restore: (order: Order, of: string) => boolean;
  /** Opens the workspace again, and looks in that folder too for backups where it cannot be. */
  pointToBackups: (folder: string) => void;
  cancelRestore: () => void;
  /** Has something done for a workspace that could not be opened. */
  errand: DataWatch<unknown>['errand'];
  /** Hands a file to the next page, once its workspace can take it. */
  bringAlong: (path: string) => void;
  /** How things stand, told to each new listener first. */
  standing: () => ShellEvent[];
  /** Somebody listens who has heard how things stand. */
  onListening: () => void;
}

/** A page as long as it is the one in the window. */
export interface Page {
  /** Id of the workspace that it is of. */
  workspace: string;
  isThere: () => boolean;
}

export interface ShellServer {
  /** Answers the shell contract over a port until it closes, to that page. */
  serve(port: MessagePortMain, page: Page): void;
  /** Tells every window that listens. */
  tell(event: ShellEvent): void;
  /** Whether a window listens. */
  readonly listening: boolean;
}

/** Serves what only the shell can do, typed by its contract, to the pages that main handed a port to. */
export function createShellServer(tools: ShellTools): ShellServer {
  const publisher = new EventPublisher<{ event: ShellEvent }>();
  let listeners = 0;
  const count = (change: 1 | -1): void => void (listeners += change);
  const handler = new RPCHandler(createRouter(tools, publisher, count));
  return {
    get listening() {
      return listeners > 0;
    },
    serve(port, page) {
      const end = {
        on: (event: string, callback: (event?: { data: unknown }) => void) =>
          void (event === 'close' ? port.on('close', callback) : port.on('message', callback)),
        postMessage: (data: unknown) => port.postMessage(data),
      };
      handler.upgrade(end, { context: page });
      port.start();
    },
    tell: (event) => publisher.publish('event', event),
  };
}

function createRouter(
  tools: ShellTools,
  publisher: EventPublisher<{ event: ShellEvent }>,
  count: (change: 1 | -1) => void,
) {
  const on = implement(shellContract).$context<Page>();
  return on.router({
    chooseFile: on.chooseFile.handler(async () => {
      const window = tools.window();
      const options = {
        title: texts().importTitle,
        properties: ['openFile' as const],
        filters: [
          { name: texts().importable, extensions: [...openableEndings] },
          { name: texts().allFiles, extensions: ['*'] },
        ],
      };
      const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
      const [path] = chosen.filePaths;
      return chosen.canceled || path === undefined ? null : await handed(toChosen(tools.grants, path));
    }),
    chooseSaveFile: on.chooseSaveFile.handler(async ({ input }) => {
      const path = await chosenToSave(tools.window(), input.suggested);
      return path === null ? null : await handed(tools.grants.toWrite(withEnding(path, input.suggested)));
    }),
    saveFile: on.saveFile.handler(async ({ input }) => {
      const path = tools.grants.takeWritable(input.grant);
      if (path === undefined) return false;
      return saveFile(path, input.content, tools.workspace.current().workspace).then(
        () => true,
        () => false,
      );
    }),
    revealFile: on.revealFile.handler(({ input }) => {
      const path = tools.grants.pathOf(input.grant);
      if (path === undefined) return false;
      shell.showItemInFolder(path);
      return true;
    }),
    workspace: {
      choose: on.workspace.choose.handler(async ({ input }) => {
        const before = tools.workspace.current().workspace;
        const choice = await chooseWorkspace(tools.workspace, input.which);
        const path = input.file === undefined ? undefined : tools.grants.pathOf(input.file);
        const isOther = tools.workspace.current().workspace !== before;
        if (isOther && path !== undefined) tools.bringAlong(path);
        return choice;
      }),
      openRecent: on.workspace.openRecent.handler(({ input }) => openRecent(tools.workspace, input.id)),
      turn: on.workspace.turn.handler(({ input }) => turnTo(tools.workspace, input, input.link)),
      restore: on.workspace.restore.handler(({ input, context }) =>
        begun(tools.restore({ what: 'restore', ...input }, context.workspace)),
      ),
      pointToBackups: on.workspace.pointToBackups.handler(async () => {
        const folder = await askFolderOfBackups(tools.window());
        if (folder !== null) tools.pointToBackups(folder);
        return folder !== null;
      }),
      salvage: on.workspace.salvage.handler(({ input, context }) =>
        begun(tools.restore({ what: 'salvage', ...input }, context.workspace)),
      ),
      accept: on.workspace.accept.handler(({ input, context }) =>
        begun(tools.restore({ what: 'accept', ...input }, context.workspace)),
      ),
      setLogAside: on.workspace.setLogAside.handler(({ input, context }) =>
        begun(tools.restore({ what: 'aside', ...input }, context.workspace)),
      ),
      reset: on.workspace.reset.handler(({ input, context }) =>
        begun(tools.restore({ what: 'reset', ...input }, context.workspace)),
      ),
      vacuum: on.workspace.vacuum.handler(({ input, context }) =>
        begun(tools.restore({ what: 'vacuum', ...input }, context.workspace)),
      ),
      placeBackups: on.workspace.placeBackups.handler(async ({ input: { usual, actor }, context }) => {
        const into = usual ? null : await askBackupsFolder(tools.window());
        if (!usual && into === null) return false;
        begun(tools.restore({ what: 'place', into, actor }, context.workspace));
        return true;
      }),
      cancelRestore: on.workspace.cancelRestore.handler(() => (tools.cancelRestore(), {})),
      supportCopy: on.workspace.supportCopy.handler(async ({ input }) => {
        const chosen = await chosenToSave(tools.window(), input.suggested);
        if (chosen === null) return { path: null, problem: null };
        const path = withEnding(chosen, input.suggested);
        return { path, problem: (await tools.errand({ kind: 'supportCopy', path })).problem };
      }),
      lookAtSalvage: on.workspace.lookAtSalvage.handler(async ({ input }) => {
        const { problem, sandbox } = await tools.errand({ kind: 'look', name: input.name });
        if (sandbox !== null) turnTo(tools.workspace, { sandbox }, undefined);
        return { problem };
      }),
      forgetRecent: on.workspace.forgetRecent.handler(
        ({ input }) => (forgetRecent(tools.workspace, input.id), {}),
      ),
      reveal: on.workspace.reveal.handler(async () => {
        await shell.openPath(tools.workspace.current().workspace);
        return {};
      }),
      revealBackups: on.workspace.revealBackups.handler(async () => {
        const folder = tools.backups();
        return folder !== null && existsSync(folder) && (await shell.openPath(folder)) === '';
      }),
    },
    setMenu: on.setMenu.handler(({ input, context }) => {
      // A page that is about to go may say what it can do until the last moment.
      if (context.isThere()) tools.setMenu(input);
      return {};
    }),
    about: on.about.handler(() => programFacts()),
    paste: on.paste.handler(() => (tools.window()?.webContents.paste(), {})),
    openExternal: on.openExternal.handler(({ input }) => openExternal(input.url)),
    seat: {
      get: on.seat.get.handler(() => tools.seat()),
      set: on.seat.set.handler(({ input, context }) => tools.changeSeat(input, context.workspace)),
    },
    data: { restart: on.data.restart.handler(() => (tools.restartData(), {})) },
    events: on.events.handler(async function* ({ signal }) {
      const news = publisher.subscribe('event', signal ? { signal } : {});
      yield* tools.standing();
      count(1);
      tools.onListening();
      try {
        yield* news;
      } finally {
        count(-1);
      }
    }),
  });
}

/** What was ordered goes on. Throws BUSY where it was not begun: something else goes on, or the records are not open in that page any more. */
function begun(isBegun: boolean): Record<string, never> {
  if (isBegun) return {};
  const message = 'Something else is under way, or the records were opened meanwhile. Nothing was changed.';
  throw new ORPCError('BUSY', { status: 503, message, data: { holder: null } });
}

/** To the window a data process that cannot take a file is one that cannot be reached. */
async function handed<T>(handle: Promise<T>): Promise<T> {
  try {
    return await handle;
  } catch (error) {
    if (!(error instanceof NotHandedOver)) throw error;
    throw new ORPCError('DISCONNECTED', { status: 503, message: error.message });
  }
}

/** What a window suggests is a name and cannot choose a folder. */
const fileNameOnly = (suggested: string): string => suggested.replaceAll(/[/\\:\0]/g, '-');

/** Asks where to write a file of that name; null where the person gave it up. */
async function chosenToSave(window: BrowserWindow | null, suggested: string): Promise<string | null> {
  const options = {
    title: texts().exportTitle,
    defaultPath: fileNameOnly(suggested),
    filters: saveFilters(suggested),
    // Elsewhere the system's dialog asks by itself.
    properties: ['showOverwriteConfirmation' as const],
  };
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}
