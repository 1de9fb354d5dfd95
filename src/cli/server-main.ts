import { createServeCommands } from './commands/serve.ts';
import { runProgram } from './program.ts';

/** `frames` in the server image: only server commands, without workspaces and their dependencies. */
await runProgram(createServeCommands(null), (error, requestId) => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${JSON.stringify({ level: 50, trace_id: requestId, error: message, stack })}\n`);
});
