import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { createGunzip } from 'node:zlib';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import { NetworkFailure, problemAt, toNetworkFailure } from './failure.ts';
import { findRoute } from './proxy.ts';
import type { ResolveProxy, Route } from './proxy.ts';
import { chosenCaFile, createTrustReader } from './trust.ts';
import type { Trust } from './trust.ts';

export interface HttpClientOptions {
  environment: Readonly<Record<string, string | undefined>>;
  /** The system's proxy setting, if the program can read it. */
  resolveProxy?: ResolveProxy | undefined;
  /** Milliseconds until a connection is open. */
  connectTimeoutMs?: number;
}

export interface HttpInit {
  method?: string;
  headers?: Readonly<Record<string, string>> | Headers;
  body?: string | Uint8Array<ArrayBuffer> | URLSearchParams | null;
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole answer. */
  timeoutMs?: number;
  /** Follows redirects to encrypted addresses, for downloads without secrets. */
  followsRedirects?: boolean;
}

export interface Connection extends Route {
  agent: HttpAgent;
  /** Starts a request to an address of the same protocol. */
  request: (options: RequestOptions) => ClientRequest;
}

/**
 * The one HTTP client of the program: trusts what the system trusts and the user's CA file, and uses the system's proxy. Throws
 * NetworkFailure, and the signal's reason.
 */
export interface HttpClient {
  fetch: (input: string | URL | Request, init?: HttpInit) => Promise<Response>;
  /** Throws NetworkFailure (`proxy_invalid`). */
  route: (url: URL) => Promise<Route>;
  /** The agent for a connection of another protocol, such as a WebSocket. Throws NetworkFailure. */
  connect: (url: URL) => Promise<Connection>;
  /** The copy of the CA file that the user chose on this computer. */
  readonly caFile: string;
  /** Throws NetworkFailure (`ca_file_unreadable`, `ca_file_empty`). */
  trust: (url: URL) => Trust;
}

const isEncrypted = ({ protocol }: URL): boolean => protocol === 'https:' || protocol === 'wss:';

/** Long enough for a name, a proxy and a handshake. */
const defaultConnectTimeoutMs = 15_000;

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { environment, resolveProxy, connectTimeoutMs = defaultConnectTimeoutMs } = options;
  const readTrust = createTrustReader(environment);
  const agents = new Map<string, HttpAgent>();
  let usedTrust: Trust | undefined;

  function trust(url: URL): Trust {
    try {
      const current = readTrust();
      // Connections of a former trust end by themselves.
      if (current !== usedTrust) agents.clear();
      return (usedTrust = current);
    } catch (error) {
      throw toNetworkFailure(error, url, null);
    }
  }

  function agentFor(url: URL, proxy: URL | null): HttpAgent {
    const isHttps = isEncrypted(url);
    const secureContext = isHttps || proxy?.protocol === 'https:' ? trust(url).context : undefined;
    const key = `${isHttps} ${proxy?.href ?? ''}`;
    let agent = agents.get(key);
    if (!agent) {
      const proxyEnv = proxy ? { HTTP_PROXY: proxy.href, HTTPS_PROXY: proxy.href } : undefined;
      const shared = { keepAlive: true, ...(proxyEnv && { proxyEnv }) };
      agent = isHttps ? new HttpsAgent({ ...shared, secureContext }) : new HttpAgent(shared);
      agents.set(key, agent);
    }
    return agent;
  }

  const route = (url: URL): Promise<Route> => findRoute(url, environment, resolveProxy);

  async function connect(url: URL): Promise<Connection> {
    const way = await route(url);
    const agent = agentFor(url, way.proxy);
    const request = isEncrypted(url) ? requestHttps : requestHttp;
    return { ...way, agent, request: (requestOptions) => request({ ...requestOptions, agent }) };
  }

  return {
    caFile: chosenCaFile(environment),
    route,
    connect,
    trust,
    async fetch(input, init = {}) {
      let prepared = await prepareRequest(input, init);
      for (let redirects = 0; ; redirects += 1) {
        const { url, signal } = prepared;
        try {
          const connection = await connect(url);
          signal?.throwIfAborted();
          const response = await sendRequest({ ...prepared, ...connection, connectTimeoutMs });
          const target = init.followsRedirects ? redirectTarget(response, url) : null;
          if (!target || redirects === maxRedirects) return response;
          await response.body?.cancel();
          prepared = { ...prepared, url: target };
        } catch (error) {
          throw signal?.aborted ? abortError(signal, url) : error;
        }
      }
    },
  };
}

