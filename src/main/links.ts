import type { App } from 'electron';
import { linkOf, openingsFrom } from './openings.ts';
import type { Opening } from './openings.ts';

/** The scheme of our links. */
export const LINK_SCHEME = 'frames';

/** What a second start tells the first, so that nothing depends on how Chromium rewrites its arguments. */
export interface SecondStart {
  argv: readonly string[];
  folder: string;
}

/** Hears what the system wants opened from the first moment on; until `take` is called it is kept. */
export interface Inbox {
  take(handler: (openings: readonly Opening[]) => void): void;
}

/**
 * Listens for links and files: the arguments of this start, of second ones, and the events of macOS, which may come before the
 * application is ready.
 */
export function openInbox(app: App, start: SecondStart): Inbox {
  const early: Opening[] = openingsFrom(start.argv, start.folder);
  let handler: ((openings: readonly Opening[]) => void) | undefined;
  const hear = (openings: readonly Opening[]): void => {
    if (handler) handler(openings);
    else early.push(...openings);
  };
  app.on('open-url', (event, link) => {
    event.preventDefault();
    hear([linkOf(link)]);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    // Whatever it is called: what it is the import says.
    hear([{ kind: 'file', path }]);
  });
  app.on('second-instance', (_event, argv, folder, told) => {
    const second = asSecondStart(told) ?? { argv, folder };
    hear(openingsFrom(second.argv, second.folder));
  });
  return {
    take(next) {
      handler = next;
      next(early.splice(0));
    },
  };
}

function asSecondStart(told: unknown): SecondStart | null {
  if (typeof told !== 'object' || told === null) return null;
  const { argv, folder } = told as Partial<Record<keyof SecondStart, unknown>>;
  if (!Array.isArray(argv) || typeof folder !== 'string') return null;
  return { argv: argv.filter((argument) => typeof argument === 'string'), folder };
}

/**
 * Tells the system that links of ours are opened by this program. Only an installed one does: on Linux it takes effect with the
 * installer's desktop entry, and a checkout must not take the links of the installed program.
 */
export function registerLinks(app: App): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
}
