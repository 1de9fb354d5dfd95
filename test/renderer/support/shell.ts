import { MessageChannel as NodeChannel } from 'node:worker_threads';
import { EventPublisher, implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { onTestFinished } from 'vitest';
import { shellContract } from '#shared/shell/contract.ts';
import type { FileContent, FileHandle } from '#shared/shell/files.ts';
import type { ShellEvent } from '#shared/shell/events.ts';

/** What the window has the shell do with the closed file, in order. */
export interface ServedShell {
  asked: unknown[];
  /** What it has the shell write to files, each chosen at once. */
  saved: FileContent[];
  tell: (event: ShellEvent) => void;
}

/** The far end of the shell's port, which main is in the program: it hears what is asked, and tells the window of what happens. `chosen` are the files that are chosen, one each time; null is Cancel. Call it after `serveCore`. */
export async function serveShell(chosen: readonly (FileHandle | null)[] = []): Promise<ServedShell> {
  const files = [...chosen];
  const asked: unknown[] = [];
  const saved: FileContent[] = [];
  const publisher = new EventPublisher<{ event: ShellEvent }>();
  const on = implement(shellContract);
  let listening = (): void => {};
  const heard = new Promise<void>((resolve) => (listening = resolve));
  const note = (what: string, input: object): void => void asked.push({ what, ...input });
  const router = {
    workspace: {
      reveal: on.workspace.reveal.handler(() => (note('reveal', {}), {})),
      turn: on.workspace.turn.handler(({ input }) => (note('turn', input), true)),
      vacuum: on.workspace.vacuum.handler(({ input }) => (note('vacuum', input), {})),
      placeBackups: on.workspace.placeBackups.handler(({ input }) => (note('place', input), true)),
    },
    chooseFile: on.chooseFile.handler(() => files.shift() ?? null),
    chooseSaveFile: on.chooseSaveFile.handler(({ input }) => ({ grant: 'save', name: input.suggested })),
    saveFile: on.saveFile.handler(({ input }) => saved.push(input.content) > 0),
    events: on.events.handler(async function* ({ signal }) {
      const news = publisher.subscribe('event', signal ? { signal } : {});
      listening();
      yield* news;
    }),
  };
  const channel = new NodeChannel();
  new RPCHandler(router).upgrade(channel.port1);
  channel.port1.start();
  onTestFinished(() => channel.port1.close());
  const message = new Event('message');
  Object.assign(message, { data: { frames: 'port', port: 'shell' }, ports: [channel.port2] });
  Object.defineProperty(message, 'source', { value: window });
  window.dispatchEvent(message);
  await heard;
  return { asked, saved, tell: (event) => publisher.publish('event', event) };
}
