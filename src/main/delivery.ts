import { basename, isAbsolute, resolve } from 'node:path';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { ShellGrants } from './grants.ts';
import { DataUnavailable } from './grants.ts';
import { fileURLToPath } from 'node:url';
import { isOpenable, MAX_LINK_LENGTH } from '#shared/shell/openings.ts';

export interface Delivery {
  /** Queues openings and delivers them as soon as possible. */
  add(openings: readonly Opening[]): void;
  /** Delivers queued openings in order. Call after each change that can make delivery possible. */
  flush(): Promise<void>;
}

export interface DeliveryOptions {
  isListening: () => boolean;
  send: (event: ShellEvent) => void;
  grants: Pick<ShellGrants, 'toRead'>;
}

/** Delivers links and files to the window, once a page listens and, for files, a workspace is open. */
export function createDelivery({ isListening, send, grants }: DeliveryOptions): Delivery {
  const queue: Opening[] = [];
  let lastDelivery: Promise<void> = Promise.resolve();

  /** Null if the opening must wait. */
  async function eventOf(opening: Opening): Promise<ShellEvent | null> {
    if (opening.kind === 'link') {
      const { link } = opening;
      return isTooLong(link)
        ? { kind: 'unopened', name: 'frames://…', reason: 'link_too_long' }
        : { kind: 'link', link };
    }
    if (opening.kind === 'missingWorkspace')
      return { kind: 'unopened', name: basename(opening.folder), reason: 'workspace_gone' };
    try {
      const file = await grants.toRead(opening.path);
      if (file) return { kind: 'file', file };
    } catch (error) {
      if (error instanceof DataUnavailable) return null;
      // Any other error must not block the rest of the queue.
    }
    return { kind: 'unopened', name: basename(opening.path), reason: 'missing' };
  }

  async function deliverQueue(): Promise<void> {
    for (let opening = queue[0]; opening && isListening(); opening = queue[0]) {
      const event = await eventOf(opening);
      if (!event || !isListening()) return;
      queue.shift();
      send(event);
    }
  }

  function flush(): Promise<void> {
    lastDelivery = lastDelivery.then(deliverQueue);
    return lastDelivery;
  }

  return {
    add(openings) {
      queue.push(...openings);
      void flush();
    },
    flush,
  };
}

/** A request from the system or a second start. A link is untrusted and can only navigate. */
export type Opening =
  | { kind: 'link'; link: string }
  | { kind: 'file'; path: string }
  | { kind: 'missingWorkspace'; folder: string };

const maxOpenings = 20;

const switchesWithValue: ReadonlySet<string> = new Set(['--workspace', '--user-data-dir']);

/** The links and importable files among the arguments. Relative paths resolve against `folder`. */
export function openingsFrom(argv: readonly string[], folder: string): Opening[] {
  const openings: Opening[] = [];
  for (let index = 0; index < argv.length && openings.length < maxOpenings; index += 1) {
    const argument = argv[index] ?? '';
    if (switchesWithValue.has(argument)) index += 1;
    else if (!argument.startsWith('-')) openings.push(...openingOf(argument, folder));
  }
  return openings;
}

function openingOf(argument: string, folder: string): Opening[] {
  if (/^frames:/i.test(argument)) return [linkOf(argument)];
  const path = /^file:/i.test(argument) ? pathOf(argument) : argument;
  if (path === null || path === '' || !isOpenable(basename(path))) return [];
  return [{ kind: 'file', path: isAbsolute(path) ? path : resolve(folder, path) }];
}

/** Removes line breaks and other control characters, which no valid link contains. */
export function linkOf(text: string): Opening {
  // oxlint-disable-next-line no-control-regex -- control characters are removed on purpose
  return { kind: 'link', link: text.replaceAll(/[\u0000-\u001f\u007f]/g, '') };
}

export const isTooLong = (link: string): boolean => link.length > MAX_LINK_LENGTH;

function pathOf(address: string): string | null {
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}
