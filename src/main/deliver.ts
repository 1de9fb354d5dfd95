import { basename } from 'node:path';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { ShellGrants } from './grants.ts';
import { isTooLong } from './openings.ts';
import type { Opening } from './openings.ts';
import { NotHandedOver } from './pending-grants.ts';

export interface Delivery {
  /** Takes what is to be opened; the window hears of it when it can. */
  take(openings: readonly Opening[]): void;
  /** Tells the window what waits, in the order in which it came. To be called whenever that may have become possible. */
  flush(): Promise<void>;
}

export interface DeliveryOptions {
  /** Whether a page listens. */
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
