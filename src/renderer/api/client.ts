import { createORPCClient } from '@orpc/client';
import type { ClientContext, ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';
import { atStart } from './window-state.ts';
import { actorStore } from './actor.ts';
import type { Door } from './actor.ts';
import { connectionStore } from './connection.ts';
import { takePorts } from './ports.ts';
import { repeatableOperations } from './repeatable.ts';
import { onShellEvent } from './shell.ts';
import { createSwitchboard } from './switchboard.ts';
import { countFailedWrites } from './failed-writes.ts';

type Client = ContractRouterClient<Contract>;

// Asserted, because comparing the inferred type with that of all operations takes the compiler many seconds.
const over = (link: ClientLink<ClientContext>): Client => createORPCClient(link) as unknown as Client;

const switchboard = createSwitchboard({
  mayRepeat: (path) => repeatableOperations.has(path.join('.')),
  greet: async (line) => {
    const { profile } = actorStore.getState();
    if (profile !== null) await over(line).workspace.actAs({ profile });
  },
  onRefused: (error, line, admit) => {
    const message = error instanceof Error ? error.message : String(error);
    actorStore.setState({ door: doorOf(over(line), admit) });
    const refused = { code: 'INTERNAL', data: {}, message };
    connectionStore.setState({ state: 'lost', failure: { reason: 'profile', refused } });
  },
  onAnswer: (path, output) => {
    const operation = path.join('.');
    if (operation === 'workspace.actAs') actorStore.setState({ profile: (output as { id: string }).id });
    if (operation === 'workspace.info' && actorStore.getState().profile === null)
      actorStore.setState({ profile: (output as { actor: { id: string } }).actor.id });
  },
  onChange: (state) => {
    if (state === 'ready') actorStore.setState({ door: null });
    connectionStore.setState(state === 'ready' ? { state, failure: null } : { state });
  },
});

function doorOf(client: Client, admit: () => void): Door {
  return {
    profiles: () => client.workspace.profiles({}),
    async enter(profile) {
      const { id } = await client.workspace.actAs({ profile });
      actorStore.setState({ profile: id });
      admit();
    },
  };
}

atStart(() => {
  switchboard.reset();
  takePorts('data', (port) => void switchboard.attach(port));

  onShellEvent((event) => {
    if (event.kind !== 'data') return;
    if (event.data.state === 'failed') {
      const { state: _, ...failure } = event.data;
      connectionStore.setState({ state: 'lost', failure });
      switchboard.expect(false);
    } else if (event.data.state !== 'ready') {
      connectionStore.setState({ failure: null });
      switchboard.expect(true);
    }
  });
});

/**
 * The contract's client over the port to the data process. It survives that process: a pending call rejects with code DISCONNECTED
 * (`isDisconnected`), reads are retried, writes never.
 */
export const api: Client = over({
  call: (path, input, options) => countFailedWrites(switchboard.link.call(path, input, options)),
});
