import { expect, test } from 'vitest';
import { createOutput } from '#cli/output/output.ts';
import type { Sink } from '#cli/output/output.ts';

function sink(isTTY = false): Sink & { said: string } {
  return {
    isTTY,
    columns: 40,
    said: '',
    write(text) {
      this.said += text;
    },
  };
}

test('with --json the output is a single JSON document', () => {
  const [stdout, stderr] = [sink(true), sink(true)];
  const output = createOutput(true, stdout, stderr);
  output.note('by the way');
  output.progress({ step: 'writing', done: 1, total: 2 });
  output.result({ a: [1] }, () => ['never']);
  output.endProgress();
  expect(JSON.parse(stdout.said)).toEqual({ a: [1] });
  expect(stderr.said).toBe('');
});

test('progress is shown on terminals only, on one line that is cleared before other output', () => {
  const [stdout, stderr, pipe] = [sink(), sink(true), sink()];
  createOutput(false, stdout, pipe).progress({ step: 'writing', done: 1, total: null });
  expect(pipe.said).toBe('');
  const output = createOutput(false, stdout, stderr);
  output.progress({ step: 'writing', done: 1000, total: 2000 });
  output.progress({ step: 'reading', done: 5, total: null });
  output.note('done');
  const last = 'Reading: 5'.padEnd('Writing: 1,000 of 2,000'.length);
  expect(stderr.said).toBe(`\rWriting: 1,000 of 2,000\r${last}\r${' '.repeat('Reading: 5'.length)}\rdone\n`);
});

const steering = 'a\u001b]0;owned\u0007b\u009b31mc\u007f\r\nd\u202ee\u2066';

test('results and notes contain no control characters or line breaks', () => {
  const [stdout, stderr] = [sink(true), sink(true)];
  const output = createOutput(false, stdout, stderr);
  output.result(null, () => [`Created profile "${steering}".`, 'done']);
  output.note(steering);
  output.note([`Restored "${steering}".`, 'done']);
  expect(stdout.said).toBe('Created profile "a ]0;owned b 31mc d e ".\ndone\n');
  expect(stderr.said).toBe('a ]0;owned b 31mc d e \nRestored "a ]0;owned b 31mc d e ".\ndone\n');
});

test('a result as JSON holds nothing that could steer a terminal either, and means the same', () => {
  const stdout = sink(true);
  createOutput(true, stdout, sink()).result({ name: steering }, () => []);
  expect(stdout.said).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(JSON.parse(stdout.said)).toEqual({ name: steering });
});
