import { z } from 'zod';
import type { Fault } from '#shared/contract/faults.ts';
import type { ModelReason } from '#shared/contract/reasons.ts';
import type { HttpClient } from '#http/client.ts';
import { networkFailureOf } from '#http/failure.ts';
import type { StoredModel } from './configuration.ts';
import { modelFault } from './fault.ts';
import { parseJson, readAnswerText } from './read-answer.ts';

export interface ChatPost {
  http: HttpClient;
  model: Pick<StoredModel, 'name' | 'key'>;
  url: string;
  body: string;
  signal: AbortSignal;
  /** For the whole answer. */
  timeoutMs: number;
}

const completionSchema = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string() }), finish_reason: z.string().nullish() }))
    .min(1),
});
const errorSchema = z.object({
  error: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]),
});

/** Sends a request to an OpenAI-compatible server, once and to this address only. Throws MODEL, and the signal's reason. */
export async function postChat(post: ChatPost): Promise<{ text: string }> {
  const { http, model, url, body, signal, timeoutMs } = post;
  try {
    // Redirects are not followed, so that neither key nor question reaches another address.
    const response = await http.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(model.key !== null && { authorization: `Bearer ${model.key}` }),
      },
      body: Buffer.from(body, 'utf8'),
      signal,
      timeoutMs,
    });
    const text = await readAnswerText(response);
    if (!response.ok) throw httpFault(post, response.status, text);
    return parseAnswer(post, text);
  } catch (error) {
    signal.throwIfAborted();
    const network = networkFailureOf(error)?.problem;
    if (!network) throw error;
    if (network.reason === 'timed_out') throw modelFault('timeout', model.name);
    throw modelFault('unreachable', model.name, { network });
  }
}

const maxDetailLength = 300;

function parseAnswer({ model }: ChatPost, text: string | null): { text: string } {
  const choice = completionSchema.safeParse(parseJson(text)).data?.choices[0];
  if (!choice) throw modelFault('badAnswer', model.name);
  if (choice.finish_reason === 'length') throw modelFault('cutOff', model.name);
  return { text: choice.message.content };
}

function httpFault({ model }: ChatPost, status: number, text: string | null): Fault<'MODEL'> {
  const serverMessage = errorSchema.safeParse(parseJson(text)).data?.error ?? null;
  // Servers can quote the key that they reject.
  const isHidden = serverMessage === null || status === 401 || status === 403;
  const detail = isHidden ? null : hideKey(serverMessage, model.key).slice(0, maxDetailLength);
  return modelFault(reasonOf(status), model.name, { status, detail });
}

const hideKey = (text: string, key: string | null): string =>
  key === null ? text : text.replaceAll(key, '…');

function reasonOf(status: number): ModelReason {
  if (status === 404) return 'unknownModel';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rateLimited';
  return status >= 500 ? 'failed' : 'refused';
}
