import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { describeTransaction } from '#renderer/text/audit.ts';
import { auditedTypes } from '#shared/domain/types.ts';

describe('what a transaction did', () => {
  it.each([
    ['team.create', { title: 'Thermal' }, 'Created Thermal'],
    ['team.update', { title: 'Thermal', fields: ['size'] }, 'Changed size of Thermal'],
    [
      'team.update',
      { title: 'Thermal', fields: ['size', 'lifecycle'] },
      'Changed size and lifecycle of Thermal',
    ],
    ['team.update', { title: 'Thermal', fields: ['a', 'b', 'c', 'd'] }, 'Changed Thermal'],
    ['team.delete', { title: 'Thermal', links: 3, contents: 0 }, 'Deleted Thermal and 3 links'],
    ['team.delete', { title: 'Thermal', links: 0 }, 'Deleted Thermal'],
    [
      'university.delete',
      { title: 'Summit', links: 1, contents: 40 },
      'Deleted Summit, 40 records and 1 link',
    ],
    ['team.restore', { title: 'Thermal', links: 2 }, 'Restored Thermal and 2 links'],
    ['risk-factor.create', { title: '' }, 'Created an untitled risk factor'],
    [
      'import',
      { source: 'roster.json', counts: { teams: 8, faculty: 3 } },
      'Imported 8 teams and 3 faculty members from roster.json',
    ],
    ['import', {}, 'Imported a file'],
    ['seed', { size: 'small' }, 'Added sample records'],
    ['profile.create', { title: 'Ada' }, 'Added the profile Ada'],
    ['workspace.create', { title: 'Ada' }, 'Made this workspace'],
    [
      'undo',
      { label: 'team.delete', params: { title: 'Thermal', links: 3 } },
      'Undid: Deleted Thermal and 3 links',
    ],
    ['redo', { label: 'team.create', params: { title: 'Thermal' } }, 'Redid: Created Thermal'],
    ['undo', {}, 'Undid a change'],
    ['something.new', {}, 'Changed something (something.new)'],
  ])('%s %o', (label, params, words) => {
    expect(describeTransaction(label, params)).toBe(words);
  });

  it('an erased one is still described', () => {
    for (const type of auditedTypes) {
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
