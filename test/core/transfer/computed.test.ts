import { describe, expect, it } from 'vitest';
import { live, payloadOf, plan, told } from './support.ts';

describe('computed_field', () => {
  it.each([
    ['4 terms left', { terms_remaining: 4 }, 'outgoing'],
    ['terms as text', { terms_remaining: '1' }, 'established'],
    ['no word of the terms left', {}, 'incoming'],
  ])('keeps a status that a student with %s has not, and says so', (_, fields, status) => {
    const prepared = plan({ students: [{ id: 's', name: 'S', ...fields, status }] });
    expect(payloadOf(prepared, 's')).toMatchObject({ name: 'S', imported_values: { status } });
    expect(payloadOf(prepared, 's')).not.toHaveProperty('status');
    expect(told(prepared)).toContainEqual({
      path: '$.students[0].status',
      code: 'computed_field',
      action: 'set_aside',
    });
  });

  it('says nothing of what will be computed as the file has it, or of nothing', () => {
    const prepared = plan({
      interfaces: [
        {
          id: 'i',
          from: 'a',
          to: 'b',
          is_cross_university: true,
          from_university: 'u',
          to_university: 'v',
          university_id: 'u',
        },
        { id: 'j', from: 'a', to: 'u', is_cross_university: false, from_university: null },
      ],
      universities: [
        { id: 'u', name: 'U', university_id: 'u' },
        { id: 'v', name: 'V', university_id: null },
      ],
      teams: [
        { id: 'a', name: 'A', university_id: 'u' },
        { id: 'b', name: 'B', university_id: 'v' },
      ],
      students: [
        { id: 's', name: 'S', terms_remaining: 2, status: 'established' },
        { id: 't', name: 'T', status: null },
      ],
    });
    expect(told(prepared)).toEqual([]);
    expect(payloadOf(prepared, 'i')).toEqual({ from: 'a', to: 'b' });
    expect(payloadOf(prepared, 'u')).toEqual({ name: 'U' });
    expect(payloadOf(prepared, 's')).toEqual({ name: 'S', terms_remaining: 2 });
  });

  it('keeps what an interface or a university says otherwise, whatever the order of the lists', () => {
    const said = { is_cross_university: true, from_university: 'North', university_id: 'v' };
    const prepared = plan({
      interfaces: [{ id: 'i', from: 'a', to: 'b', ...said, to_university: 'u' }],
      teams: [
        { id: 'a', name: 'A', university_id: 'u' },
        { id: 'b', name: 'B', university_id: 'u' },
      ],
      universities: [{ id: 'u', name: 'U', university_id: 'x' }],
    });
    expect(payloadOf(prepared, 'i')).toEqual({ from: 'a', to: 'b', imported_values: said });
    expect(payloadOf(prepared, 'u')).toEqual({ name: 'U', imported_values: { university_id: 'x' } });
    expect(prepared.problems.counts).toEqual({ computed_field: 4 });
  });

  it('goes by the record as it will be, with what the workspace has', () => {
    const workspace = {
      s: live('student', { name: 'S', terms_remaining: 1 }),
      a: live('team', { name: 'A', university_id: 'u' }),
      b: live('team', { name: 'B', university_id: 'v' }),
    };
    const prepared = plan(
      {
        students: [{ id: 's', name: 'S', status: 'outgoing' }],
        interfaces: [{ id: 'i', from: 'a', to: 'b', is_cross_university: true, from_university: 'u' }],
      },
      { workspace },
    );
    expect(told(prepared)).toEqual([]);
  });

  it('understands an id that could not be kept', () => {
    const prepared = plan({ universities: [{ id: 5, name: 'Five', university_id: 5 }] });
    expect(prepared.problems.counts).toEqual({ wrong_type: 1 });
  });

  it('is told once: what was kept comes back with the record', () => {
    const first = plan({ students: [{ id: 's', name: 'S', status: 'incoming' }] });
    const again = plan({ students: [{ id: 's', ...payloadOf(first, 's') }] });
    expect(payloadOf(again, 's')).toEqual(payloadOf(first, 's'));
    expect(told(again)).toEqual([]);
  });
});
