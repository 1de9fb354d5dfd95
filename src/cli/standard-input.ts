import { buffer } from 'node:stream/consumers';
import { UsageError } from './output/errors.ts';

interface Process {
  readonly platform: NodeJS.Platform;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
}

/**
 * Reads all of standard input; undefined if that is a terminal. Windows gives none to a program with windows, which the installed program is: reading
 * it throws UsageError there.
 */
export function standardInput({ platform, versions, stdin }: Process): (() => Promise<Buffer>) | undefined {
  if (platform === 'win32' && versions['electron'] !== undefined)
    return () => {
      const message =
        'The installed program cannot read standard input on Windows. Name a file instead, or use an environment variable.';
      return Promise.reject(new UsageError(message, {}));
    };
  return stdin.isTTY ? undefined : () => buffer(stdin);
}
