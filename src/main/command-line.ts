import { taskWord } from '#shared/shell/task-program.ts';

/**
 * Whether the first argument is a command, as in `frames verify`, or a help or version flag. Files and links
 * from the system are paths or addresses; other switches start with two hyphens.
 */
export const isCommandLine = ([first = '']: readonly string[]): boolean =>
  /^[a-z][a-z-]*$/.test(first) || ['--help', '-h', '--version'].includes(first);

/** Whether another FRAMES process started this one with `taskCommand`. */
export const isTask = (argv: readonly string[], isPackaged: boolean): boolean =>
  argv[isPackaged ? 1 : 2] === taskWord;

/**
 * `app` is the path of an unpackaged program, else empty. Root must disable Chromium's sandbox here too; the
 * zygote process for windows is then not needed.
 */
export const taskCommand = (app: readonly string[], isUnsandboxed: boolean): string[] => [
  process.execPath,
  ...app,
  taskWord,
  ...(isUnsandboxed ? ['--no-sandbox', '--no-zygote'] : []),
];
