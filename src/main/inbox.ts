import type { App } from 'electron';
import { linkOf, openingsFrom } from './delivery.ts';
import type { Opening } from './delivery.ts';

export const LINK_SCHEME = 'frames';

/** Data that a second start sends to the first, independent of how Chromium rewrites arguments. */
export interface StartArguments {
  argv: readonly string[];
  folder: string;
}

/** Queues links and files from the system until `setHandler` is called. */
export interface Inbox {
  setHandler(handler: (openings: readonly Opening[]) => void): void;
}

/** Collects links and files of every start, and of macOS events, which can arrive before the application is ready. */
export function openInbox(app: App, start: StartArguments): Inbox {
  const queue: Opening[] = openingsFrom(start.argv, start.folder);
  let handler: ((openings: readonly Opening[]) => void) | undefined;
  const receive = (openings: readonly Opening[]): void => {
    if (handler) handler(openings);
    else queue.push(...openings);
  };
  app.on('open-url', (event, link) => {
    event.preventDefault();
    receive([linkOf(link)]);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    // Accepts any file name; the import checks the content.
    receive([{ kind: 'file', path }]);
  });
  app.on('second-instance', (_event, argv, folder, data) => {
    const newStart = parseStart(data) ?? { argv, folder };
    receive(openingsFrom(newStart.argv, newStart.folder));
  });
  return {
    setHandler(newHandler) {
      handler = newHandler;
      newHandler(queue.splice(0));
    },
  };
}

function parseStart(data: unknown): StartArguments | null {
  if (typeof data !== 'object' || data === null) return null;
  const { argv, folder } = data as Partial<Record<keyof StartArguments, unknown>>;
  if (!Array.isArray(argv) || typeof folder !== 'string') return null;
  return { argv: argv.filter((argument) => typeof argument === 'string'), folder };
}

/** Registers the installed program, not a checkout, as the handler of `frames:` links. */
export function registerLinks(app: App): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
}
