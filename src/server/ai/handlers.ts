import { configurationFile, configurationFor, gooseExtension } from '#shared/agents/configuration.ts';
import type { AgentConnection } from '#shared/agents/configuration.ts';
import { signedIn } from '../procedures.ts';

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
  models: signedIn.ai.models.handler(({ context: { services } }) => ({
    models: [...services.config.models],
  })),
};
