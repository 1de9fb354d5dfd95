import type { DisclosureLevel } from '#shared/contract/ask.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { FaultData } from '#shared/contract/fault-data.ts';
import type { Services } from '../model/services.ts';
import { breakerOf, isServerFailure } from './circuit-breaker.ts';
import { findChosenModel, isLocal, levelOf, readConfiguration } from './configuration.ts';
import type { StoredModel } from './configuration.ts';
import { modelFault } from './fault.ts';
import { postChat } from './post-chat.ts';

type ModelServices = Pick<Services, 'home' | 'http' | 'secrets' | 'log'>;

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** A request as it will be sent. */
export interface PreparedRequest {
  model: { id: string; name: string; url: string; model: string; isLocal: boolean };
  url: string;
  /** JSON, sent as UTF-8 without modification. */
  body: string;
}

/** The model in use, and the disclosure level of the open workspace. */
export interface ChosenModel {
  name: string;
  url: string;
  isLocal: boolean;
  level: DisclosureLevel;
}

/** A model on an ordinary computer takes a minute for a long question. */
const defaultTimeoutMs = 180_000;

/** The model in use and the level of the open workspace; null if none is chosen. */
export async function readChosenModel(
  services: Pick<Services, 'home' | 'secrets'>,
): Promise<ChosenModel | null> {
  const configuration = await readConfiguration(services);
  const model = findChosenModel(configuration);
  if (!model) return null;
  const level = levelOf(configuration, services);
  return { name: model.name, url: model.url, isLocal: isLocal(model), level };
}

/** The request as it would be sent to the chosen model. Throws MODEL (`off`). */
export async function prepareRequest(
  services: Pick<Services, 'home' | 'secrets'>,
  messages: readonly ChatMessage[],
): Promise<PreparedRequest> {
  return buildRequest(await requireModel(services), messages);
}

/** Sends a prepared request once. Throws MODEL, also `off` if the model is no longer in use, and the signal's reason. */
export async function sendRequest(
  services: ModelServices,
  prepared: PreparedRequest,
  signal: AbortSignal,
  timeoutMs = defaultTimeoutMs,
): Promise<{ text: string }> {
  const model = await requireModel(services);
  if (model.id !== prepared.model.id || model.url !== prepared.model.url) throw modelFault('off');
  return postGuarded(services, model, prepared, { signal, timeoutMs });
}

/** Throws MODEL (`off`). */
async function requireModel(services: Pick<Services, 'home' | 'secrets'>): Promise<StoredModel> {
  const configuration = await readConfiguration(services);
  const model = findChosenModel(configuration);
  if (!model || levelOf(configuration, services) === 'off') throw modelFault('off');
  return model;
}

/** Asks a model for one word, whether it is in use or not. Returns milliseconds. Throws MODEL, and the signal's reason. */
export async function testModel(
  services: Services,
  model: StoredModel,
  signal: AbortSignal,
  timeoutMs = defaultTimeoutMs,
): Promise<number> {
  const { clock } = services.source;
  const start = clock.elapsed();
  const request = buildRequest(model, [{ role: 'user', content: 'Answer with the word OK.' }]);
  await postGuarded(services, model, request, { signal, timeoutMs, isTrial: true });
  return Math.round(clock.elapsed() - start);
}

function buildRequest(stored: StoredModel, messages: readonly ChatMessage[]): PreparedRequest {
  const { id, name, url, model } = stored;
  const body = JSON.stringify({ model, messages, stream: false });
  return {
    model: { id, name, url, model, isLocal: isLocal(stored) },
    url: `${url}/chat/completions`,
    body,
  };
}

/** Posts a request unless the model's breaker is open, and reports the result to the breaker. */
async function postGuarded(
  services: Pick<Services, 'home' | 'http' | 'log'>,
  model: StoredModel,
  { url, body }: Pick<PreparedRequest, 'url' | 'body'>,
  { isTrial, ...limits }: { signal: AbortSignal; timeoutMs: number; isTrial?: boolean },
): Promise<{ text: string }> {
  const breaker = breakerOf(services, model.id);
  const seconds = breaker.begin(isTrial);
  if (seconds !== null) throw modelFault('open', model.name, { seconds });
  try {
    const answer = await postChat({ http: services.http, model, url, body, ...limits });
    breaker.succeed();
    services.log.info({ model: model.id, bytes: Buffer.byteLength(body) }, 'language model answered');
    return answer;
  } catch (error) {
    if (!isFault(error) || error.code !== 'MODEL') {
      breaker.cancel();
      throw error;
    }
    const { reason, status } = error.data as FaultData<'MODEL'>;
    if (isServerFailure(reason)) breaker.fail();
    else breaker.succeed();
    services.log.warn({ model: model.id, reason, status }, 'language model gave no answer');
    throw error;
  }
}
