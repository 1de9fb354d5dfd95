import { serveCommands } from './commands/serve.ts';
import { runProgram } from './program.ts';

/** `frames` of the server's image: the commands of a server, without workspaces and what they need. */
await runProgram(serveCommands, (error, requestId) => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${JSON.stringify({ level: 50, trace_id: requestId, error: message, stack })}\n`);
});
