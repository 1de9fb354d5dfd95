import { EventPublisher, ORPCError, implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { dialog, shell } from 'electron';
import type { BrowserWindow, MessagePortMain } from 'electron';
import { shellContract } from '#shared/shell/contract.ts';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { Menus } from '#shared/shell/menu.ts';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import type { WorkspaceTools } from './choose-workspace.ts';
import type { ShellGrants } from './grants.ts';
import { openExternal } from './lockdown.ts';
import { NotHandedOver } from './pending-grants.ts';
import { texts } from './texts.ts';

/** What the shell's operations work with. */
export interface ShellTools {
  window: () => BrowserWindow | null;
  grants: ShellGrants;
  seat: () => Seat;
  changeSeat: (patch: SeatPatch) => Seat;
  setMenu: (model: Menus) => void;
  restartData: () => void;
  workspace: WorkspaceTools;
  /** How things stand, told to each new listener first. */
  standing: () => ShellEvent[];
}

export interface ShellServer {
  /** Answers the shell contract over a port until it closes. */
  serve(port: MessagePortMain): void;
  /** Tells every window that listens. */
  tell(event: ShellEvent): void;
}

/** Serves what only the shell can do, typed by its contract, to the pages that main handed a port to. */
export function createShellServer(tools: ShellTools): ShellServer {
  const publisher = new EventPublisher<{ event: ShellEvent }>();
  const handler = new RPCHandler(createRouter(tools, publisher));
  return {
    serve(port) {
      handler.upgrade({
        on: (event: string, callback: (event?: { data: unknown }) => void) =>
          void (event === 'close' ? port.on('close', callback) : port.on('message', callback)),
        postMessage: (data: unknown) => port.postMessage(data),
      });
      port.start();
    },
    tell: (event) => publisher.publish('event', event),
  };
}

function createRouter(tools: ShellTools, publisher: EventPublisher<{ event: ShellEvent }>) {
  const on = implement(shellContract);
  return on.router({
    chooseFile: on.chooseFile.handler(async () => {
      const window = tools.window();
      const options = {
        title: texts.importTitle,
        properties: ['openFile' as const],
        filters: [
          { name: texts.framesData, extensions: ['json'] },
          { name: texts.allFiles, extensions: ['*'] },
        ],
      };
      const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
      const [path] = chosen.filePaths;
      return chosen.canceled || path === undefined ? null : await handed(tools.grants.toRead(path));
    }),
    chooseSaveFile: on.chooseSaveFile.handler(async ({ input }) => {
      const window = tools.window();
      const options = {
        title: texts.exportTitle,
        defaultPath: fileNameOnly(input.suggested),
        filters: [{ name: texts.framesData, extensions: ['json'] }],
      };
      const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      return chosen.canceled || chosen.filePath === ''
        ? null
        : await handed(tools.grants.toWrite(chosen.filePath));
    }),
    revealFile: on.revealFile.handler(({ input }) => {
      const path = tools.grants.pathOf(input.grant);
      if (path === undefined) return false;
      shell.showItemInFolder(path);
      return true;
    }),
    workspace: {
      choose: on.workspace.choose.handler(({ input }) => chooseWorkspace(tools.workspace, input.which)),
      reveal: on.workspace.reveal.handler(async () => {
        await shell.openPath(tools.workspace.current().workspace);
        return {};
      }),
    },
    setMenu: on.setMenu.handler(({ input }) => (tools.setMenu(input), {})),
    openExternal: on.openExternal.handler(({ input }) => openExternal(input.url)),
    seat: {
      get: on.seat.get.handler(() => tools.seat()),
      set: on.seat.set.handler(({ input }) => tools.changeSeat(input)),
    },
    data: { restart: on.data.restart.handler(() => (tools.restartData(), {})) },
    events: on.events.handler(async function* ({ signal }) {
      const news = publisher.subscribe('event', signal ? { signal } : {});
      yield* tools.standing();
      yield* news;
    }),
  });
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
