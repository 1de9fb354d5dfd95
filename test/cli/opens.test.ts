import { truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Context } from '#cli/command.ts';
import { whyClosed } from '#cli/opens.ts';
import { createOutput } from '#cli/output/output.ts';
import { inFolder } from './frames.ts';

const { at, json } = inFolder('here');

test('what took the place of a workspace is opened once; why it cannot be is told, not thrown', async () => {
  await json('seed', '--size', 'small', '--workspace', 'w');
  const sink = { write: () => true };
  const context = {
    output: createOutput(false, sink, sink),
    signal: new AbortController().signal,
    environment: { FRAMES_ACTOR: 'nobody here' },
    folder: at('.'),
    requestId: 'test',
  } as unknown as Context;
  expect(await whyClosed(context, 'w', 'a test')).toBeNull();
  truncateSync(at('w/frames.sqlite'), 5000);
  expect(await whyClosed(context, 'w', 'a test')).toMatch(/damaged/);
});
