import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What becomes of one request on its way. */
export type Fate = 'arrives' | 'lost' | 'answer_lost' | 'repeated' | 'late' | 'wrong_bytes';

export interface FaultyNetwork {
  url: string;
  /** Lets what was late arrive. */
  deliverLate(): Promise<void>;
  stop(): Promise<void>;
}

interface Message {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** A network in front of a server on loopback, on which `fateOf` says what happens to each request. */
export async function startFaultyNetwork(
  target: string,
  fateOf: (path: string) => Fate,
): Promise<FaultyNetwork> {
  const late: Message[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const sent = await read(incoming);
      const fate = fateOf(sent.path);
      const message = fate === 'wrong_bytes' ? { ...sent, body: withOtherData(sent.body) } : sent;
      if (fate === 'late') late.push(message);
      if (fate === 'lost' || fate === 'late') return void outgoing.destroy();
      let answer = await forward(target, message);
      if (fate === 'repeated') answer = await forward(target, message);
      if (fate === 'answer_lost') return void outgoing.destroy();
      pass(fate === 'wrong_bytes' ? { ...answer, body: withOtherData(answer.body) } : answer, outgoing);
    })().catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async deliverLate() {
      for (const message of late.splice(0)) await forward(target, message).catch(() => undefined);
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The body with another first byte in its part of a file, if it has one. */
const withOtherData = (body: Buffer): Buffer =>
  Buffer.from(
    body
      .toString('latin1')
      .replace(/("data":")([^"])/, (_, key: string, letter: string) => `${key}${letter === 'A' ? 'B' : 'A'}`),
    'latin1',
  );

async function read(incoming: IncomingMessage): Promise<Message> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = 'GET', url: path = '/', headers } = incoming;
  return { method, path, headers, body: Buffer.concat(chunks) };
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

function forward(target: string, { method, path, headers, body }: Message): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { host: _, connection: __, ...others } = headers;
    const sent = request(
      new URL(path, target),
      { method, headers: { ...others, connection: 'close' } },
      (answer) => {
        read(answer).then(
          (read) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: read.body }),
          reject,
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function pass({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  const {
    connection: _,
    'keep-alive': __,
    'transfer-encoding': ___,
    'content-length': ____,
    ...others
  } = headers;
  outgoing.writeHead(status, { ...others, connection: 'close' });
  outgoing.end(body);
}
