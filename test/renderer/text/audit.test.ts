import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { describeTransaction } from '#renderer/text/audit.ts';
import { momentToSecond } from '#renderer/text/formats.ts';
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
    ['sample.clear', { removed: 2 }, 'Took the sample out: 2 records'],
    ['profile.create', { title: 'Ada' }, 'Added the profile Ada'],
    ['profile.rename', { title: 'Mira', was: 'root' }, 'Renamed the profile root to Mira'],
    ['profile.rename', { title: 'Mira' }, 'Renamed a profile to Mira'],
    ['profile.rename', {}, 'Renamed a profile'],
    [
      'profile.change',
      { title: 'Mira', was: 'root', role: 'editor', university: 'Summit' },
      'Changed the profile Mira: formerly root, role Editor and university Summit',
    ],
    ['profile.change', { title: 'Mira', university: null }, 'Changed the profile Mira: no university'],
    ['profile.change', { title: 'Mira' }, 'Changed the profile Mira'],
    ['profile.change', {}, 'Changed a profile'],
    [
      'workspace.restored',
      { backup: '20261120T083041000Z' },
      `Restored the backup of ${momentToSecond('2026-11-20T08:30:41.000Z')}`,
    ],
    ['workspace.restored', {}, 'Restored a backup'],
    [
      'moment.restored',
      { at: 3, time: '2026-11-20T08:30:12.000Z', all: false, count: 3 },
      `Set 3 records back to ${momentToSecond('2026-11-20T08:30:12.000Z')}`,
    ],
    [
      'moment.restored',
      { at: 3, time: '2026-11-20T08:30:12.000Z', all: true, count: 3 },
      `Set everything back to ${momentToSecond('2026-11-20T08:30:12.000Z')}`,
    ],
    ['moment.restored', {}, 'Set records back to an earlier state'],
    [
      'golden.brought',
      { version: 2, backup: '20261120T083041000Z-later' },
      `Brought back golden version 2 from the backup of ${momentToSecond('2026-11-20T08:30:41.000Z')}`,
    ],
    [
      'golden.brought',
      { version: 2, backup: 'mine' },
      'Brought back golden version 2 from the backup of mine',
    ],
    ['workspace.rename', { title: 'Ours', was: 'Sample' }, 'Renamed the workspace Sample to Ours'],
    ['workspace.rename', { title: 'Ours' }, 'Renamed the workspace to Ours'],
    ['sandbox.adopted', { title: 'Ours' }, 'Called the workspace Ours here too, as in live'],
    ['workspace.rename', {}, 'Renamed the workspace'],
    ['backups.prune', { count: 3 }, 'Removed 3 backups'],
    ['backups.prune', { count: 1 }, 'Removed 1 backup'],
    ['backups.retention', { last: 3 }, 'Changed which backups stay'],
    ['records.edit', { type: 'team', count: 40, fields: ['size'] }, 'Changed size of 40 teams'],
    ['records.edit', { type: 'team', count: 2, fields: ['a', 'b', 'c', 'd'] }, 'Changed 2 teams'],
    [
      'records.edit',
      { type: 'team', count: 3, fields: ['lifecycle'], was: 'incoming', became: 'established' },
      'Changed lifecycle of 3 teams from incoming to established',
    ],
    [
      'records.change',
      { type: 'team', count: 3, fields: ['size'], became: 4 },
      'Changed size of 3 teams to 4 people',
    ],
    [
      'records.edit',
      { type: 'team', count: 3, fields: ['stage'], was: 'Test', became: null },
      'Emptied stage of 3 teams (was Test)',
    ],
    ['records.edit', { type: 'team', count: 3, fields: ['stage'], became: null }, 'Emptied stage of 3 teams'],
    ['records.change', { type: 'team', count: 12, created: 12 }, 'Added 12 teams'],
    ['records.change', { count: 4, created: 1 }, 'Added 1 record and changed 3 records'],
    ['records.change', { type: 'team', count: 3, created: 0, fields: ['size'] }, 'Changed size of 3 teams'],
    ['records.remove', { type: 'team', count: 40, links: 12 }, 'Deleted 40 teams and 12 links'],
    ['records.remove', { type: 'interface', count: 2, links: 0 }, 'Deleted 2 links'],
    ['records.restore', { type: 'student', count: 2, links: 1 }, 'Restored 2 students and 1 link'],
    [
      'records.restore',
      { type: 'university', count: 2, links: 3, contents: 40 },
      'Restored 2 universities, 40 records and 3 links',
    ],
    ['view.create', { title: 'Weak links' }, 'Saved the view Weak links'],
    ['view.update', { title: 'Weak links', fields: ['layout'] }, 'Changed the view Weak links'],
    ['view.delete', { title: 'Weak links' }, 'Deleted the view Weak links'],
    ['sandbox.promoted', { name: 'What if', count: 3 }, 'Promoted 3 records from the sandbox What if'],
    ['sandbox.refreshed', { name: 'What if', count: 3 }, 'Brought 3 records from live into the sandbox'],
    ['moment.restored', { count: 3 }, 'Set 3 records back to an earlier state'],
    ['moment.restored', {}, 'Set records back to an earlier state'],
    ['positions.arrange', { count: 1, title: 'Thermal' }, 'Moved Thermal in the network'],
    ['positions.arrange', { count: 300 }, 'Moved 300 records in the network'],
    ['positions.release', { count: 300 }, 'Forgot 300 positions'],
    ['positions.release', { count: 1, title: 'Thermal' }, 'Forgot the position of Thermal'],
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
