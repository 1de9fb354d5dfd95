import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/domain/json.ts';
import { changesOf, countsOf, problemsOf } from '#renderer/features/wizard/changes.ts';
import { draftFrom, emptyDraft, newTeam, pasteNames } from '#renderer/features/wizard/draft.ts';
import type { WizardDraft } from '#renderer/features/wizard/draft.ts';

const team = (id: string, part: Partial<WizardDraft['teams'][number]> = {}) => ({
  ...newTeam(),
  id,
  name: id,
  ...part,
});

function draft(part: Partial<WizardDraft> = {}): WizardDraft {
  const empty = emptyDraft();
  return { ...empty, university: { ...empty.university, id: 'u', name: 'Redwood' }, ...part };
}

const full = draft({
  teams: [team('t1', { discipline: 'software', size: '4' }), team('t2'), newTeam()],
  people: [
    { id: 's1', kind: 'student', name: 'Sam', team: 't1', detail: '3' },
    { id: 'f1', kind: 'faculty', name: 'Fay', team: '', detail: 'pi' },
  ],
  links: [
    { id: 'l1', from: 't1', to: 't2', bond: 'codified-strong' },
    { id: 'l2', from: 'f1', to: 't2', bond: '' },
  ],
});

describe('the draft', () => {
  it('becomes one record a line, each after those that it refers to', () => {
    expect(changesOf(full)).toEqual([
      { kind: 'create', type: 'university', id: 'u', data: { name: 'Redwood' } },
      {
        kind: 'create',
        type: 'team',
        id: 't1',
        data: { name: 't1', university_id: 'u', discipline: 'software', size: 4 },
      },
      // What nobody said is not known, and no default.
      {
        kind: 'create',
        type: 'team',
        id: 't2',
        data: { name: 't2', university_id: 'u' },
      },
      {
        kind: 'create',
        type: 'student',
        id: 's1',
        data: { name: 'Sam', university_id: 'u', team_id: 't1', terms_remaining: 3 },
      },
      { kind: 'create', type: 'faculty', id: 'f1', data: { name: 'Fay', university_id: 'u', role: 'pi' } },
      {
        kind: 'create',
        type: 'interface',
        id: 'l1',
        data: { from: 't1', to: 't2', interface_type: 'team-to-team', bond_type: 'codified-strong' },
      },
      {
        kind: 'create',
        type: 'interface',
        id: 'l2',
        data: { from: 'f1', to: 't2', interface_type: 'team-to-faculty' },
      },
    ]);
    expect(countsOf(full)).toEqual({ university: 1, team: 2, student: 1, faculty: 1, interface: 2 });
    expect(problemsOf(full)).toEqual([]);
  });
});

describe('problems', () => {
  it.each([
    [
      'a university without a name',
      draft({ university: { ...draft().university, name: ' ' } }),
      ['universityName'],
    ],
    [
      'no university chosen',
      draft({ university: { ...draft().university, kind: 'existing' } }),
      ['universityChoice'],
    ],
    ['a team without a name', draft({ teams: [team('t1', { name: '', size: '3' })] }), ['name']],
    ['a size that is none', draft({ teams: [team('t1', { size: '0' })] }), ['size']],
    ['a half size', draft({ teams: [team('t1', { size: '2.5' })] }), ['size']],
    ['two teams of one name', draft({ teams: [team('t1'), team('t2', { name: 'T1 ' })] }), ['twice']],
    [
      'terms that are no number',
      draft({ people: [{ id: 's', kind: 'student', name: 'S', team: '', detail: 'few' }] }),
      ['terms'],
    ],
    [
      'a link with itself',
      draft({ teams: [team('t1')], links: [{ id: 'l', from: 't1', to: 't1', bond: '' }] }),
      ['ends'],
    ],
    [
      'a link to a line that was emptied',
      draft({ teams: [team('t1')], links: [{ id: 'l', from: 't1', to: 'gone', bond: '' }] }),
      ['ends'],
    ],
  ])('%s', (_, wanted, keys) => {
    expect(problemsOf(wanted).map(({ key }) => key)).toEqual(keys);
  });
});

describe('lines', () => {
  test.prop([
    fc.array(fc.string().filter((name) => name.trim() !== '' && !/[\r\n\t]/.test(name))),
    fc.nat(3),
  ])('pasted names fill the lines from where they were pasted', (names, at) => {
    const before = [team('a'), team('b'), team('c'), team('d')];
    const after = pasteNames(before, at, names.join('\r\n'), newTeam);
    expect(after.slice(at, at + names.length).map(({ name }) => name)).toEqual(
      names.map((name) => name.trim()),
    );
    expect(after.slice(0, at)).toEqual(before.slice(0, at));
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
  });
});

describe('a kept draft', () => {
  it('is the same again', () => {
    expect(draftFrom(JSON.parse(JSON.stringify(full)) as Json)).toEqual(full);
  });

  it.each([
    undefined,
    null,
    3,
    'x',
    [],
    {},
    { step: 'nowhere' },
    { step: 'teams', university: {}, teams: 3 },
  ])('of no sense is none: %j', (item) => {
    expect(draftFrom(item as never)).toBeNull();
  });
});
