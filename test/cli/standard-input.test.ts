import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { UsageError } from '#cli/output/errors.ts';
import { standardInput } from '#cli/standard-input.ts';

const stdin = (isTTY: boolean): NodeJS.ReadStream =>
  Object.assign(Readable.from([Buffer.from('a,b')]), { isTTY }) as unknown as NodeJS.ReadStream;
const node = { node: '24.0.0' };
const electron = { ...node, electron: '42.0.0' };

test('reads piped input, and not from a terminal', async () => {
  for (const [platform, versions] of [
    ['linux', electron],
    ['win32', node],
  ] as const) {
    const read = standardInput({ platform, versions, stdin: stdin(false) });
    expect((await read?.())?.toString()).toBe('a,b');
    expect(standardInput({ platform, versions, stdin: stdin(true) })).toBeUndefined();
  }
});

test('the installed program on Windows refuses instead of waiting forever', async () => {
  const read = standardInput({ platform: 'win32', versions: electron, stdin: stdin(false) });
  await expect(read?.()).rejects.toThrow(UsageError);
});