const maxRedirects = 5;

function redirectTarget({ status, headers }: Response, from: URL): URL | null {
  const location = status >= 300 && status < 400 ? headers.get('location') : null;
  const target = location === null ? null : URL.parse(location, from.href);
  return target && isSafeUrl(target) ? target : null;
}

interface PreparedRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  signal: AbortSignal | undefined;
}

async function prepareRequest(input: string | URL | Request, init: HttpInit): Promise<PreparedRequest> {
  const { timeoutMs, ...rest } = init;
  const signals = [init.signal, input instanceof Request ? input.signal : undefined].filter(
    (signal) => signal !== undefined,
  );
  if (timeoutMs !== undefined) signals.push(AbortSignal.timeout(timeoutMs));
  const { signal: _, ...parts } = rest;
  const request = new Request(input, parts);
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  return {
    url: new URL(request.url),
    method: request.method,
    headers: {
      'user-agent': 'FRAMES',
      'accept-encoding': 'gzip',
      ...Object.fromEntries(request.headers),
    },
    body,
    signal: signals.length === 0 ? undefined : AbortSignal.any(signals),
  };
}

/** A timeout is a failure of the network; another abort is the caller's. */
function abortError({ reason }: AbortSignal, url: URL): unknown {
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  return isTimeout ? new NetworkFailure(problemAt(url, 'timed_out'), { cause: reason }) : reason;
}

interface SentRequest extends PreparedRequest, Pick<Connection, 'request' | 'proxy'> {
  connectTimeoutMs: number;
}

function sendRequest(sent: SentRequest): Promise<Response> {
  const { url, method, headers, body, signal, proxy, connectTimeoutMs } = sent;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reject(toNetworkFailure(error, url, proxy));
    };
    const request = sent.request({
      ...urlToHttpOptions(url),
      method,
      headers: body === null ? headers : { ...headers, 'content-length': body.byteLength },
      ...(signal && { signal }),
    });
    const timer = setTimeout(
      () => request.destroy(new NetworkFailure(problemAt(url, 'timed_out', { proxy }))),
      connectTimeoutMs,
    );
    request.on('error', fail);
    const send = (): void => {
      clearTimeout(timer);
      request.end(body ?? undefined);
    };
    request.on('socket', (socket: Socket) => {
      // A failed handshake has its code only if nothing waits to be written.
      if (socket.connecting) socket.once(isEncrypted(url) ? 'secureConnect' : 'connect', send);
      else send();
    });
    request.on('response', (response) => {
      clearTimeout(timer);
      try {
        resolve(toResponse(response, sent));
      } catch (error) {
        request.destroy();
        fail(error);
      }
    });
  });
}

/** Statuses whose responses cannot have a body. */
const emptyStatuses: readonly number[] = [204, 205, 304];

function toResponse(response: IncomingMessage, { url, signal, proxy }: SentRequest): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const { statusCode: status = 0, statusMessage: statusText = '' } = response;
  // For an encrypted address, the proxy refuses the tunnel instead.
  if (status === 407 && proxy) throw new NetworkFailure(problemAt(url, 'proxy_sign_in', { proxy }));
  if (emptyStatuses.includes(status)) {
    response.resume();
    return new Response(null, { status, statusText, headers });
  }
  const isCompressed = headers.get('content-encoding') === 'gzip';
  if (isCompressed) for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      yield* isCompressed ? decompressed(response) : response;
    } catch (error) {
      throw signal?.aborted ? abortError(signal, url) : toNetworkFailure(error, url, proxy);
    }
  }
  return new Response(ReadableStream.from(body()), { status, statusText, headers });
}

function decompressed(response: IncomingMessage): Readable {
  const gunzip = createGunzip();
  // `pipe` does not pass on errors.
  response.on('error', (error) => gunzip.destroy(error));
  response.on('aborted', () => gunzip.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
  return response.pipe(gunzip);
}
