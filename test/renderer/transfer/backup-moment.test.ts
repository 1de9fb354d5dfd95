import { describe, expect, it } from 'vitest';
import { backupMoment } from '#renderer/features/transfer/import/ImportEnd.tsx';
import { exact } from '#renderer/text/time.ts';

describe('the stamp of a backup', () => {
  it('is a time as people say it', () => {
    const moment = exact('2026-11-20T13:09:46.696Z');
    expect(moment).toMatch(/20 November 2026/);
    expect(backupMoment('20261120T130946696Z')).toBe(moment);
    expect(backupMoment('20261120T130946696Z-2')).toBe(moment);
  });

  it('stays as it is where it is none', () => {
    for (const name of ['before the move', '20261120', '']) expect(backupMoment(name)).toBe(name);
  });
});
