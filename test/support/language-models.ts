import { onTestFinished } from 'vitest';
import type { DisclosureLevel } from '#shared/contract/ask.ts';
import { writeConfiguration } from '#core/language-models/configuration.ts';
import type { StoredModel } from '#core/language-models/configuration.ts';
import { readFacts } from '#core/log/workspace-facts.ts';
import type { Services } from '#core/model/services.ts';
import { startModelServer } from './model-server.ts';
import type { ModelScript, ModelServer } from './model-server.ts';

/** A scripted server that goes when the running test has finished. */
export async function modelServer(script: ModelScript): Promise<ModelServer> {
  const server = await startModelServer(script);
  onTestFinished(() => server.close());
  return server;
}

/** Chooses the model of a server for the open workspace, at that level. */
export function useModel(
  services: Services,
  { url }: Pick<ModelServer, 'url'>,
  level: DisclosureLevel = 'rows',
  given: Partial<StoredModel> = {},
): Promise<void> {
  const model: StoredModel = { id: 'model-1', name: 'Scripted', url, model: 'scripted', key: null, ...given };
  return writeConfiguration(services, {
    models: [model],
    chosen: model.id,
    levels: { [readFacts(services.read).id]: level },
  });
}
