import { configurationFile, configurationFor, gooseExtension } from '#shared/agents/configuration.ts';
import type { Door } from '#shared/agents/configuration.ts';
import { signedIn } from '../procedures.ts';

export const aiHandlers = {
  goose: signedIn.ai.goose.handler(({ input: { workspace } }) => {
    const door: Door = { kind: 'stdio', command: 'frames', args: ['mcp', '--workspace', workspace] };
    return {
      file: configurationFile.goose,
      config: configurationFor('goose', door),
      extensions: { frames: gooseExtension(door) },
    };
  }),
  models: signedIn.ai.models.handler(({ context: { services } }) => ({
    models: [...services.config.models],
  })),
};
