import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { CommandFailure, reportOf, UsageError } from '#cli/output/errors.ts';
import { Fault } from '#shared/contract/faults.ts';

const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', path: '/w' });

test.each([
  [
    new UsageError('x', { argument: '--size' }),
    { exitCode: 2, code: 'USAGE', details: { argument: '--size' } },
  ],
  [
    new Fault('BUSY', { holder: 'window', waited_ms: 3 }),
    { exitCode: 1, code: 'BUSY', details: { holder: 'window' } },
  ],
  [
    new ORPCError('NOT_FOUND', { message: 'x', data: { id: 'x' }, defined: true }),
    { exitCode: 1, code: 'NOT_FOUND', details: { id: 'x' } },
  ],
  [new CommandFailure('NOT_VERIFIED', 'x', { problems: [] }), { exitCode: 1, code: 'NOT_VERIFIED' }],
  [new DOMException('x', 'AbortError'), { exitCode: 1, code: 'CANCELLED' }],
  [full, { exitCode: 1, code: 'FILE', details: { path: '/w', reason: 'ENOSPC' } }],
])('a foreseen error ends with an exit code, its code and details: %s', (error, report) => {
  expect(reportOf(error)).toMatchObject(report);
});

test.each([
  new TypeError('x is not a function'),
  Object.assign(new Error('no such table: teams'), { code: 'SQLITE_ERROR' }),
  new ORPCError('INTERNAL_SERVER_ERROR', { message: 'SELECT secret' }),
  'text',
  null,
  undefined,
])('one that nobody foresaw is not reported at all: %s', (error) => {
  expect(reportOf(error)).toBeNull();
});
