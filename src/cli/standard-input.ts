import { buffer } from 'node:stream/consumers';
import { UsageError } from './output/errors.ts';

interface Process {
  readonly platform: NodeJS.Platform;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
}

/** Windows gives no standard input to GUI programs, such as the installed program. */
export const lacksStandardInput = ({ platform, versions }: Pick<Process, 'platform' | 'versions'>): boolean =>
  platform === 'win32' && versions['electron'] !== undefined;

/** Reads all of standard input; undefined if that is a terminal. Reading throws UsageError in a program without standard input. */
export function standardInput(process: Process): (() => Promise<Buffer>) | undefined {
  const { stdin } = process;
  if (lacksStandardInput(process))
    return () => {
      const message =
        'The installed program cannot read standard input on Windows. Name a file instead, or use an environment variable.';
      return Promise.reject(new UsageError(message, {}));
    };
  return stdin.isTTY ? undefined : () => buffer(stdin);
}
