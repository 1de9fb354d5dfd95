import { command } from '../command.ts';
import { actorFor, onLive, pathOf, withWorkspace } from '../workspace.ts';

export const mcpCommand = command({
  path: ['mcp'],
  summary: 'Serve the workspace to an AI agent',
  details: [
    'An assistant starts this command and speaks the Model Context Protocol with it, over standard input and output. Agents act as the ' +
      'profile and can do no more than it. They read live and change sandboxes only; a person promotes.',
  ],
  examples: ['frames mcp --workspace W'],
  parameters: {},
  options: onLive,
  async run(context, given) {
    const chosen = { workspace: pathOf(context, given.workspace), actor: actorFor(context, given) };
    // A wrong folder or profile is an error of the command, not of the first call.
    await withWorkspace(context, { ...chosen, 'dry-run': true }, 'mcp', () => Promise.resolve());
    // Loaded only here: the protocol's library is large.
    const { serveOverStdio } = await import('../mcp/serve.ts');
    await serveOverStdio(context, chosen);
  },
});
