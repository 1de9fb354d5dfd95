import { describe, expect, test } from 'vitest';
import { confirm } from '#cli/prompts.ts';
import { createOutput } from '#cli/output/output.ts';

const sink = { write: () => true };
const output = createOutput(false, sink, sink);
const answering = (answer: string, asked: string[] = []) => ({
  output,
  ask: (question: string) => {
    asked.push(question);
    return Promise.resolve(answer);
  },
});

describe('commands that ask for confirmation', () => {
  test('ask once, and continue only with yes', async () => {
    for (const answer of ['y', 'yes', ' YES ']) {
      const asked: string[] = [];
      await confirm(answering(answer, asked), false, 'Discard it?');
      expect(asked).toEqual(['Discard it? [y/N] ']);
    }
    for (const answer of ['', 'n', 'no', 'yesterday', 'j'])
      await expect(confirm(answering(answer), false, 'Discard it?')).rejects.toMatchObject({
        code: 'CANCELLED',
        message: 'Nothing was changed.',
      });
  });

  test('asks in one line, whatever the names in it are', async () => {
    const asked: string[] = [];
    await confirm(answering('y', asked), false, 'Discard "a\u001b[2K\nDiscard nothing"?');
    expect(asked).toEqual(['Discard "a [2K Discard nothing"? [y/N] ']);
  });

  test('does not ask with --yes', async () => {
    const asked: string[] = [];
    await confirm(answering('n', asked), true, 'Discard it?');
    expect(asked).toEqual([]);
  });

  test('refuse without a terminal, or with output for programs', async () => {
    const program = { ...answering('y'), output: createOutput(true, sink, sink) };
    for (const context of [{ output }, program])
      await expect(confirm(context, false, 'Discard it?')).rejects.toThrow(
        'Discard it? Use --yes to confirm. Nothing was changed.',
      );
  });
});
