import { ORPCError, mapEventIterator } from '@orpc/client';
import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { cancelledError, disconnectedError } from './failures.ts';

export interface PortLink extends ClientLink<ClientContext> {
  readonly closed: boolean;
  close(): void;
}

/**
 * Makes calls over a port and rejects them as DISCONNECTED when it closes. The library alone never settles a call that starts while the
 * other side dies, and reports the other pending calls as cancelled.
 */
export function openPortLink(port: MessagePort, onClose: () => void): PortLink {
  const pending = new Set<(error: Error) => void>();
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const reject of pending) reject(disconnectedError());
    pending.clear();
    port.close();
    onClose();
  };
  // Added before the library's own listener, so that `closed` is set when the library rejects pending calls.
  port.addEventListener('close', close);
  const link = new RPCLink<ClientContext>({ port });
  port.start();

  const translateError = (error: unknown, signal: AbortSignal | undefined): unknown => {
    if (error instanceof ORPCError) return error;
    if (closed) return disconnectedError();
    return signal?.aborted ? cancelledError() : error;
  };

  async function call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    if (closed) throw disconnectedError();
    let rejectCall: ((error: Error) => void) | undefined;
    try {
      const output = await new Promise<unknown>((resolve, reject) => {
        rejectCall = reject;
        pending.add(reject);
        link.call(path, input, options).then(resolve, reject);
      });
      return isStream(output) ? translateStream(output, options.signal) : output;
    } catch (error) {
      throw translateError(error, options.signal);
    } finally {
      if (rejectCall) pending.delete(rejectCall);
    }
  }

  function translateStream(
    stream: AsyncIterator<unknown, unknown, void>,
    signal: AbortSignal | undefined,
  ): unknown {
    return mapEventIterator(stream, {
      value: async (value: unknown) => value,
      error: async (error) => translateError(error, signal),
    });
  }

  return {
    get closed() {
      return closed;
    },
    close,
    call,
  };
}

function isStream(value: unknown): value is AsyncIterator<unknown, unknown, void> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
