import { ORPCError } from '@orpc/client';
import { describe, expect, test } from 'vitest';
import { UsageError } from '#cli/args/usage-error.ts';
import { Failed, tell } from '#cli/output/errors.ts';
import { Fault } from '#shared/contract/faults.ts';

describe('an error', () => {
  test('of usage ends with 2, a refusal or failure with 1, each with its code and details', () => {
    expect(tell(new UsageError('--size is wrong', { argument: '--size' }))).toMatchObject({
      exit: 2,
      code: 'USAGE',
      details: { argument: '--size' },
    });
    expect(tell(new Fault('BUSY', 'wait', { holder: 'window', waited_ms: 3 }))).toEqual({
      exit: 1,
      code: 'BUSY',
      message: 'wait',
      details: { holder: 'window', waited_ms: 3 },
    });
    expect(
      tell(new ORPCError('NOT_FOUND', { message: 'gone', data: { id: 'x' }, defined: true })),
    ).toMatchObject({ exit: 1, code: 'NOT_FOUND', details: { id: 'x' } });
    expect(tell(new Failed('NOT_VERIFIED', 'bad', { problems: [] }))).toMatchObject({
      exit: 1,
      code: 'NOT_VERIFIED',
    });
  });

  test('of an interrupted or impossible file operation is told in words', () => {
    expect(tell(new DOMException('stop', 'AbortError'))).toMatchObject({ exit: 1, code: 'CANCELLED' });
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', path: '/w' });
    expect(tell(full)).toEqual({
      exit: 1,
      code: 'FILE',
      message: '"/w" cannot be written: the disk is full.',
      details: { path: '/w', reason: 'ENOSPC' },
    });
  });

  test.each([
    new TypeError('x is not a function'),
    Object.assign(new Error('no such table: teams'), { code: 'SQLITE_ERROR' }),
    new ORPCError('INTERNAL_SERVER_ERROR', { message: 'SELECT secret' }),
    'text',
    null,
    undefined,
  ])('that nobody foresaw is not told at all: %s', (error) => {
    expect(tell(error)).toBeNull();
  });
});
