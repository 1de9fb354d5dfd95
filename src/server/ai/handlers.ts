import { configurationFile, configurationFor, gooseExtension } from '#shared/agents/configuration.ts';
import type { AgentConnection } from '#shared/agents/configuration.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { signedIn } from '../procedures.ts';
import { readState } from '../state/handlers.ts';

/** Requests of the budget that an answer costs, because all records are copied. */
const askCost = 20;

export const aiHandlers = {
  goose: signedIn.ai.goose.handler(({ input: { workspace } }) => {
    const connection: AgentConnection = {
      kind: 'stdio',
      command: 'frames',
      args: ['mcp', '--workspace', workspace],
    };
    return {
      file: configurationFile.goose,
      config: configurationFor('goose', connection),
      extensions: { frames: gooseExtension(connection) },
    };
  }),
  ask: signedIn.ai.ask.handler(async ({ input: { prompt }, context }) => {
    const { services, caller, limits } = context;
    if (!services.answerQuestion) throw new ServerFault('NOT_FOUND', {}, 'ask');
    await limits.charge('user', caller.id, askCost);
    const { state } = await readState(context);
    return services.answerQuestion({ state, question: prompt });
  }),
  models: signedIn.ai.models.handler(({ context: { services } }) => ({
    models: [...services.config.models],
  })),
};
