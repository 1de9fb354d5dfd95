import { basename, isAbsolute, resolve } from 'node:path';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { ShellGrants } from './grants.ts';
import { NotHandedOver } from './grants.ts';
import { fileURLToPath } from 'node:url';
import { isOpenable, LONGEST_LINK } from '#shared/shell/openings.ts';

export interface Delivery {
  /** Takes what is to be opened; the window hears of it when it can. */
  take(openings: readonly Opening[]): void;
  /** Tells the window what waits, in the order in which it came. To be called whenever that may have become possible. */
  flush(): Promise<void>;
}

export interface DeliveryOptions {
  listening: () => boolean;
  tell: (event: ShellEvent) => void;
  grants: Pick<ShellGrants, 'toRead'>;
}

/** Hands links and files to the window. What comes before a page listens, or while no workspace could take a file, waits. */
export function createDelivery({ listening, tell, grants }: DeliveryOptions): Delivery {
  const waiting: Opening[] = [];
  let running: Promise<void> = Promise.resolve();

  /** The event for it; null when it has to wait. */
  async function eventOf(opening: Opening): Promise<ShellEvent | null> {
    if (opening.kind === 'link') {
      const { link } = opening;
      return isTooLong(link)
        ? { kind: 'unopened', name: 'frames://…', reason: 'link_too_long' }
        : { kind: 'link', link };
    }
    if (opening.kind === 'gone')
      return { kind: 'unopened', name: basename(opening.folder), reason: 'workspace_gone' };
    try {
      const file = await grants.toRead(opening.path);
      if (file) return { kind: 'file', file };
    } catch (error) {
      if (error instanceof NotHandedOver) return null;
      // Whatever else is wrong with it must not keep those behind it waiting.
    }
    return { kind: 'unopened', name: basename(opening.path), reason: 'missing' };
  }

  async function handOver(): Promise<void> {
    for (let first = waiting[0]; first && listening(); first = waiting[0]) {
      const event = await eventOf(first);
      if (!event || !listening()) return;
      waiting.shift();
      tell(event);
    }
  }

  function flush(): Promise<void> {
    running = running.then(handOver);
    return running;
  }

  return {
    take(openings) {
      waiting.push(...openings);
      void flush();
    },
    flush,
  };
}

/**
 * What the system, or a second start, asks to open. A link is only text here: the window reads it, and it can do no more than lead somewhere.
 * `gone` is the workspace that was open last, where its folder is not there any more.
 */
export type Opening =
  | { kind: 'link'; link: string }
  | { kind: 'file'; path: string }
  | { kind: 'gone'; folder: string };

const most = 20;

const valued: ReadonlySet<string> = new Set(['--workspace', '--user-data-dir']);

/**
 * The links and files among a program's arguments. A relative file counts from `folder`, where that start was made. What is neither
 * a link of ours nor called as a file that can be imported is left out.
 */
export function openingsFrom(argv: readonly string[], folder: string): Opening[] {
  const found: Opening[] = [];
  for (let at = 0; at < argv.length && found.length < most; at += 1) {
    const argument = argv[at] ?? '';
    if (valued.has(argument)) at += 1;
    else if (!argument.startsWith('-')) found.push(...openingOf(argument, folder));
  }
  return found;
}

function openingOf(argument: string, folder: string): Opening[] {
  if (/^frames:/i.test(argument)) return [linkOf(argument)];
  const path = /^file:/i.test(argument) ? pathOf(argument) : argument;
  if (path === null || path === '' || !isOpenable(basename(path))) return [];
  return [{ kind: 'file', path: isAbsolute(path) ? path : resolve(folder, path) }];
}

/** A link as it came, without what no link has: line breaks and other controls. */
export function linkOf(text: string): Opening {
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  return { kind: 'link', link: text.replaceAll(/[\u0000-\u001f\u007f]/g, '') };
}

export const isTooLong = (link: string): boolean => link.length > LONGEST_LINK;

function pathOf(address: string): string | null {
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}
