import { request } from 'node:http';
import type { ElicitResult } from '@modelcontextprotocol/client';
import { startFrames } from '#test/cli/frames.ts';
import { connectAgent, startAgent } from './agent.ts';
import type { Protocol } from './agent.ts';
import type { Connect } from './check.ts';
import type { Site } from './site.ts';

const answers: Readonly<Record<'accept' | 'decline' | 'false', ElicitResult>> = {
  accept: { action: 'accept', content: { confirm: true } },
  decline: { action: 'decline' },
  false: { action: 'accept', content: { confirm: false } },
};

const answering = (answer: keyof typeof answers | undefined) =>
  answer === undefined ? {} : { answer: () => answers[answer] };

/** Each agent starts the program. */
export const overStdio =
  ({ workspace }: Site, protocol: Protocol): Connect =>
  ({ answer, actor }) =>
    startAgent({ workspace, protocol, ...answering(answer), ...(actor !== undefined && { actor }) });

export interface Serving {
  url: string;
  token: string;
  stop(): Promise<void>;
}

/** Starts `frames mcp --http` at a free port. */
export async function serveHttp({ workspace }: Site, actor?: string): Promise<Serving> {
  const as = actor === undefined ? [] : ['--actor', actor];
  const { child, ended } = startFrames(workspace, [
    'mcp',
    '--workspace',
    workspace,
    '--http',
    '--port',
    '0',
    '--json',
    ...as,
  ]);
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    void ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  return {
    url,
    token,
    async stop() {
      child.kill('SIGINT');
      const { code, stderr } = await ended;
      if (code !== 0) throw new Error(`frames mcp --http ended with ${code}: ${stderr}`);
    },
  };
}

/** Agents of a profile share a server. */
export function overHttp(site: Site, protocol: Protocol): { connect: Connect; stop: () => Promise<void> } {
  const serving = new Map<string | undefined, Promise<Serving>>();
  return {
    async connect({ answer, actor }) {
      const running = serving.get(actor) ?? serveHttp(site, actor);
      serving.set(actor, running);
      return connectAgent(await running, { protocol, ...answering(answer) });
    },
    async stop() {
      for (const running of serving.values()) await (await running).stop();
    },
  };
}

/** Requests that are refused before the protocol is spoken, each with the status it got. */
export async function knockOnHttp({ url, token }: Serving): Promise<Record<string, number>> {
  const right = { Authorization: `Bearer ${token}` };
  const found: Record<string, number> = {};
  const knock = async (name: string, headers: Record<string, string>, at = url): Promise<void> => {
    found[name] = await statusOf(at, { 'Content-Type': 'application/json', ...headers });
  };
  await knock('no token', {});
  await knock('wrong token', { Authorization: `Bearer ${token.slice(1)}x` });
  await knock('token elsewhere', {}, `${url}?token=${token}`);
  await knock('other host', { ...right, Host: 'frames.example:4187' });
  await knock('host without port', { ...right, Host: '127.0.0.1' });
  await knock('web page', { ...right, Origin: 'https://example.org' });
  await knock('local page', { ...right, Origin: 'http://localhost:3000' });
  await knock('opaque page', { ...right, Origin: 'null' });
  await knock('other path', right, url.replace(/mcp$/, 'other'));
  await knock('unknown session', { ...right, 'Mcp-Session-Id': 'nobody' });
  return found;
}

export const knockStatuses: Readonly<Record<string, number>> = {
  'no token': 401,
  'wrong token': 401,
  'token elsewhere': 401,
  'other host': 403,
  'host without port': 403,
  'web page': 403,
  'local page': 403,
  'opaque page': 403,
  'other path': 404,
  'unknown session': 404,
};

/** By Node's own client: `fetch` does not let its caller choose the host. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    asking.once('error', reject);
    asking.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }));
  });
}
