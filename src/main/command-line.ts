import { taskWord } from '#shared/shell/task-program.ts';

/**
 * Whether the program was started as a command, as in `frames verify`: the first argument is a bare word or asks for help. A file or link
 * that the system hands over is a path or an address, and a switch comes with two hyphens.
 */
export const isCommandLine = ([first = '']: readonly string[]): boolean =>
  /^[a-z][a-z-]*$/.test(first) || ['--help', '-h', '--version'].includes(first);

/** Whether the program was started to run a task for another process of ours, as `taskCommand` does. */
export const isTask = (argv: readonly string[], isPackaged: boolean): boolean =>
  argv[isPackaged ? 1 : 2] === taskWord;

/**
 * The command that starts this program for a task; `app` is the path of an unpackaged one. Root needs Chromium's sandbox off here as well, and
 * then no process has to be kept ready for windows.
 */
export const taskCommand = (app: readonly string[], isUnsandboxed: boolean): string[] => [
  process.execPath,
  ...app,
  taskWord,
  ...(isUnsandboxed ? ['--no-sandbox', '--no-zygote'] : []),
];
