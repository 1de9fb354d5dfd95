import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import { importMap, summarizeImport } from '#core/import/json/preview.ts';
import { countBy } from '#core/import/write.ts';
import { faultOf, fixtureText, gone, live, payloadOf, plan, recordOf, stillClock, told } from './support.ts';

/** The reference data lies beside the checkout where there is one; our own fixture has the same shape. */
const reference = new URL('../../../../shared/data/frames/frames_data.json', import.meta.url);

describe('the plan of a legacy file', () => {
  it.each([
    ['our own fixture', fixtureText()],
    [
      'the reference file, or our own where it is not there',
      existsSync(reference) ? readFileSync(reference, 'utf8') : fixtureText(),
    ],
  ])('counts 8 teams, 3 faculty, 3 projects and 11 interfaces in %s', (_, text) => {
    const prepared = plan(text);
    expect(countBy(prepared.records)).toEqual({
      universities: 0,
      projects: 3,
      organisations: 0,
      teams: 8,
      faculty: 3,
      students: 0,
      interfaces: 11,
      outcomes: 0,
      risk_factors: 0,
      factor_models: 0,
      contacts: 0,
      repairs: 0,
      repositories: 0,
      tasks: 0,
      documents: 0,
      comments: 0,
    });
    expect(prepared.problems.counts).toEqual({ unknown_value: 3, duration_unit_guessed: 3 });
    expect(prepared.duration_unit).toBe('years');
    expect(payloadOf(prepared, 'project_1')).toMatchObject({ type: 'jpl-contract', duration_months: 36 });
    expect(payloadOf(prepared, 'interface_11')).toMatchObject({
      from: 'team_8',
      to: 'project_3',
      bond_type: 'fragile-temporary',
      energy_loss: 60,
    });
  });

  it('sorts referenced types first, and interfaces last', () => {
    const prepared = plan(fixtureText());
    const types = [...new Set(prepared.records.map(({ type }) => type))];
    expect(types).toEqual(['project', 'team', 'faculty', 'interface']);
  });

  it('keeps local times and all unknown fields', () => {
    const row = {
      id: 'team_1700000000000',
      name: 'A',
      created_at: '2025-03-04T09:30:00',
      updated_at: '',
      notes: [1, { two: null }],
      position: { x: 0.5 },
    };
    const { id, ...fields } = row;
    expect(payloadOf(plan({ teams: [row] }), id)).toEqual(fields);
  });

  it('reads an interface in the original spelling and in ours (the field names that did not match upstream)', () => {
    const ends = {
      teams: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B' },
      ],
    };
    const camel = {
      id: 'i',
      from: 'a',
      to: 'b',
      interfaceType: 'team-to-team',
      bondType: 'codified-strong',
      energyLoss: 5,
    };
    const snake = {
      id: 'i',
      from_entity: 'a',
      to_entity: 'b',
      interface_type: 'team-to-team',
      bond_type: 'codified-strong',
      energy_loss: 5,
    };
    const expected = {
      from: 'a',
      to: 'b',
      interface_type: 'team-to-team',
      bond_type: 'codified-strong',
      energy_loss: 5,
    };
    for (const link of [camel, snake]) {
      const prepared = plan({ ...ends, interfaces: [link] });
      expect(payloadOf(prepared, 'i')).toEqual(expected);
      expect(told(prepared)).toEqual([]);
    }
  });

  it('lets an interface end in a record that only the workspace has', () => {
    const prepared = plan(
      { teams: [{ id: 'a', name: 'A' }], interfaces: [{ id: 'i', from: 'a', to: 'here' }] },
      { workspace: { here: live('outcome', { outcome_type: 'mission_success' }) } },
    );
    expect(payloadOf(prepared, 'i')).toEqual({ from: 'a', to: 'here' });
  });
});

describe('an import over records that are there', () => {
  it('restores a deleted record, and clears its references to missing ones', () => {
    const prepared = plan(
      { teams: [{ id: 'a', size: 3, name: 'A' }] },
      {
        workspace: {
          a: gone('team', { name: 'A', university_id: 'u', project_id: 'p' }),
          u: gone('university', { name: 'U' }),
          p: live('project', { name: 'P' }),
        },
      },
    );
    expect(recordOf(prepared, 'a')).toMatchObject({
      effect: 'restore',
      payload: { name: 'A', size: 3, university_id: null, project_id: 'p' },
    });
    expect(told(prepared)).toEqual([
      { path: '$.teams[0].university_id', code: 'dangling_reference', action: 'cleared' },
    ]);
  });
});

describe('the report of a plan', () => {
  const file = {
    name: 'data.json',
    bytes: 10,
    sha256: 'ab',
    decoded: { encoding: 'utf-8', isGuessed: false, readings: [] },
  } as const;

  it('counts new, changed and unchanged records, and shows a few of each', () => {
    const first = payloadOf(plan(fixtureText()), 'team_1') as JsonObject;
    const prepared = plan(fixtureText(), {
      workspace: {
        team_1: live('team', first),
        team_2: live('team', { ...first, size: 99 }),
        team_3: gone('team', { name: 'X' }),
      },
    });
    const told = summarizeImport(file, prepared, false);
    expect(told.counts.teams).toBe(8);
    const { creates, updates, restores, unchanged } = told;
    expect([creates.teams, updates.teams, restores.teams, unchanged.teams]).toEqual([5, 1, 1, 1]);
    expect(told).toMatchObject({
      source: 'data.json',
      sha256: 'ab',
      bytes: 10,
      workspace_empty: false,
      duration_unit: 'years',
    });
  });

  it('maps every id, old to new, for the file that a command writes', () => {
    const prepared = plan({
      teams: [{ id: 'a', name: 'A' }, { name: 'B' }, { id: 7, name: 'C' }, { id: 'a', name: 'D' }],
      projects: [{ id: 'p', name: 'P', duration: 2 }],
    });
    const map = importMap('data.json', prepared, 'dry-run', stillClock);
    expect(map).toMatchObject({
      source_file: 'data.json',
      timestamp: '2023-11-14T22:13:20.000Z',
      mode: 'dry-run',
      duration_unit: 'years',
      problem_count: 4,
    });
    expect(map.counts).toMatchObject({ teams: 3, projects: 1, universities: 0 });
    expect(map.ids.projects).toEqual({ p: 'p' });
    expect(map.ids.teams).toEqual({
      a: 'a',
      '$.teams[1]': expect.stringMatching(/^team_/) as string,
      '7': '7',
    });
    expect(JSON.parse(JSON.stringify(map))).toEqual(map);
  });
});

describe('a document without the outer form', () => {
  it.each([
    ['a list', '[1]', { reason: 'not_an_object', path: '$' }],
    ['a text', '"teams"', { reason: 'not_an_object', path: '$' }],
    ['null', 'null', { reason: 'not_an_object', path: '$' }],
    ['a list that is an object', '{"teams": {"a": {}}}', { reason: 'list_that_is_no_list', path: '$.teams' }],
    [
      'a list that is null',
      '{"teams": [], "students": null}',
      { reason: 'list_that_is_no_list', path: '$.students' },
    ],
    ['no list that is known', '{"nodes": [], "links": []}', { reason: 'nothing_to_import', path: '$' }],
    ['nothing at all', '{}', { reason: 'nothing_to_import', path: '$' }],
  ])('is refused: %s', (_, text, data) => {
    const fault = faultOf(() => plan(text));
    expect(fault.data).toMatchObject(data);
    expect(fault.message).toMatch(/\.$/);
  });
});
