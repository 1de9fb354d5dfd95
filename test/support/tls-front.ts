import { createServer as createHttpServer, request } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import type { Server as NetServer, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TestCertificate } from './certificates.ts';

/** A server of a test on this computer. */
export interface Front {
  port: number;
  stop(): Promise<void>;
}

export async function listen(server: NetServer): Promise<Front> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Closes each of two sockets when the other one closes. */
function join(...sockets: readonly [Duplex, Duplex]): void {
  for (const [at, socket] of sockets.entries()) {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets[1 - at]?.destroy());
  }
}

/** Ends TLS in front of a server on this computer, WebSockets included. */
export function startTlsFront(
  { cert, keyPem }: Pick<TestCertificate, 'cert' | 'keyPem'>,
  target: { port: number } | RequestListener,
): Promise<Front> {
  const answer: RequestListener =
    typeof target === 'function'
      ? target
      : (incoming, outgoing) => {
          const { method, url, headers } = incoming;
          const passed = request(
            { host: '127.0.0.1', port: target.port, method, path: url, headers, agent: false },
            (response) => {
              outgoing.writeHead(response.statusCode ?? 500, response.headers);
              response.pipe(outgoing);
            },
          );
          passed.on('error', () => outgoing.destroy());
          incoming.pipe(passed);
        };
  const server = createHttpsServer({ cert, key: keyPem }, answer);
  if (typeof target !== 'function')
    server.on('upgrade', ({ method, url, rawHeaders }, socket, head) => {
      const back = connect(target.port, '127.0.0.1', () => {
        const lines = Array.from({ length: rawHeaders.length / 2 }, (_, at) =>
          rawHeaders.slice(at * 2, at * 2 + 2).join(': '),
        );
        back.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        back.write(head);
        back.pipe(socket).pipe(back);
      });
      join(back, socket);
    });
  return listen(server);
}

export interface TestProxy extends Front {
  /** `CONNECT frames.test:443`, one for each request. */
  readonly asked: readonly string[];
}

/** An HTTP proxy. Every host is this computer: names of tests are in no DNS. With `credentials` it asks for them; with `refuse` it answers with this status. */
export async function startProxy({
  credentials,
  refuse,
}: { credentials?: string; refuse?: number } = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const isWelcome = (header: string | undefined): boolean =>
    credentials === undefined || header === `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server: Server = createHttpServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    if (!isWelcome(incoming.headers['proxy-authorization']))
      return void outgoing.writeHead(407, { 'proxy-authenticate': 'Basic realm="test"' }).end();
    const { pathname, port } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const passed = request({ host: '127.0.0.1', port, method, path: pathname, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  server.on('connect', ({ url = '', headers }, socket, head) => {
    asked.push(`CONNECT ${url}`);
    const status = isWelcome(headers['proxy-authorization']) ? refuse : 407;
    if (status !== undefined) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const back = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      back.write(head);
      back.pipe(socket).pipe(back);
    });
    join(back, socket);
  });
  return { ...(await listen(server)), asked };
}
