import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { describeTransaction } from '#renderer/text/audit.ts';
import { dateTimeToSecond } from '#renderer/text/formats.ts';
import { auditedTypes } from '#shared/domain/types.ts';

describe('the description of a transaction', () => {
  it.each([
    [
      'team.update',
      { title: 'Thermal', fields: ['size', 'lifecycle'] },
      'Changed “Size” and “Lifecycle” of “Thermal”',
    ],
    ['team.update', { title: 'Thermal', fields: ['a', 'b', 'c', 'd'] }, 'Changed “Thermal”'],
    [
      'university.delete',
      { title: 'Summit', links: 1, contents: 40 },
      'Deleted “Summit”, 40 records and 1 link',
    ],
    ['risk-factor.create', { title: '' }, 'Created an untitled risk factor'],
    [
      'import',
      { source: 'roster.json', counts: { teams: 8, faculty: 3 } },
      'Imported 8 teams and 3 faculty members from “roster.json”',
    ],
    ['import', {}, 'Imported a file'],
    ['sheet.import', { source: 'links.csv', count: 1, made: 0 }, 'Updated 1 record from “links.csv”'],
    [
      'profile.change',
      { title: 'Mira', was: 'root', role: 'editor', university: 'Summit' },
      'Changed profile “Mira”: formerly root, role Editor and university Summit',
    ],
    ['profile.change', {}, 'Changed a profile'],
    [
      'moment.restored',
      { at: 3, time: '2026-11-20T08:30:12.000Z', all: true, count: 3 },
      `Restored everything to ${dateTimeToSecond('2026-11-20T08:30:12.000Z')}`,
    ],
    [
      'records.edit',
      { type: 'team', count: 3, fields: ['lifecycle'], was: 'incoming', became: 'established' },
      'Changed “Lifecycle” of 3 teams from incoming to established',
    ],
    [
      'records.edit',
      { type: 'team', count: 3, fields: ['stage'], was: 'Test', became: null },
      'Cleared “stage” of 3 teams (was “Test”)',
    ],
    ['records.change', { count: 4, created: 1 }, 'Added 1 record and changed 3 records'],
    [
      'records.restore',
      { type: 'university', count: 2, links: 3, contents: 40 },
      'Restored 2 universities, 40 records and 3 links',
    ],
    [
      'undo',
      { label: 'team.delete', params: { title: 'Thermal', links: 3 } },
      'Undone: Deleted “Thermal” and 3 links',
    ],
    ['undo', {}, 'Undid a change'],
    ['something.new', {}, 'Other change (something.new)'],
  ])('%s %o', (label, params, words) => {
    expect(describeTransaction(label, params)).toBe(words);
  });

  it('an erased one is still described', () => {
    // Making the workspace is a change of its own.
    for (const type of auditedTypes.filter((one) => one !== 'workspace')) {
      for (const action of ['create', 'update', 'delete', 'restore']) {
        expect(describeTransaction(`${type}.${action}`, {})).toMatch(/an untitled/);
      }
    }
  });

  test.prop([fc.string(), fc.dictionary(fc.string(), fc.jsonValue())])(
    'anything at all is described',
    (label, params) => {
      expect(describeTransaction(label, params)).not.toBe('');
    },
  );
});
