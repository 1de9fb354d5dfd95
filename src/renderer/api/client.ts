import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';
import { connection } from './connection.ts';
import type { Line } from './line.ts';
import { takePorts } from './ports.ts';
import { repeatable } from './repeatable.ts';
import { onShellEvent } from './shell.ts';
import { createSwitchboard } from './switchboard.ts';

/** Who acts here; a new data process has to be told again. */
let profile: string | undefined;

const switchboard = createSwitchboard({
  mayRepeat: (path) => repeatable.has(path.join('.')),
  greet: async (line: Line) => {
    if (profile !== undefined) await line.call(['workspace', 'actAs'], { profile }, { context: {} });
  },
  onAnswer: (path, output) => {
    if (path.join('.') === 'workspace.actAs') profile = (output as { id: string }).id;
  },
  onChange: (state) => connection.setState(state === 'ready' ? { state, failure: null } : { state }),
});

takePorts('data', (port) => void switchboard.attach(port));

onShellEvent((event) => {
  if (event.kind !== 'data') return;
  if (event.data.state === 'failed') {
    const { reason, message } = event.data;
    connection.setState({ state: 'lost', failure: { reason, message } });
    switchboard.expect(false);
  } else if (event.data.state !== 'ready') {
    connection.setState({ failure: null });
    switchboard.expect(true);
  }
});

/**
 * Every operation of the contract, over the port to the data process. It survives that process: a call that was under way
 * rejects with code DISCONNECTED (`isDisconnected`), reading is repeated by itself, writing never is.
 */
export const api: ContractRouterClient<Contract> = createORPCClient(switchboard.link);
