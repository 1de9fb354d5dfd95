import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { wholeNumber } from '#cli/args/option.ts';
import { command } from '#cli/command.ts';
import { run } from '#cli/run.ts';
import { Fault } from '#shared/contract/faults.ts';

const failing = (error: unknown) =>
  command({
    path: ['fail'],
    summary: 'Fail',
    parameters: { n: wholeNumber('N', 'A number', { min: 0, max: 9 }) },
    options: {},
    run() {
      throw error as Error;
    },
  });

async function started(
  argv: readonly string[],
  error: unknown,
  environment: Record<string, string> = {},
): Promise<{ code: number; stderr: string; noted: unknown[] }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const noted: unknown[] = [];
  const code = await run(argv, [failing(error)], {
    stdout,
    stderr,
    environment,
    workingFolder: '/',
    signal: new AbortController().signal,
    requestId: 'trace-1',
    version: '0',
    now: () => 0,
    logUnexpected: (what) => noted.push(what),
  });
  stderr.end();
  return { code, stderr: await text(stderr), noted };
}

describe('a command that fails', () => {
  test('unforeseen ones are logged in full and reported by trace id only', async () => {
    const error = new TypeError('cannot read properties of undefined (SELECT * FROM teams)');
    const person = await started(['fail'], error);
    expect(person).toMatchObject({ code: 1, noted: [error] });
    expect(person.stderr).toBe(
      'frames: Internal error. Everything saved before is safe. Trace id: trace-1\n',
    );
    const program = await started(['fail', '--json'], error);
    expect(JSON.parse(program.stderr)).toEqual({
      error: {
        code: 'INTERNAL',
        message: 'Internal error. Everything saved before is safe. Trace id: trace-1',
        details: { trace_id: 'trace-1' },
        timestamp: '1970-01-01T00:00:00.000Z',
        request_id: 'trace-1',
      },
    });
  });

  test('from core keep core’s trace id', async () => {
    const { stderr, noted } = await started(['fail'], new Fault('INTERNAL', { trace_id: 'core-7' }));
    expect(stderr).toBe(
      'frames: Something went wrong in FRAMES. Earlier changes are saved; this one was not made.\n  Trace id for the log: core-7\n',
    );
    expect(noted).toEqual([]);
  });

  test('for several fields names each of them', async () => {
    const issues = [
      { path: 'name', code: 'x', message: 'must not be empty' },
      { path: '', code: 'x', message: 'is odd' },
    ];
    const { stderr } = await started(['fail'], new Fault('INVALID', { issues }));
    expect(stderr).toBe(
      'frames: name: must not be empty (and 1 more). Nothing was changed.\n  name: must not be empty\n  record: is odd\n',
    );
  });

  test('with text from a record in its message steers no terminal', async () => {
    const issues = [1, 2].map((n) => ({
      path: `f\u001b${n}`,
      code: 'x',
      message: 'is\u009b odd\nframes: done',
    }));
    const fault = new Fault('INVALID', { issues });
    const person = await started(['fail'], fault);
    expect(person.stderr).toBe(
      'frames: f 1: is  odd frames: done (and 1 more). Nothing was changed.\n  f 1: is  odd frames: done\n  f 2: is  odd frames: done\n',
    );
    const program = await started(['fail', '--json'], fault);
    expect(program.stderr).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(JSON.parse(program.stderr)).toMatchObject({
      error: { message: fault.message, details: { issues } },
    });
  });

  test('of usage refer to the command’s help', async () => {
    const { code, stderr } = await started(['fail', 'ten'], null);
    expect(code).toBe(2);
    expect(stderr).toContain('N must be a whole number from 0 to 9, not "ten".');
    expect(stderr).toContain('Run "frames fail --help"');
  });
});

test('an unknown variable is named on standard error, as a line of JSON with --json', async () => {
  const environment = { FRAMES_SECRT: 'x' };
  const message = 'The variable FRAMES_SECRT is unknown and has no effect. Did you mean FRAMES_SECRET?';
  const error = new Fault('INTERNAL', { trace_id: 'core-7' });
  for (const argv of [['fail'], ['serve', '--trial']])
    expect((await started(argv, error, environment)).stderr).toContain(`frames: ${message}\n`);
  const { stderr } = await started(['fail', '--json'], error, environment);
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toEqual([
    { warning: { code: 'UNKNOWN_VARIABLE', message } },
    { error: expect.objectContaining({ code: 'INTERNAL' }) as object },
  ]);
  // A server in production has it in its log.
  expect((await started(['serve', '--port', '1'], error, environment)).stderr).not.toContain('FRAMES_SECRT');
});
