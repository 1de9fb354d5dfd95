import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { backupTime } from '#renderer/features/transfer/ImportResultPage.tsx';
import { graphRecordText, jsonValueText, problemText } from '#renderer/features/transfer/sentences.ts';
import { exactTime } from '#renderer/text/time.ts';
import { amountText, percentOf, stepText } from '#renderer/ui/ProgressLine.tsx';
import type { Progress } from '#shared/contract/progress.ts';
import type { SheetType } from '#shared/contract/sheets.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';

describe('problems of a graph or a FRAMES file', () => {
  it('show text in curly quotation marks, and other values as JSON', () => {
    expect(['"n2"', '"a \\"b\\""', '"cut o…', '[1]', ''].map(jsonValueText)).toEqual([
      '“n2”',
      '“a "b"”',
      '“cut o…”',
      '[1]',
      '',
    ]);
  });

  it('name record and field, and a record without a name by its number', () => {
    const link = { type: 'interface', number: 3 } as const;
    const records = [
      { ...link, name: 'Optics → Radio', field: 'energy_loss' },
      { ...link, name: null, field: null },
      { type: 'team', name: 'Optics', number: 1, field: 'Room key' } as const,
    ];
    expect(records.map(graphRecordText)).toEqual([
      'Link “Optics → Radio”, field “Knowledge lost”',
      'Link 3',
      'Team “Optics”, field “Room key”',
    ]);
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

describe('the stamp of a backup', () => {
  it('is a readable time, or unchanged if it is none', () => {
    const moment = exactTime('2026-11-20T13:09:46.696Z');
    expect(backupTime('20261120T130946696Z')).toBe(moment);
    expect(backupTime('20261120T130946696Z-2')).toBe(moment);
    for (const name of ['before the move', '20261120', '']) expect(backupTime(name)).toBe(name);
  });
});

describe('a name that no record has', () => {
  const missing = (type: SheetType, field: string, code: SheetProblem['code']): string =>
    problemText(
      {
        code,
        field,
        value: 'Nobody Known',
        column: 1,
        count: 1,
        lines: [2],
        came: 1,
        weight: 'decide',
        action: 'empty',
        becomes: null,
        suggestions: [],
      },
      type,
    );

  it.each([
    ['contact', 'with', 'No person or team is named “Nobody Known”'],
    ['interface', 'bearers', 'No person is named “Nobody Known”'],
    ['student', 'other_team_ids', 'No team is named “Nobody Known”'],
    ['team', 'university_id', 'No university is named “Nobody Known”'],
  ] as const)('of a %s as %s is missed as what the field takes', (type, field, expected) => {
    expect(missing(type, field, 'reference_missing')).toBe(expected);
  });

  it('of a contact may be that of several', () => {
    expect(missing('contact', 'who', 'reference_ambiguous')).toBe(
      'More than one person or team is named “Nobody Known”',
    );
  });
});
