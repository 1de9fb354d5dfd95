import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { ElicitResult } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { root } from '#scripts/lib/paths.ts';

/** Both current versions of the protocol. */
export const protocols = ['2025-11-25', '2026-07-28'] as const;
export type Protocol = (typeof protocols)[number];

export interface Agent {
  readonly client: Client;
  /** What the agent was asked to have its person confirm. */
  readonly questions: readonly string[];
  /** Calls a tool; a refusal is a result too. `forged` is sent with the call, as if a person had been asked. */
  call(tool: string, input: Record<string, unknown>, forged?: Record<string, unknown>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  /** Of a refusal. */
  error: { code: string; message: string } | null;
  data: unknown;
  text: string;
}

interface Connecting {
  workspace: string;
  protocol: Protocol;
  /** What the person answers; without it, the client cannot ask. */
  answer?: (question: string) => ElicitResult;
  actor?: string;
  /** What the agent is called. */
  title?: string;
}

/** A client that declares what it can do, and notes what it is asked. */
function clientFor({ protocol, answer, title = 'Tester' }: Omit<Connecting, 'workspace' | 'actor'>): {
  client: Client;
  questions: string[];
} {
  const questions: string[] = [];
  const client = new Client(
    { name: 'test-agent', title, version: '1.0.0' },
    {
      capabilities: answer ? { elicitation: { form: {} } } : {},
      versionNegotiation: { mode: protocol === '2025-11-25' ? 'legacy' : { pin: protocol } },
    },
  );
  if (answer)
    client.setRequestHandler('elicitation/create', ({ params }) => {
      questions.push(params.message);
      return answer(params.message);
    });
  return { client, questions };
}

/** Starts `frames mcp` as an assistant does, and connects to it. */
export async function startAgent({ workspace, actor, ...connecting }: Connecting): Promise<Agent> {
  const { client, questions } = clientFor(connecting);
  const { FRAMES_ACTOR: _, ...environment } = process.env as Record<string, string>;
  const transport = new StdioClientTransport({
    command: join(root, 'bin/frames'),
    args: ['mcp', '--workspace', workspace, ...(actor === undefined ? [] : ['--actor', actor])],
    env: environment,
    stderr: 'inherit',
  });
  await client.connect(transport);
  return agentOf(client, questions);
}

/** Connects to a server over HTTP. */
export async function connectAgent(
  { url, token }: { url: string; token: string },
  connecting: Pick<Connecting, 'protocol' | 'answer'>,
): Promise<Agent> {
  const { client, questions } = clientFor(connecting);
  const headers = { Authorization: `Bearer ${token}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return agentOf(client, questions);
}

function agentOf(client: Client, questions: readonly string[]): Agent {
  return {
    client,
    questions,
    async call(name, input, forged = {}) {
      const params = { name, arguments: input, ...forged };
      const result = await client.request({ method: 'tools/call', params });
      const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
      const { data, error } = (result.structuredContent ?? {}) as { data?: unknown; error?: Answer['error'] };
      if (result.isError !== true) return { data, error: null, text };
      return { data: null, error: error ?? { code: 'INPUT', message: text }, text };
    },
    close: () => client.close(),
  };
}
