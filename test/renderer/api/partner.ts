import { MessageChannel as NodeChannel } from 'node:worker_threads';
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';

/** The far end of a port, served by the real library, with operations that take as long as a test wants. */
export interface Partner {
  port: MessagePort;
  calls: string[];
  /** Answers what hangs. */
  release: () => void;
  /** As if its process had been killed: the port closes and nothing is answered any more. */
  die: () => void;
}

export function createPartner(name: string): Partner {
  const channel = new NodeChannel();
  const calls: string[] = [];
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const note = <T>(call: string, answer: T): T => (calls.push(call), answer);

  const router = {
    read: os.handler(() => note('read', `read by ${name}`)),
    write: os.handler(async () => (await note('write', gate), `written by ${name}`)),
    hang: os.handler(async () => (await note('hang', gate), `answered by ${name}`)),
    refuse: os.errors({ NOT_FOUND: { message: 'none' } }).handler(({ errors }) => {
      throw errors.NOT_FOUND();
    }),
    steps: os.handler(async function* () {
      yield { kind: 'progress', step: 'reading', done: 1, total: null };
      await note('steps', gate);
      yield { kind: 'result', result: name };
    }),
  };
  new RPCHandler(router).upgrade(channel.port1);
  channel.port1.start();
  return {
    // Node's port is the browser's in all that is used here; happy-dom has none of its own.
    port: channel.port2 as unknown as MessagePort,
    calls,
    release,
    die: () => channel.port1.close(),
  };
}

/** The error of a promise, or a text if it is kept. */
export const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
