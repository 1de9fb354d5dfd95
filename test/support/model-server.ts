import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatBody {
  model: string;
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
}

/** What a server may do in place of answering. */
export type ModelFailure =
  | { status: number; body?: string | Buffer; headers?: Record<string, string> }
  /** A well-formed answer whose text ended at the limit of the model. */
  | { cutOff: string }
  /** Ends the connection in the middle of the answer. */
  | { hangUp: true }
  /** Never answers. */
  | { silent: true };

/** Answers a request by its body, which `text` has byte for byte. */
export type ModelScript = (
  body: ChatBody,
  text: string,
) => string | ModelFailure | Promise<string | ModelFailure>;

export interface ModelRequest {
  path: string;
  authorization: string | null;
  body: Buffer;
}

export interface ModelServer {
  /** The base of its API. */
  url: string;
  /** The bodies of all requests to the model, from the first. */
  requests: ModelRequest[];
  script: ModelScript;
  /** What `/v1/models` lists. */
  models: string[];
  close(): Promise<void>;
}

/** An OpenAI-compatible server on a free port of this computer, whose answers a script gives. */
export async function startModelServer(
  script: ModelScript,
  models = ['scripted'],
  port = 0,
): Promise<ModelServer> {
  const http = createServer(
    (request, response) => void serve(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const served: ModelServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests: [],
    script,
    models,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const path = request.url ?? '';
    if (request.method === 'GET' && path === '/v1/models') {
      send(response, 200, JSON.stringify({ object: 'list', data: served.models.map((id) => ({ id })) }));
      return;
    }
    served.requests.push({ path, authorization: request.headers.authorization ?? null, body });
    const text = body.toString('utf8');
    const answer = await served.script(JSON.parse(text) as ChatBody, text);
    if (typeof answer === 'string') send(response, 200, completion(answer, 'stop'));
    else if ('cutOff' in answer) send(response, 200, completion(answer.cutOff, 'length'));
    else if ('status' in answer) send(response, answer.status, answer.body ?? '', answer.headers);
    else if ('hangUp' in answer) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"choices":', () => response.destroy());
    }
  }
  return served;
}

const completion = (content: string, finish_reason: string): string =>
  JSON.stringify({
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason }],
  });

function send(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
