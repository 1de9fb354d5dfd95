import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';
import type { Host } from '#data/host.ts';
import type { DataPort } from '#data/parent.ts';

/** A window's client over a port of Node's own, wrapped as Electron gives it to a utility process. */
export function connectTo(host: Host): ContractRouterClient<Contract> {
  const { port1, port2 } = new MessageChannel();
  const port: DataPort = {
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      event === 'message'
        ? port1.on('message', (data) => listener({ data }))
        : port1.on('close', () => listener({ data: null })),
    postMessage: (message) => port1.postMessage(message),
    start: () => port1.start(),
    close: () => port1.close(),
  };
  host.receive({ kind: 'port' }, [port]);
  const link = new RPCLink({ port: port2 });
  port2.start();
  // As in `renderer/api/client.ts`: without the cast, the compiler compares the types of all operations for seconds.
  return createORPCClient(link) as unknown as ContractRouterClient<Contract>;
}
