import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { taskProgramVariable } from '#shared/shell/task-program.ts';

/** Paths of the task program: in `core`, or when bundled in `out` or a subfolder. */
const programPaths = ['../../process.ts', '../process.js', '../../process.js', './process.js'];

/** The task program and its first arguments: the one that the shell names in the environment, otherwise this Node. */
export function taskProgram(): readonly [command: string, ...args: string[]] {
  const fromShell = process.env[taskProgramVariable];
  if (fromShell) return JSON.parse(fromShell) as [string, ...string[]];
  const program = programPaths
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (program === undefined) throw new Error('The program that runs tasks is missing.');
  return [process.execPath, program];
}

const inheritedNames = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'windir', 'LD_LIBRARY_PATH'];

/** The environment of a task: only these variables of the user's; all temporary files go to `folder`. */
export function taskEnvironment(folder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => inheritedNames.includes(name));
  const folders = { HOME: folder, TMPDIR: folder, TMP: folder, TEMP: folder, SQLITE_TMPDIR: folder };
  return { ...Object.fromEntries(inherited), ...folders };
}
