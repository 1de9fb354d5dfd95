import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer as createNodeServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { McpServer } from '@modelcontextprotocol/server';

const host = '127.0.0.1';
const path = '/mcp';
/** Maximum number of open sessions of the 2025 protocol; the oldest is closed first. */
const maxSessions = 50;

export interface HttpServer {
  readonly url: string;
  stop(): Promise<void>;
}

type RequestHandler = (request: Request) => Promise<Response>;

const refusal = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  Response.json({ error: { code: status, message } }, { status, headers });

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Refuses all but local programs with the token; null if accepted. Web pages send an origin, or a foreign host after DNS rebinding. */
function checkRequest(
  { headers }: IncomingMessage,
  { port, token }: { port: number; token: string },
): Response | null {
  if (![`${host}:${port}`, `localhost:${port}`].includes(headers.host ?? ''))
    return refusal(403, 'The host is not allowed.');
  if (headers.origin !== undefined) return refusal(403, 'Requests of web pages are not allowed.');
  const [, sentToken = ''] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  if (!timingSafeEqual(sha256(sentToken), sha256(token)))
    return refusal(401, 'The token is wrong or missing.', { 'WWW-Authenticate': 'Bearer' });
  return null;
}

/** The 2025 protocol names the client once per session, the 2026 protocol in every request. */
function protocolHandler(createServer: () => McpServer): {
  answer: RequestHandler;
  close: () => Promise<void>;
} {
  const currentHandler = createMcpHandler(createServer, { legacy: 'reject' });
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const startSession = async (): Promise<WebStandardStreamableHTTPServerTransport> => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: async (id) => {
        sessions.set(id, transport);
        for (const [oldest, session] of sessions) {
          if (sessions.size <= maxSessions) break;
          sessions.delete(oldest);
          await session.close();
        }
      },
      onsessionclosed: (id) => {
        sessions.delete(id);
      },
    });
    await createServer().connect(transport);
    return transport;
  };
  return {
    async answer(request) {
      const id = request.headers.get('mcp-session-id');
      if (id === null && !(await isLegacyRequest(request))) return currentHandler.fetch(request);
      const session = id === null ? await startSession() : sessions.get(id);
      return session ? session.handleRequest(request) : refusal(404, 'The session has ended.');
    },
    async close() {
      await currentHandler.close();
      for (const transport of sessions.values()) await transport.close();
    },
  };
}

function toFetchRequest(incoming: IncomingMessage, baseUrl: string, signal: AbortSignal): Request {
  const { method = 'GET', headers, url = '/' } = incoming;
  const headerPairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  );
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(url, baseUrl), {
    method,
    headers: headerPairs,
    signal,
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' as const }),
  });
}

async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  // Sends the head of a stream before its first event.
  outgoing.flushHeaders();
  await pipeline(Readable.fromWeb(response.body), outgoing);
}

/** Serves local agents over HTTP. `port` 0 takes any free one. */
export async function startHttp(
  createServer: () => McpServer,
  { port: requestedPort, token, onError }: { port: number; token: string; onError: (error: unknown) => void },
): Promise<HttpServer> {
  const { answer, close } = protocolHandler(createServer);
  let baseUrl = '';
  let port = requestedPort;
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const connectionAbort = new AbortController();
    outgoing.once('close', () => connectionAbort.abort());
    const accessError = checkRequest(incoming, { port, token });
    const { pathname } = new URL(incoming.url ?? '/', baseUrl);
    const pathError = pathname === path ? null : refusal(404, `Use ${baseUrl}${path}.`);
    await sendResponse(
      accessError ?? pathError ?? (await answer(toFetchRequest(incoming, baseUrl, connectionAbort.signal))),
      outgoing,
    );
  };
  const server = createNodeServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => {
      if (outgoing.destroyed) return;
      onError(error);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(requestedPort, host, resolve);
  });
  port = (server.address() as AddressInfo).port;
  baseUrl = `http://${host}:${port}`;
  return {
    url: `${baseUrl}${path}`,
    async stop() {
      await close();
      const serverClosed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await serverClosed;
    },
  };
}
