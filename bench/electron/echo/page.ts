import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';

interface Ports {
  data: MessagePort;
  echo: MessagePort;
}

function connect(): Promise<Ports> {
  const ports: Partial<Ports> = {};
  return new Promise((resolve) => {
    addEventListener('message', ({ data, ports: [port] }: MessageEvent<unknown>) => {
      if (port && (data === 'data' || data === 'echo')) ports[data] = port;
      if (ports.data && ports.echo) resolve(ports as Ports);
    });
    postMessage('connect', '*');
  });
}

/** The page's clock has steps of 100 µs: a block of ten calls is timed as one. Returns milliseconds of one call, the median of the blocks. */
async function perCall(call: () => Promise<unknown>, blocks: number): Promise<number> {
  const times: number[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const begin = performance.now();
    for (let n = 0; n < 10; n += 1) await call();
    times.push((performance.now() - begin) / 10);
  }
  return times.toSorted((a, b) => a - b)[blocks >> 1] as number;
}

/** Measures `rounds` pairs of a real call and a bare echo. Called by the bench from outside the page. */
async function measure(rounds: number): Promise<{ call: number; echo: number }[]> {
  const { data, echo } = await connect();
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: data }));
  data.start();
  let answered: () => void = () => {};
  echo.addEventListener('message', () => answered());
  echo.start();
  const bounce = (): Promise<void> =>
    new Promise((resolve) => {
      answered = resolve;
      echo.postMessage({ id: 1, text: 'workspace.profiles' });
    });
  const figures: { call: number; echo: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const one = await perCall(() => client.workspace.profiles({}), 30);
    const other = await perCall(bounce, 30);
    if (round >= 0) figures.push({ call: one, echo: other });
  }
  return figures;
}

Object.assign(globalThis, { measureRoundTrips: measure });
