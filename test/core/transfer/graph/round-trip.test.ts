import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { states, sorted } from '../states.ts';
import type { Stored } from '../states.ts';
import { live, told } from '../support.ts';
import { planned, written } from './support.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const nodeTypes = ['university', 'project', 'team', 'faculty', 'student'];

/** What of a state stands in a graph; what its records refer to beyond it is not there. */
function graphOf(state: readonly Stored[]): Stored[] {
  const ends = new Set(
    state.flatMap(({ type, payload }) => (type === 'interface' ? [payload.from, payload.to] : [])),
  );
  return state.filter(({ type, id }) => type === 'interface' || nodeTypes.includes(type) || ends.has(id));
}

const asWorkspace = (records: readonly Stored[]) =>
  Object.fromEntries(records.map(({ type, id, payload }) => [id, live(type, payload)]));

describe('a graph that FRAMES wrote', () => {
  it.each(['gexf', 'graphml', 'cytoscape', 'node-link'] as const)(
    'is read back as the same records: %s',
    (format) => {
      fc.assert(
        fc.property(states, (state) => {
          const records = graphOf(state);
          const prepared = planned(written(records, format).bytes);
          expect(sorted(prepared.records)).toEqual(sorted(records));
          expect(told(prepared).filter(({ action }) => action !== 'kept')).toEqual([]);
          expect(prepared.graph).toMatchObject({ format, untyped: 0 });
        }),
        { numRuns: lawRuns(150) },
      );
    },
  );

  it('is read back from tables of nodes and of edges', () => {
    fc.assert(
      fc.property(states, (state) => {
        const records = graphOf(state);
        const [edges, nodes] = [true, false].map((isEdge) =>
          records.filter(({ type }) => (type === 'interface') === isEdge),
        );
        const first = planned(written(nodes ?? [], 'csv-nodes').bytes, { format: 'csv-nodes' });
        expect(sorted(first.records)).toEqual(sorted(nodes ?? []));
        const workspace = asWorkspace(nodes ?? []);
        const second = planned(written(edges ?? [], 'csv-edges').bytes, { format: 'csv-edges', workspace });
        expect(sorted(second.records)).toEqual(sorted(edges ?? []));
      }),
      { numRuns: lawRuns(150) },
    );
  });
});

describe('a workbook that FRAMES wrote', () => {
  // Also days that spreadsheets cannot number.
  const days = fc.constantFrom('2025-03-15', '1899-12-31', '1900-02-28', '1900-03-01', '9999-12-31');

  it('is read back as the same records of every type, with booleans and days', () => {
    fc.assert(
      fc.property(states, days, fc.boolean(), (state, since, insured) => {
        const records = state.map((record) => ({
          ...record,
          payload: { since, insured, frames_verbatim: since, ...record.payload },
        }));
        const { bytes, tally } = written(records, 'xlsx');
        fc.pre(tally.cutCount === 0);
        const prepared = planned(bytes, { format: 'xlsx' });
        expect(sorted(prepared.records)).toEqual(sorted(records));
      }),
      { numRuns: lawRuns(60) },
    );
  });
});

describe('parallel links with labels', () => {
  const records: Stored[] = [
    { type: 'team', id: 'a', payload: { name: 'Optics' } },
    { type: 'team', id: 'b', payload: { name: 'Radio' } },
    ...['heat', 'data'].map((label): Stored => ({
      type: 'interface',
      id: label,
      payload: { from: 'a', to: 'b', label, energy_loss: 15 },
    })),
  ];

  it.each([
    // Gephi, Gephi Lite and NetworkX read these attributes; NetworkX uses `id` as the key.
    ['gexf', /<edge id="data" source="a" target="b" label="data">/],
    ['gexf', /<attribute id="\w+" title="energy_loss" type="long"\/>/],
    [
      'graphml',
      /<key id="e0" for="edge" attr\.name="label".*[^]*<edge id="data" source="a" target="b"><data key="e0">data</,
    ],
    // Gephi reads columns of these names, NetworkX `source` and `target`.
    ['csv-edges', /^\uFEFFsource,target,id,label,.*\r\n(?:.*\r\n)*a,b,data,data,/],
    ['node-link', /"id":"data","source":"a","target":"b","label":"data",.*"key":"data"/],
    ['cytoscape', /"data":\{"id":"data","source":"a","target":"b","label":"data",.*"key":"data"/],
  ] as const)('have label and key where other programs look for them: %s', (format, pattern) => {
    const { bytes } = written(records, format);
    expect(bytes.toString('utf8')).toMatch(pattern);
    if (format === 'csv-edges') return;
    expect(sorted(planned(bytes).records)).toEqual(sorted(records));
  });
});

describe('values that a format has no place for', () => {
  const odd = {
    name: 'A & <b> "c"',
    bell: 'a\u0001',
    description: ' two\r\nlines\t',
    size: 3,
    digits: '0171',
    figure: '5',
    yes: 'true',
    list: '[1]',
    half: 'a\uD800b',
    beyond: '\uFFFE',
    blank: '  ',
    nothing: null,
    label: 'own',
    type: 'own',
    source: 'own',
    key: 'own',
    'a b': 1e21,
    __proto__x: { __deep: [1, 'x', null] },
  };
  const records: Stored[] = [
    { type: 'team', id: 't 1', payload: odd },
    { type: 'team', id: 't 2', payload: { ...odd, figure: 5, yes: true, list: [1], nothing: 'x' } },
    {
      type: 'project',
      id: 'p',
      payload: { name: 'P', type: 'cubesat', project_type: 'own', duration_months: 9 },
    },
    {
      type: 'interface',
      id: 'i',
      payload: { from: 't 1', to: 't 2', energy_loss: 0.5, weight: 3, key: 'k', type: 'x' },
    },
  ];

  it.each(['gexf', 'graphml', 'cytoscape', 'node-link', 'xlsx'] as const)(
    'come back exactly: %s',
    (format) => {
      const prepared = planned(written(records, format).bytes, { format });
      expect(sorted(prepared.records)).toEqual(sorted(records));
      expect(prepared.loss_unit).toBe('percent');
    },
  );

  it('are counted if other programs do not see them completely', () => {
    expect(written(records, 'gexf').tally.cutCount).toBe(6);
    expect(written(records, 'node-link').tally.cutCount).toBe(0);
  });
});
