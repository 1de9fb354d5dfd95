import { resolve } from 'node:path';
import { commands } from './commands/index.ts';
import { runProgram } from './program.ts';
import { workspaceLog } from './workspace.ts';

function workspaceIn(line: readonly string[]): string | undefined {
  const index = line.findIndex((word) => word === '--workspace' || word.startsWith('--workspace='));
  const word = line[index];
  return word?.includes('=') ? word.slice(word.indexOf('=') + 1) : line[index + 1];
}

await runProgram(commands, (error, requestId) => {
  const folder = workspaceIn(process.argv.slice(2));
  if (folder === undefined) return;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  workspaceLog(resolve(folder)).error(
    { trace_id: requestId, requestId, error: message, stack },
    'the command failed',
  );
});
