import { MessageChannel as NodeChannel } from 'node:worker_threads';
import { RPCHandler } from '@orpc/server/message-port';
import { onTestFinished } from 'vitest';
import { actorStore } from '#renderer/api/actor.ts';
import { listenForPorts } from '#renderer/api/ports.ts';
import { atStart } from '#renderer/api/window-state.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestOptions, TestWorkspace } from '#test/support/workspace.ts';

let listening: boolean;
atStart(() => (listening = false));

export interface Served {
  workspace: TestWorkspace;
  /** As if the data process had been killed: its port closes and nothing is answered any more. */
  die: () => void;
  /** The next data process on the same workspace. */
  revive: () => void;
  /** The data process that has something else of the workspace open, as a moment: the window turned there. */
  serve: (core: TestWorkspace['core']) => void;
}

/** Serves a workspace of its own, through a real port, to the window's client; as the preload hands the port over. */
export async function serveCore(options: TestOptions = {}): Promise<Served> {
  const workspace = await testWorkspace(options);
  // Another workspace has other profiles: who acted in the test before is nobody here.
  actorStore.setState({ profile: null, profileChooser: null });
  if (!listening) listenForPorts();
  listening = true;
  let close = (): void => {};
  const serve = (core = workspace.core): void => {
    close();
    const channel = new NodeChannel();
    new RPCHandler(core.router).upgrade(channel.port1, { context: core.context(core.session()) });
    channel.port1.start();
    close = () => channel.port1.close();
    const message = new Event('message');
    Object.assign(message, { data: { frames: 'port', port: 'data' }, ports: [channel.port2] });
    // A message from the page itself: that is how the preload hands ports on.
    Object.defineProperty(message, 'source', { value: window });
    window.dispatchEvent(message);
  };
  serve();
  onTestFinished(() => {
    close();
    queryClient.clear();
  });
  return { workspace, die: () => close(), revive: () => serve(), serve };
}
