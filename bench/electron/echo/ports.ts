import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';

export interface Ports {
  data: MessagePort;
  echo: MessagePort;
}

/** Asks `main.mjs` for ports to the data process and to the one that echoes. */
export function connect(): Promise<Ports> {
  const ports: Partial<Ports> = {};
  return new Promise((resolve) => {
    addEventListener('message', ({ data, ports: [port] }: MessageEvent<unknown>) => {
      if (port && (data === 'data' || data === 'echo')) ports[data] = port;
      if (ports.data && ports.echo) resolve(ports as Ports);
    });
    postMessage('connect', '*');
  });
}

export function clientOf(port: MessagePort): ContractRouterClient<Contract> {
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port }));
  port.start();
  return client;
}
