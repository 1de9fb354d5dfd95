import { open } from 'node:fs/promises';
import { command } from '#cli/command.ts';
import { requiredText } from '#cli/args/option.ts';
import { runProgram } from '#cli/program.ts';

/** Waits for a pipe in a thread that nothing interrupts, and says when it was asked to stop. */
const stuck = command({
  path: ['stuck'],
  summary: 'Wait for ever',
  parameters: { pipe: requiredText('PIPE', 'A named pipe that nobody opens') },
  options: {},
  async run({ stdout, signal }, { pipe }) {
    signal.addEventListener('abort', () => stdout.write('asked to stop\n'));
    stdout.write('waiting\n');
    await open(pipe, 'r');
  },
});

await runProgram([stuck], () => {});
