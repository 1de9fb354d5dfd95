import { EventPublisher, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { shell } from 'electron';
import type { MessagePortMain } from 'electron';
import type { ShellEvent } from '#shared/shell/events.ts';
import { chosenToOpen, chosenToSave } from './choose-file.ts';
import { toChosen } from './grants.ts';
import { openExternal } from './lockdown.ts';
import { NotHandedOver } from './pending-grants.ts';
import { programFacts } from './program.ts';
import { saveFile } from './save-file.ts';
import { withEnding } from './save-filters.ts';
import { shellOperations } from './shell-tools.ts';
import type { Page, ShellTools } from './shell-tools.ts';
import { workspaceOperations } from './workspace-operations.ts';

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
  const on = shellOperations;
  return on.router({
    chooseFile: on.chooseFile.handler(async () => {
      const path = await chosenToOpen(tools.window());
      return path === null ? null : await handed(toChosen(tools.grants, path));
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
    workspace: workspaceOperations(tools),
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

/** To the window a data process that cannot take a file is one that cannot be reached. */
async function handed<T>(handle: Promise<T>): Promise<T> {
  try {
    return await handle;
  } catch (error) {
    if (!(error instanceof NotHandedOver)) throw error;
    throw new ORPCError('DISCONNECTED', { status: 503, message: error.message });
  }
}
