import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFramesJson } from '#core/model/interchange/keys.ts';
import { states, sorted } from './states.ts';
import { exported, plan, told } from './support.ts';
import { lawRuns } from '#test/support/law-runs.ts';

describe('export and import', () => {
  it('are inverse for any state that core accepts', () => {
    fc.assert(
      fc.property(states, (state) => {
        const prepared = plan(exported(state));
        expect(sorted(prepared.records)).toEqual(sorted(state));
        expect(prepared.problems.counts.duration_unit_guessed).toBeUndefined();
        expect(told(prepared).filter(({ action }) => action !== 'kept')).toEqual([]);
      }),
      { numRuns: lawRuns(300) },
    );
  });

  it('bring over a state that is there already without a change', () => {
    fc.assert(
      fc.property(states, (state) => {
        const workspace = Object.fromEntries(
          state.map(({ type, id, payload }) => [id, { type, deleted: false, hidden: false, payload }]),
        );
        const prepared = plan(exported(state), { workspace });
        expect(prepared.records.every(({ effect }) => effect === 'unchanged')).toBe(true);
      }),
      { numRuns: lawRuns(100) },
    );
  });
});

describe('toLegacy', () => {
  it('puts fields that a reader would mistake under frames_verbatim', () => {
    expect(toFramesJson('project', 'p', { name: 'P', duration: 3, frames_verbatim: 1 })).toEqual({
      id: 'p',
      name: 'P',
      frames_verbatim: { duration: 3, frames_verbatim: 1 },
    });
    expect(toFramesJson('team', 't', { duration: 3 })).toEqual({ id: 't', duration: 3 });
  });
});

describe('the exported file', () => {
  it('always has the original’s four lists in order, and no other empty list', () => {
    expect(exported([])).toBe(
      '{\n  "teams": [],\n  "faculty": [],\n  "projects": [],\n  "interfaces": []\n}\n',
    );
    const document = JSON.parse(
      exported([
        { type: 'student', id: 's', payload: { name: 'S' } },
        { type: 'faculty', id: 'f', payload: { name: 'F' } },
      ]),
    ) as object;
    expect(Object.keys(document)).toEqual(['teams', 'faculty', 'projects', 'interfaces', 'students']);
  });
});
