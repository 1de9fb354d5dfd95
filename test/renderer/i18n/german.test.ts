import { issueOf } from '#shared/texts/issues.ts';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRaw, toRaw } from '#renderer/features/records/form/values.ts';
import { lexiconOf } from '#renderer/features/records/filters/typed/lexicon.ts';
import { parseText } from '#renderer/features/records/filters/typed/parse.ts';
import { speak } from '#renderer/i18n/setup.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { describeTransaction } from '#renderer/text/audit.ts';
import { describeError, issueProblem } from '#renderer/text/faults.ts';
import { useFormats } from '#renderer/text/formats.ts';
import { countedAll, inSentence, displayTitle, typeNames } from '#renderer/text/names.ts';
import { timeAgo, exactTime } from '#renderer/text/time.ts';
import { defaultSeat } from '#shared/shell/seat-defaults.ts';

beforeAll(async () => {
  useSeat.setState({ ...defaultSeat, language: 'de' });
  useFormats.setState({ dates: 'day-month', numbers: 'point' });
  await speak('de');
});

afterAll(async () => {
  useSeat.setState(defaultSeat);
  useFormats.setState({ dates: 'day-month', numbers: 'comma' });
  await speak('en');
});

describe('in German', () => {
  it('counts, times and days are German', () => {
    const now = new Date('2026-11-20T10:00:00Z');
    expect(countedAll({ team: 1, interface: 1200 })).toBe('1 Team und 1.200 Verbindungen');
    expect(timeAgo('2026-11-20T09:57:00Z', now)).toBe('vor 3 Minuten');
    expect(timeAgo('2026-01-05T09:57:00Z', now)).toBe('5. Jan. 2026');
    expect(exactTime('2026-11-20T10:00:00Z')).toMatch(/^Freitag, 20\. November 2026/);
    useFormats.setState({ dates: 'month-day' });
    expect(exactTime('2026-11-20T10:00:00Z')).toMatch(/^Freitag, November 20, 2026/);
    useFormats.setState({ dates: 'day-month' });
  });

  it('numbers that are typed are read as they are written', () => {
    const field = { kind: 'number' } as const;
    for (const value of [1.125, 1250, 0.3, -2]) {
      expect(fromRaw(field, toRaw(field, value))).toEqual({ ok: true, value });
    }
    expect(toRaw(field, 1.125)).toBe('1,125');
    expect(fromRaw(field, '1.250')).toEqual({ ok: true, value: 1250 });
    expect(fromRaw({ kind: 'boolean' }, 'Nein')).toEqual({ ok: true, value: false });
  });

  it('nouns keep their capital within a sentence', () => {
    expect(inSentence(typeNames('team'))).toBe('Teams');
    expect(displayTitle('', 'team')).toBe('Team ohne Namen');
    expect(describeTransaction('team.update', { title: 'Avionics', fields: ['size', 'discipline'] })).toBe(
      '„Größe“ und „Fachgebiet“ bei „Avionics“ geändert',
    );
  });

  it('filters are typed with German names of fields and values, and with the stored ones', () => {
    const lexicon = lexiconOf('team');
    const filters = (text: string) => parseText(lexicon, text).filters;
    expect(filters('Fachgebiet:Mechanik')).toEqual([{ field: 'discipline', op: 'is', value: 'mechanical' }]);
    expect(filters('lebensphase:scheidend,neu')).toEqual([
      { field: 'lifecycle', op: 'in', value: ['outgoing', 'incoming'] },
    ]);
    const own = lexiconOf('team', undefined, [{ name: 'Phase', kind: 'text' }]);
    expect(parseText(own, 'phase:build').filters).toEqual([
      { field: 'own:Phase', op: 'contains', value: 'build' },
    ]);
    expect(filters('größe>=5 ohne:beschreibung mit:fachgebiet')).toEqual([
      { field: 'size', op: 'gte', value: 5 },
      { field: 'description', op: 'empty' },
      { field: 'discipline', op: 'not_empty' },
    ]);
    expect(filters('discipline:mechanical no:description')).toEqual([
      { field: 'discipline', op: 'is', value: 'mechanical' },
      { field: 'description', op: 'empty' },
    ]);
  });

  it('problems of core are translated with their values', () => {
    expect(issueProblem(issueOf('team', 'dangling', { id: 'team_1' }))).toBe(
      'verweist auf einen Datensatz, den es nicht gibt: „team_1“',
    );
    expect(issueProblem({ message: 'is odd' })).toBe('is odd');
    const issues = [issueOf('size', 'too_big', { max: 100 })];
    const error = new ORPCError('INVALID', { status: 422, message: 'odd', data: { issues } });
    expect(describeError(error).detail).toBe('Größe darf höchstens 100 sein');
    expect(describeError(error).title).toBe('Einige Werte lassen sich nicht speichern');
  });
});
