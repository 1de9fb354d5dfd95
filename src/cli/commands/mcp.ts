import { randomBytes } from 'node:crypto';
import { assistantPrograms, configurationFile, configurationFor } from '#shared/agents/configuration.ts';
import type { Assistant, AgentConnection } from '#shared/agents/configuration.ts';
import { flag, oneOf, wholeNumber } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../output/errors.ts';
import { asJson } from '../output/output.ts';
import { lacksStandardInput } from '../standard-input.ts';
import { resolveActor, liveOptions, resolvePath, withWorkspace } from '../workspace.ts';

const tokenVariable = 'FRAMES_MCP_TOKEN';
const minTokenLength = 32;
const defaultPort = 4187;

/** The token that HTTP agents send; null if unset. Throws UsageError if it is too short. */
function readToken({ environment }: Context): string | null {
  const token = environment[tokenVariable] ?? '';
  if (token === '') return null;
  if (token.length < minTokenLength)
    throw new UsageError(`$${tokenVariable} must have at least ${minTokenLength} characters.`, {});
  return token;
}

function printConfiguration({ output }: Context, assistant: Assistant, connection: AgentConnection): void {
  const configuration = configurationFor(assistant, connection);
  output.note(`Paste this into ${configurationFile[assistant]}:`);
  output.result({ assistant, file: configurationFile[assistant], configuration }, () =>
    configuration.split('\n'),
  );
}

export const mcpCommand = command({
  path: ['mcp'],
  summary: 'Serve the workspace to an AI agent',
  details: [
    'An assistant starts this command and speaks the Model Context Protocol with it, over standard input and output. Agents act as the ' +
      'profile and can do no more than it. They read live and change sandboxes only; a person promotes.',
    `With --http, serves programs of this computer at an address instead, for assistants that cannot start one. They send the token that is printed; set $${tokenVariable} to keep it from changing.`,
  ],
  examples: [
    'frames mcp --workspace W',
    'frames mcp --workspace W --config claude',
    'frames mcp --workspace W --http',
  ],
  parameters: {},
  options: {
    ...liveOptions,
    http: flag('Serve over HTTP on this computer'),
    port: wholeNumber('N', `Port for --http (default ${defaultPort}; 0 for any free port)`, { max: 65_535 }),
    config: oneOf('ASSISTANT', 'Print the configuration to paste into this assistant', assistantPrograms),
  },
  async run(context, args) {
    const { output, stdout } = context;
    const { http, port = defaultPort, config } = args;
    if (config !== undefined && port === 0)
      throw new UsageError('--config needs a port that stays the same.', { argument: '--port' });
    if (args.port !== undefined && !http)
      throw new UsageError('--port requires --http.', { argument: '--port' });
    const target = { workspace: resolvePath(context, args.workspace), actor: resolveActor(context, args) };
    // Fails early for a wrong folder or profile, instead of at the first call.
    await withWorkspace(context, { ...target, 'dry-run': true }, 'mcp', () => Promise.resolve());
    if (config !== undefined) {
      const actor = target.actor === undefined ? [] : ['--actor', target.actor];
      const commandArguments = ['mcp', '--workspace', target.workspace, ...actor];
      const connection: AgentConnection = http
        ? {
            kind: 'http',
            url: `http://127.0.0.1:${port}/mcp`,
            token: readToken(context) ?? 'TOKEN',
          }
        : { kind: 'stdio', command: 'frames', args: commandArguments };
      printConfiguration(context, config, connection);
      return;
    }
    // The protocol library is large, so it is loaded on demand.
    const { serveOverHttp, serveOverStdio } = await import('../mcp/serve.ts');
    if (http) {
      const token = readToken(context) ?? randomBytes(32).toString('base64url');
      const onStarted = (url: string): void => {
        if (output.json) stdout.write(`${asJson({ url, token })}\n`);
        else stdout.write(`Serving agents at ${url}\nToken: ${token}\nPress Ctrl+C to stop.\n`);
      };
      await serveOverHttp(context, target, { port, token, onStarted });
      return;
    }
    if (lacksStandardInput(process))
      throw new UsageError('The installed program has no standard input on Windows. Use --http.', {});
    if (context.ask)
      output.note('Serving an agent over standard input. An assistant starts this command; see --config.');
    await serveOverStdio(context, target);
  },
});
