import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { cancelledError, disconnectedError, isDisconnected } from './failures.ts';
import { openPortLink } from './port-link.ts';
import type { PortLink } from './port-link.ts';

/** Maximum wait of a call for a port, in milliseconds. The shell gives up on a data process much earlier. */
const MAX_WAIT_MS = 30_000;

export interface SwitchboardOptions {
  /** Whether a call can be repeated when its port was lost: true for reads. */
  canRepeat: (path: readonly string[]) => boolean;
  /** Sends what the other side must know before other calls use a new port. */
  greet?: (link: PortLink) => Promise<void>;
  /** Called if the greeting failed: calls on this port reject until `admit` is called. */
  onRefused?: (error: unknown, link: PortLink, admit: () => void) => void;
  onChange?: (state: 'ready' | 'lost') => void;
  /** Receives each answer, from which the client takes the state that the next greeting sends. */
  onAnswer?: (path: readonly string[], output: unknown) => void;
}

export interface Switchboard {
  link: ClientLink<ClientContext>;
  /** Switches to a new port; pending calls on the old one reject. */
  attach(port: MessagePort): Promise<void>;
  /** Sets whether a new port will come without an action of the person. If not, waiting calls reject. */
  setPortExpected(isExpected: boolean): void;
  /** Closes the port and returns to the initial state. */
  reset(): void;
}

interface Waiter {
  resolve: (link: PortLink) => void;
  reject: (error: Error) => void;
}

/**
 * Routes calls to the newest port. Without a port, a call waits for one. If its port closes, a call rejects as DISCONNECTED, or is repeated
 * once on the next port if it only reads.
 */
export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  let activeLink: PortLink | undefined;
  let newestLink: PortLink | undefined;
  let isPortExpected = true;
  const waiters = new Set<Waiter>();

  async function attach(port: MessagePort): Promise<void> {
    newestLink?.close();
    const newLink = openPortLink(port, () => {
      if (activeLink === newLink) activeLink = undefined;
      if (newestLink === newLink) options.onChange?.('lost');
    });
    newestLink = newLink;
    try {
      await options.greet?.(newLink);
    } catch (error) {
      if (newLink.closed) return;
      setPortExpected(false);
      options.onRefused?.(error, newLink, () => admit(newLink));
      return;
    }
    admit(newLink);
  }

  function admit(newLink: PortLink): void {
    if (newLink.closed) return;
    activeLink = newLink;
    isPortExpected = true;
    options.onChange?.('ready');
    for (const { resolve } of waiters) resolve(newLink);
  }

  function setPortExpected(isExpected: boolean): void {
    isPortExpected = isExpected;
    if (isExpected) return;
    for (const { reject } of waiters) reject(disconnectedError());
  }

  function nextLink(signal: AbortSignal | undefined): Promise<PortLink> {
    if (activeLink) return Promise.resolve(activeLink);
    if (!isPortExpected) return Promise.reject(disconnectedError());
    return new Promise<PortLink>((resolve, reject) => {
      const cleanUp = (): void => {
        waiters.delete(waiter);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        resolve: (link) => (cleanUp(), resolve(link)),
        reject: (error) => (cleanUp(), reject(error)),
      };
      const onAbort = (): void => waiter.reject(cancelledError());
      const timer = setTimeout(() => waiter.reject(disconnectedError()), MAX_WAIT_MS);
      signal?.addEventListener('abort', onAbort, { once: true });
      waiters.add(waiter);
    });
  }

  async function callOnce(
    path: readonly string[],
    input: unknown,
    callOptions: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    if (callOptions.signal?.aborted) throw cancelledError();
    const output = await (await nextLink(callOptions.signal)).call(path, input, callOptions);
    options.onAnswer?.(path, output);
    return output;
  }

  async function call(
    path: readonly string[],
    input: unknown,
    callOptions: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    try {
      return await callOnce(path, input, callOptions);
    } catch (error) {
      if (!isDisconnected(error) || !options.canRepeat(path) || callOptions.signal?.aborted) throw error;
      return callOnce(path, input, callOptions);
    }
  }

  function reset(): void {
    const oldLink = newestLink;
    activeLink = newestLink = undefined;
    isPortExpected = true;
    waiters.clear();
    oldLink?.close();
  }

  return { link: { call }, attach, setPortExpected, reset };
}
