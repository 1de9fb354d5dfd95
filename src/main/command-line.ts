import { quietSwitch, unsandboxed } from '#shared/shell/launcher.ts';
import { taskWord } from '#shared/shell/task-program.ts';

/** Whether the first argument is a command, or a help or version flag, rather than a path, address or switch. */
export const isCommandLine = ([first = '']: readonly string[]): boolean =>
  /^[a-z][a-z-]*$/.test(first) || ['--help', '-h', '--version'].includes(first);

/** Whether another FRAMES process started this one with `taskCommand`. */
export const isTask = (argv: readonly string[], isPackaged: boolean): boolean =>
  argv[isPackaged ? 1 : 2] === taskWord;

/** The command of a task process. `app` is the path of an unpackaged program, else empty. Root must disable Chromium's sandbox again. */
export const taskCommand = (app: readonly string[], isUnsandboxed: boolean): string[] => [
  process.execPath,
  ...app,
  taskWord,
  quietSwitch,
  ...(isUnsandboxed ? unsandboxed : []),
];
