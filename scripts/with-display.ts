import { electronEnv, findElectron } from './electron.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { hasDisplay, toolEnv } from './lib/paths.ts';
import { run } from './lib/run.ts';
import { ensureSystem } from './system.ts';

/**
 * Arguments of Xvfb for every virtual display of ours. Without -noreset a server starts again when its last client leaves: whatever
 * connects meanwhile gets no window, or one that is never drawn.
 */
export const displayArguments = ['-screen', '0', '1600x1000x24', '-noreset', '-nolisten', 'tcp'];

/** Set where the display is a virtual one: whoever runs beside others may have one of its own (`test/e2e/lib/display.ts`). */
export const virtual = 'FRAMES_VIRTUAL_DISPLAY';

/**
 * Runs a command that starts Electron: under a virtual display when there is no other, with the system
 * libraries seen to and the environment naming the Electron to use. Gives the command's exit code.
 */
export async function runWithDisplay(command: string, args: string[]): Promise<number> {
  const real = hasDisplay();
  await ensureSystem({ display: !real });
  const electron = await findElectron();
  const env = { ...toolEnv(), ...electronEnv(electron) };
  if (real) return run(command, args, { env });
  return run('xvfb-run', ['-a', '-s', displayArguments.join(' '), command, ...args], {
    env: { ...env, [virtual]: '1' },
  });
}

if (import.meta.main) {
  const [command, ...args] = process.argv.slice(2);
  try {
    if (command === undefined) throw new Error('usage: node scripts/with-display.ts COMMAND [ARGUMENT …]');
    process.exitCode = await runWithDisplay(command, args);
  } catch (error) {
    console.error(reasonOf(error));
    process.exitCode = 1;
  }
}
