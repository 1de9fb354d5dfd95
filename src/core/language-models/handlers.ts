import { issueOf } from '#shared/texts/issues.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { LanguageModel, LanguageModels } from '#shared/contract/language-models.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import type { Services } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { breakerOf, resetBreaker } from './circuit-breaker.ts';
import { testModel } from './client.ts';
import { changeConfiguration, isLocal, levelOf, readConfiguration } from './configuration.ts';
import type { Configuration, StoredModel } from './configuration.ts';
import { discoverServers, defaultPorts } from './discover.ts';
import { processEnvironment } from '#shared/domain/environment.ts';

const os = operationBuilder.models;

export const languageModelHandlers = {
  list: os.list.handler(async ({ context: { services } }) => {
    const configuration = await readConfiguration(services);
    return overviewOf(configuration, services);
  }),
  add: os.add.handler(async ({ input, context: { services } }) => {
    const model: StoredModel = { ...input, id: services.source.ids.uuid(), url: normalizeUrl(input.url) };
    await changeConfiguration(services, (before) => {
      validateModel(model, before);
      return { ...before, models: [...before.models, model], chosen: before.chosen ?? model.id };
    });
    return describeModel(model, services);
  }),
  update: os.update.handler(async ({ input, context: { services } }) => {
    const { models } = await changeConfiguration(services, (before) => {
      const stored = findModel(before, input.id);
      const url = input.url === undefined ? stored.url : normalizeUrl(input.url);
      const key = url === stored.url ? stored.key : null;
      const { name = stored.name, model = stored.model } = input;
      const next = { id: stored.id, name, url, model, key: input.key === undefined ? key : input.key };
      validateModel(next, before);
      return { ...before, models: before.models.map((entry) => (entry === stored ? next : entry)) };
    });
    resetBreaker(services, input.id);
    return describeModel(findModel({ models }, input.id), services);
  }),
  remove: os.remove.handler(async ({ input, context: { services } }) => {
    const next = await changeConfiguration(services, (before) => {
      const stored = findModel(before, input.id);
      const models = before.models.filter((entry) => entry !== stored);
      return { ...before, models, chosen: before.chosen === stored.id ? null : before.chosen };
    });
    resetBreaker(services, input.id);
    return overviewOf(next, services);
  }),
  choose: os.choose.handler(async ({ input, context: { services } }) => {
    const next = await changeConfiguration(services, (before) => ({
      ...before,
      chosen: input.id === null ? null : findModel(before, input.id).id,
    }));
    return overviewOf(next, services);
  }),
  setLevel: os.setLevel.handler(async ({ input, context: { services } }) => {
    const workspace = readFacts(services.home.read).id;
    const next = await changeConfiguration(services, (before) => ({
      ...before,
      levels: { ...before.levels, [workspace]: input.level },
    }));
    return overviewOf(next, services);
  }),
  discover: os.discover.handler(async ({ context: { services }, signal }) => ({
    servers: await services.background.run(
      (combinedSignal) => discoverServers(services.http, defaultPorts(processEnvironment()), combinedSignal),
      signal,
    ),
  })),
  test: os.test.handler(async ({ input, context: { services }, signal }) => {
    const model = findModel(await readConfiguration(services), input.id);
    return {
      ms: await services.background.run(
        (combinedSignal) => testModel(services, model, combinedSignal),
        signal,
      ),
    };
  }),
};

const overviewOf = (configuration: Configuration, services: Services): LanguageModels => ({
  models: configuration.models.map((model) => describeModel(model, services)),
  chosen: configuration.chosen,
  level: levelOf(configuration, services),
  lasting: services.secrets.isPersistent,
});

function describeModel(stored: StoredModel, services: Services): LanguageModel {
  const { id, name, url, model, key } = stored;
  const breaker = { seconds: null, ...breakerOf(services, id).state };
  return { id, name, url, model, is_local: isLocal(stored), has_key: key !== null, breaker };
}

/** Throws NOT_FOUND. */
function findModel({ models }: Pick<Configuration, 'models'>, id: string): StoredModel {
  const model = models.find((entry) => entry.id === id);
  if (!model) throw new Fault('NOT_FOUND', { type: 'language-model', id });
  return model;
}

/** The normalised base URL of an API. Throws INVALID. */
function normalizeUrl(address: string): string {
  const url = URL.parse(address);
  const isPlain =
    (url?.protocol === 'http:' || url?.protocol === 'https:') &&
    [url.username, url.password, url.search, url.hash].every((part) => part === '');
  if (!url || !isPlain) throw invalidFault([issueOf('url', 'not_a_url')]);
  return `${url.origin}${url.pathname === '/' ? '/v1' : url.pathname.replace(/\/+$/, '')}`;
}

/** Throws INVALID. */
function validateModel(model: StoredModel, { models }: Configuration): void {
  const { id, name, url, key } = model;
  const isNameTaken = models.some(
    (entry) => entry.id !== id && entry.name.toLowerCase() === name.toLowerCase(),
  );
  if (isNameTaken) throw invalidFault([issueOf('name', 'taken')]);
  if (key !== null && !isSafeUrl(new URL(url))) throw invalidFault([issueOf('url', 'not_encrypted')]);
}
