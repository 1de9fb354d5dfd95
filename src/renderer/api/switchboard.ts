import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { cancelledError, disconnectedError, isDisconnected } from './failures.ts';
import { openLine } from './line.ts';
import type { Line } from './line.ts';

/** Longest wait of a call for a port, in milliseconds. The shell gives up on a process long before. */
const PATIENCE = 30_000;

export interface SwitchboardOptions {
  /** Whether a call may be repeated when its port was lost: true for reads. */
  mayRepeat: (path: readonly string[]) => boolean;
  /** Sends what the other side must know before other calls use a new port. */
  greet?: (line: Line) => Promise<void>;
  /** The greeting failed: calls on this port reject until `admit` is called. */
  onRefused?: (error: unknown, line: Line, admit: () => void) => void;
  onChange?: (state: 'ready' | 'lost') => void;
  /** Receives each answer, so that the next greeting can repeat its state. */
  onAnswer?: (path: readonly string[], output: unknown) => void;
}

export interface Switchboard {
  link: ClientLink<ClientContext>;
  /** Switches to a new port; pending calls on the old one reject. */
  attach(port: MessagePort): Promise<void>;
  /** False if no new port will come unless the person asks for it: waiting calls then reject. */
  expect(port: boolean): void;
  /** Forgets the port, as before the first one. */
  reset(): void;
}

interface Waiter {
  take: (line: Line) => void;
  fail: (error: Error) => void;
}

/**
 * Routes calls to the newest port. Without a port, a call waits for one. If its port closes, a call rejects as DISCONNECTED, or is repeated
 * once on the next port if it only reads.
 */
export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  let line: Line | undefined;
  let newest: Line | undefined;
  let expected = true;
  const waiting = new Set<Waiter>();

  async function attach(port: MessagePort): Promise<void> {
    newest?.close();
    const next = openLine(port, () => {
      if (line === next) line = undefined;
      if (newest === next) options.onChange?.('lost');
    });
    newest = next;
    try {
      await options.greet?.(next);
    } catch (error) {
      if (next.closed) return;
      expect(false);
      options.onRefused?.(error, next, () => admit(next));
      return;
    }
    admit(next);
  }

  function admit(next: Line): void {
    if (next.closed) return;
    line = next;
    expected = true;
    options.onChange?.('ready');
    for (const { take } of waiting) take(next);
  }

  function expect(port: boolean): void {
    expected = port;
    if (port) return;
    for (const { fail } of waiting) fail(disconnectedError());
  }

  function nextLine(signal: AbortSignal | undefined): Promise<Line> {
    if (line) return Promise.resolve(line);
    if (!expected) return Promise.reject(disconnectedError());
    return new Promise<Line>((resolve, reject) => {
      const done = (): void => {
        waiting.delete(waiter);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        take: (found) => (done(), resolve(found)),
        fail: (error) => (done(), reject(error)),
      };
      const onAbort = (): void => waiter.fail(cancelledError());
      const timer = setTimeout(() => waiter.fail(disconnectedError()), PATIENCE);
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.add(waiter);
    });
  }

  async function once(
    path: readonly string[],
    input: unknown,
    call: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    if (call.signal?.aborted) throw cancelledError();
    const output = await (await nextLine(call.signal)).call(path, input, call);
    options.onAnswer?.(path, output);
    return output;
  }

  async function call(
    path: readonly string[],
    input: unknown,
    call: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    try {
      return await once(path, input, call);
    } catch (error) {
      if (!isDisconnected(error) || !options.mayRepeat(path) || call.signal?.aborted) throw error;
      return once(path, input, call);
    }
  }

  function reset(): void {
    const last = newest;
    line = newest = undefined;
    expected = true;
    waiting.clear();
    last?.close();
  }

  return { link: { call }, attach, expect, reset };
}
