import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { disconnected } from '#renderer/api/failures.ts';
import { chosenOf } from '#renderer/features/transfer/openFile.ts';
import { explainFailure } from '#renderer/features/transfer/import/ImportFailure.tsx';
import { amountText, percentOf, stepText } from '#renderer/ui/ProgressLine.tsx';
import type { Progress } from '#shared/contract/progress.ts';

const fault = (code: string, message: string, data: unknown): Error =>
  new ORPCError(code, { message, data, status: 400, defined: true });

describe('why a file did not come in', () => {
  it('says what, where, what is safe and what to do', () => {
    const data = { reason: 'truncated', line: 135, path: '$.teams[3]' };
    expect(explainFailure(fault('BAD_FILE', 'The file ends too early.', data), false)).toEqual({
      what: 'The file ends too early.',
      line: 135,
      path: '$.teams[3]',
      safe: 'Nothing was imported, and your records are as they were.',
      todo: 'The file was cut off, as by an interrupted download: fetch it again.',
      trace: null,
      next: 'again',
    });
  });

  it('asks for the file anew when the data process ended, because its grant went with it', () => {
    const { next, safe } = explainFailure(disconnected(), true);
    expect(next).toBe('chosen');
    expect(safe).toContain('whole or not at all');
    expect(explainFailure(fault('GRANT_EXPIRED', '', {}), false).next).toBe('chosen');
  });
});

describe('progress', () => {
  const at = (step: string, done: number, total: number | null): Progress => ({
    kind: 'progress',
    step,
    done,
    total,
  });

  it('of reading is per cent, of writing is records', () => {
    expect(amountText(at('reading', 640, 1000))).toBe('64 %');
    expect(amountText(at('writing', 12_400, 100_000))).toBe('12,400 of 100,000');
    expect(amountText(at('writing', 12, null))).toBe('12 so far');
    expect(amountText(null)).toBe('');
  });

  it('never leaves its bar', () => {
    expect(percentOf(at('writing', 7, 5))).toBe(100);
    expect(percentOf(at('writing', 7, 0))).toBeNull();
    expect(percentOf(at('copying', 0, null))).toBeNull();
  });

  it('has words for every step, also one that it does not know', () => {
    expect(stepText('copying')).toBe('Backing up');
    expect(stepText('juggling')).toBe('Working');
  });
});

describe('what was dropped', () => {
  it('is one file that can be imported, or is refused with a reason', () => {
    expect(chosenOf([])).toBeNull();
    expect(chosenOf([{ name: 'A.JSON' }])).toEqual({ file: { name: 'A.JSON' } });
    for (const name of ['a.xlsx', 'a.CSV', 'a.tsv', 'a.xls', 'a.frames']) {
      expect(chosenOf([{ name }])).toEqual({ file: { name } });
    }
    expect(chosenOf([{ name: 'a.pdf' }])).toMatchObject({ title: 'FRAMES cannot import “a.pdf”' });
    expect(chosenOf([{ name: 'a.json' }, { name: 'b.json' }])).toMatchObject({
      title: 'One file at a time, please',
    });
  });
});
