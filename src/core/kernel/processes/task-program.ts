import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { taskProgramVariable } from '#shared/shell/task-program.ts';

/** Where the program of tasks is: in `core`, or, where all of this is bundled, in `out` or a folder of it. */
const programs = ['../../process.ts', '../process.js', '../../process.js', './process.js'];

/**
 * The program that runs tasks, with its first arguments. The shell names one in the environment, because in the packaged program there is no
 * Node to start; elsewhere it is this Node.
 */
export function taskProgram(): readonly [command: string, ...args: string[]] {
  const named = process.env[taskProgramVariable];
  if (named) return JSON.parse(named) as [string, ...string[]];
  const found = programs
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error('The program that runs tasks is missing.');
  return [process.execPath, found];
}

const passedOn = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'windir', 'LD_LIBRARY_PATH'];

/** The environment of a task: nothing of the person's but these, and `folder` for everything that is written. */
export function taskEnvironment(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => passedOn.includes(name));
  const ours = { HOME: folder, TMPDIR: folder, TMP: folder, TEMP: folder, SQLITE_TMPDIR: folder };
  return { ...Object.fromEntries(kept), ...ours };
}
