import type { ClientLink, ClientOptions } from '@orpc/client';
import { cancelled, disconnected, isDisconnected } from './failures.ts';
import { type Context, type Line, openLine } from './line.ts';

/** Longest wait of a call for a first or a new port, in milliseconds. The shell gives up on a process long before. */
const PATIENCE = 30_000;

export interface SwitchboardOptions {
  /** Whether a call may be made a second time when its line was lost: true for what only reads. */
  mayRepeat: (path: readonly string[]) => boolean;
  /** Says once more what the other side must know, before anything else goes over a new line. */
  greet?: (line: Line) => Promise<void>;
  onChange?: (state: 'ready' | 'lost') => void;
  /** Sees each answer, so that the next greeting can repeat what it stands for. */
  onAnswer?: (path: readonly string[], output: unknown) => void;
}

/** A link that outlives its ports. */
export interface Switchboard {
  link: ClientLink<Context>;
  /** Goes on with a new port; what is under way on the old one rejects. */
  attach(port: MessagePort): Promise<void>;
  /** Nobody will send a new port unless the person asks for it: what waits for one rejects. */
  giveUp(): void;
}

/**
 * Puts calls through to the newest port. A call without a port waits for one; a call whose port closes rejects as
 * DISCONNECTED, and is made once more on the next port when it only reads.
 */
export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  let line: Line | undefined;
  let newest: Line | undefined;
  const waiting = new Set<{ resolve: (line: Line) => void; reject: (error: Error) => void }>();

  async function attach(port: MessagePort): Promise<void> {
    newest?.close();
    const next = openLine(port, () => {
      if (line === next) line = undefined;
      if (newest === next) options.onChange?.('lost');
    });
    newest = next;
    await options.greet?.(next).catch(() => {});
    if (next.closed) return;
    line = next;
    options.onChange?.('ready');
    for (const { resolve } of waiting) resolve(next);
    waiting.clear();
  }

  function giveUp(): void {
    for (const { reject } of waiting) reject(disconnected());
    waiting.clear();
  }

  function nextLine(signal: AbortSignal | undefined): Promise<Line> {
    if (line) return Promise.resolve(line);
    return new Promise<Line>((resolve, reject) => {
      const entry = { resolve, reject };
      const stop = (error: Error): void => {
        waiting.delete(entry);
        reject(error);
      };
      const timer = setTimeout(() => stop(disconnected()), PATIENCE);
      const onAbort = (): void => stop(cancelled());
      signal?.addEventListener('abort', onAbort, { once: true });
      const tidy = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      entry.resolve = (found) => (tidy(), resolve(found));
      entry.reject = (error) => (tidy(), reject(error));
      waiting.add(entry);
    });
  }

  async function once(path: readonly string[], input: unknown, call: ClientOptions<Context>): Promise<unknown> {
    if (call.signal?.aborted) throw cancelled();
    const output = await (await nextLine(call.signal)).call(path, input, call);
    options.onAnswer?.(path, output);
    return output;
  }

  async function call(path: readonly string[], input: unknown, call: ClientOptions<Context>): Promise<unknown> {
    try {
      return await once(path, input, call);
    } catch (error) {
      if (!isDisconnected(error) || !options.mayRepeat(path) || call.signal?.aborted) throw error;
      return once(path, input, call);
    }
  }

  return { link: { call }, attach, giveUp };
}
