import { z } from 'zod';
import type { FoundServer } from '#shared/contract/language-models.ts';
import type { HttpClient } from '#http/client.ts';
import { parseJson, readAnswerText } from './read-answer.ts';

/** A local server answers at once. */
const timeoutMs = 1500;

const modelListSchema = z.object({ data: z.array(z.object({ id: z.string().min(1).max(200) })).max(500) });

/** The ports searched on this computer. OLLAMA_HOST is Ollama's own setting. */
export const defaultPorts = (environment: NodeJS.ProcessEnv): Record<FoundServer['server'], number> => ({
  ollama: Number(/:(\d{1,5})\/?$/.exec(environment['OLLAMA_HOST'] ?? '')?.[1] ?? 11434),
  'lm-studio': 1234,
});

/** The OpenAI-compatible servers at these ports of this computer, with the names of their models. */
export async function discoverServers(
  http: HttpClient,
  ports: Record<FoundServer['server'], number>,
  signal: AbortSignal,
): Promise<FoundServer[]> {
  const requests = Object.entries(ports).map(async ([server, port]): Promise<FoundServer[]> => {
    const url = `http://127.0.0.1:${port}/v1`;
    const models = await modelsAt(http, url, signal);
    return models ? [{ server: server as FoundServer['server'], url, models }] : [];
  });
  return (await Promise.all(requests)).flat();
}

/** The models of an OpenAI-compatible server; null without a valid answer. Throws the signal's reason. */
async function modelsAt(http: HttpClient, url: string, signal: AbortSignal): Promise<string[] | null> {
  try {
    const response = await http.fetch(`${url}/models`, { signal, timeoutMs });
    const text = await readAnswerText(response);
    const models = response.ok ? modelListSchema.safeParse(parseJson(text)).data : undefined;
    return models ? models.data.map(({ id }) => id).toSorted() : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
