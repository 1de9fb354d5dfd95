import { createORPCClient } from '@orpc/client';
import type { ClientContext, ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';
import { atStart } from './window-state.ts';
import { actorStore } from './actor.ts';
import type { ProfileChooser } from './actor.ts';
import { connectionStore } from './connection.ts';
import { handlePorts } from './ports.ts';
import { onShellEvent } from './shell.ts';
import { createSwitchboard } from './switchboard.ts';
import { recordFailures } from './failed-writes.ts';

type Client = ContractRouterClient<Contract>;

type OperationName = {
  [Group in keyof Contract]: `${Group}.${keyof Contract[Group] & string}`;
}[keyof Contract];

/** Operations that change no record and answer at once: safe to repeat if the answer was lost. */
const repeatableOperations: readonly OperationName[] = [
  'workspace.info',
  'workspace.profiles',
  'workspace.profilesOfLive',
  'workspace.actAs',
  'entities.list',
  'entities.get',
  'entities.find',
  'entities.counts',
  'entities.values',
  'entities.lookup',
  'entities.links',
  'entities.related',
  'entities.previewRemoval',
  'history.list',
  'history.changes',
  'history.ofRecord',
  'history.nextSteps',
  'history.steps',
  'documents.ofRecord',
  'documents.text',
  'ask.propose',
  'ask.approvedQuestions',
  'ask.conversations',
  'ask.readConversation',
  'ask.exportConversation',
  'models.list',
  'care.backups',
  'care.warnings',
  'jobs.list',
  'jobs.show',
  'jobs.schedules',
  'sync.status',
  'sync.conflicts',
  'sync.quarantine',
  'administration.listUsers',
  'administration.sessions',
  'administration.serverStatus',
  'administration.backups',
  'administration.backupStatus',
  'administration.changes',
  'administration.signIns',
  'administration.hooks',
];

// Asserted, because the compiler needs many seconds to compare the inferred type with that of all operations.
const createClient = (link: ClientLink<ClientContext>): Client => createORPCClient(link) as unknown as Client;

const switchboard = createSwitchboard({
  canRepeat: (path) => (repeatableOperations as readonly string[]).includes(path.join('.')),
  greet: async (link) => {
    const { profile } = actorStore.getState();
    if (profile !== null) await createClient(link).workspace.actAs({ profile });
  },
  onRefused: (error, link, admit) => {
    const message = error instanceof Error ? error.message : String(error);
    actorStore.setState({ profileChooser: profileChooserOf(createClient(link), admit) });
    const refusal = { code: 'INTERNAL', data: {}, message };
    connectionStore.setState({ state: 'lost', failure: { reason: 'profile', refused: refusal } });
  },
  onAnswer: (path, output) => {
    const operation = path.join('.');
    if (operation === 'workspace.actAs') actorStore.setState({ profile: (output as { id: string }).id });
    if (operation === 'workspace.info' && actorStore.getState().profile === null)
      actorStore.setState({ profile: (output as { actor: { id: string } }).actor.id });
  },
  onChange: (state) => {
    if (state === 'ready') actorStore.setState({ profileChooser: null });
    connectionStore.setState(state === 'ready' ? { state, failure: null } : { state });
  },
});

function profileChooserOf(client: Client, admit: () => void): ProfileChooser {
  return {
    listProfiles: () => client.workspace.profiles({}),
    async actAs(profile) {
      const { id } = await client.workspace.actAs({ profile });
      actorStore.setState({ profile: id });
      admit();
    },
  };
}

atStart(() => {
  switchboard.reset();
  handlePorts('data', (port) => void switchboard.attach(port));

  onShellEvent((event) => {
    if (event.kind !== 'data') return;
    if (event.data.state === 'failed') {
      const { state: _, ...failure } = event.data;
      connectionStore.setState({ state: 'lost', failure });
      switchboard.setPortExpected(false);
    } else if (event.data.state !== 'ready') {
      connectionStore.setState({ failure: null });
      switchboard.setPortExpected(true);
    }
  });
});

/**
 * The contract's client over the port to the data process. The client survives that process: a pending call rejects with code DISCONNECTED
 * (`isDisconnected`). Operations in `repeatableOperations` are repeated once first.
 */
export const api: Client = createClient({
  call: (path, input, options) => recordFailures(switchboard.link.call(path, input, options)),
});
