import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '#shared/contract/transfer.ts';
import type { Json } from '#shared/domain/json.ts';
import type { FilePlan } from '#core/import/json/plan.ts';
import { drain, importFile, workspaceForEach } from '../workspace.ts';
import { planned } from './support.ts';
import type { GraphOptions } from './support.ts';

type Attributes = Readonly<Record<string, Json>>;

/** A graph with an edge for each of these: T0 to T1, T1 to T2 and so on. */
const graphOf = (...edges: Attributes[]) => ({
  nodes: [...edges, {}].map((_, index) => ({ id: `T${index}`, label: `Team ${index}`, type: 'team' })),
  links: edges.map((attributes, index) => ({ source: `T${index}`, target: `T${index + 1}`, ...attributes })),
});

const plan = (edges: Attributes[], options: GraphOptions = {}): FilePlan =>
  planned(graphOf(...edges), options);

const valuesOf = ({ records }: FilePlan, field: string): Json[] =>
  records.flatMap(({ type, payload }) => (type === 'interface' ? [payload[field] ?? null] : []));

const lossesOf = (prepared: FilePlan): Json[] => valuesOf(prepared, 'energy_loss');

const choose = (name: string, becomes: string | null, rest?: boolean): Pick<ImportOptions, 'attributes'> => ({
  attributes: [{ of: 'edges', name, becomes, ...(rest === true && { rest }) }],
});

const retained = [0.8, 1, 0, 0.05].map((value) => ({ retained: value }));

describe('an attribute of kept shares', () => {
  it('becomes the loss, which is said once', () => {
    const prepared = plan(retained);
    expect(lossesOf(prepared)).toEqual([20, 0, 100, 95]);
    expect(valuesOf(prepared, 'retained')).toEqual([null, null, null, null]);
    expect(prepared.graph?.attributes).toEqual([
      { of: 'edges', name: 'retained', count: 4, sample: '0.8', becomes: 'energy_loss', rest: true },
    ]);
    expect(prepared.problems.notices.list()).toContainEqual({
      code: 'share_rest',
      count: 4,
      where: { attribute: 'retained', of: 'edges' },
      params: { value: '0.8', becomes: 20 },
    });
    expect(prepared).toMatchObject({ loss_unit: 'fraction', asks_loss_unit: true });
  });

  it.each([
    ['Wissen erhalten (%)', [75, 100], [25, 0]],
    ['transferEfficiency', ['80 %', '95 %'], [20, 5]],
    ['knowledge_kept', ['3/5', '5/5'], [40, 0]],
    ['kennisbehoud', [80, 40], [20, 60]],
  ])('is known by the name “%s”', (name, values, losses) => {
    expect(lossesOf(plan(values.map((value) => ({ [name]: value }))))).toEqual(losses);
  });

  it('leaves the loss of edges without it unknown', () => {
    expect(lossesOf(plan([{ retained: 0.8 }, {}, { retained: '' }, { retained: 0.6 }]))).toEqual([
      20,
      null,
      null,
      40,
    ]);
  });

  it('follows the chosen unit, and keeps a value that is no share under its own name', () => {
    expect(lossesOf(plan(retained.slice(0, 1), { loss_unit: 'percent' }))).toEqual([99.2]);
    const odd = plan(
      [0.8, 80, 'most', 0.5].map((value) => ({ retained: value })),
      { loss_unit: 'fraction' },
    );
    expect(lossesOf(odd)).toEqual([20, null, null, 50]);
    expect(valuesOf(odd, 'imported_values')).toEqual([null, { retained: 80 }, { retained: 'most' }, null]);
    expect(odd.problems.list.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '$.edges[1].retained out_of_range',
      '$.edges[2].retained wrong_type',
    ]);
  });

  it('is in both links of an edge that goes both ways', () => {
    expect(lossesOf(plan([{ retained: 0.8, direction: 'both' }]))).toEqual([20, 20]);
  });

  it.each([
    ['flags', [1, 0, 1]],
    ['words', ['yes', 'no']],
    ['points', [4, 2, 5]],
    ['counts', [250, 12, 1200]],
  ])('stays a custom field if its values are %s', (_, values) => {
    const prepared = plan(values.map((value) => ({ retained: value })));
    expect(lossesOf(prepared)).toEqual(values.map(() => null));
    expect(valuesOf(prepared, 'retained')).toEqual(values);
  });
});

describe('an attribute beside the loss', () => {
  it.each(['energy_loss', 'loss', 'Verlust'])('is no loss itself: %s', (name) => {
    const prepared = plan([
      { retained: 0.8, [name]: 30 },
      { retained: 0.6, [name]: 50 },
    ]);
    expect(lossesOf(prepared)).toEqual([30, 50]);
    expect(valuesOf(prepared, 'retained')).toEqual([0.8, 0.6]);
  });

  it('is the loss only for the first of several names', () => {
    const prepared = plan([{ efficiency: 0.9, retained: 0.8 }]);
    expect(lossesOf(prepared)).toEqual([10]);
    expect(valuesOf(prepared, 'retained')).toEqual([0.8]);
  });
});

describe('a choice', () => {
  it('makes the attribute a custom field again, or the loss, or leaves it out', () => {
    const own = plan(retained, choose('retained', 'retained'));
    expect(lossesOf(own)).toEqual([null, null, null, null]);
    expect(valuesOf(own, 'retained')).toEqual([0.8, 1, 0, 0.05]);
    expect(own.problems.notices.list()).toEqual([]);
    expect(lossesOf(plan(retained, choose('retained', 'energy_loss')))).toEqual([80, 100, 0, 5]);
    expect(lossesOf(plan(retained, choose('retained', null)))).toEqual([null, null, null, null]);
  });

  it('makes any attribute the rest of a share', () => {
    const edges = [{ weight: 0.8 }, { weight: 0.3 }];
    expect(lossesOf(plan(edges, choose('weight', 'energy_loss', true)))).toEqual([20, 70]);
    expect(valuesOf(plan(edges, choose('weight', 'documented', true)), 'documented')).toEqual([20, 70]);
    const named = [{ energy_loss: 0.8 }, { energy_loss: 0.3 }];
    expect(lossesOf(plan(named, choose('energy_loss', 'energy_loss', true)))).toEqual([20, 70]);
  });

  it('comes before a guess of another attribute', () => {
    const edges = [{ retained: 0.8, weight: 0.1, loss: 0.3 }];
    const asLoss = plan([{ retained: 0.8, weight: 0.1 }], choose('weight', 'energy_loss'));
    expect([lossesOf(asLoss), valuesOf(asLoss, 'retained')]).toEqual([[10], [0.8]]);
    const asRest = plan(edges, choose('retained', 'energy_loss', true));
    expect([lossesOf(asRest), valuesOf(asRest, 'loss'), valuesOf(asRest, 'weight')]).toEqual([
      [20],
      [0.3],
      [0.1],
    ]);
  });

  it('is refused for a field that is no share', () => {
    for (const field of ['importance', 'nothing'])
      expect(() => plan(retained, choose('retained', field, true))).toThrow(
        `minus ${field}, which is not a share`,
      );
  });
});

describe('a file', () => {
  const workspace = workspaceForEach();
  const losses = async (): Promise<Json[]> =>
    (await workspace.client.entities.list({ type: 'interface' })).rows
      .map(({ payload }) => payload.energy_loss ?? null)
      .toSorted((a, b) => Number(a) - Number(b));

  it('is imported so, again without a change, and undone', async () => {
    const path = workspace.put(graphOf(...retained), 'graph.json');
    const grant = workspace.core.grants.issue(path, 'read');
    const { result } = await drain(await workspace.client.transfer.preview({ grant }));
    expect(result.report).toMatchObject({ complete: false, notices: [{ code: 'share_rest', count: 4 }] });
    await importFile(workspace, path);
    expect(await losses()).toEqual([0, 20, 95, 100]);
    const again = await importFile(workspace, path, { force: true, backup: false });
    expect(again.result.op_id).toBe('');
    await workspace.client.history.undo({});
    expect(await losses()).toEqual([]);
  });

  it('of edges in a table is read alike', () => {
    const table = 'Source,Target,Retained (%)\nOptics,Radio,80\nRadio,Power,95\n';
    expect(lossesOf(planned(table, { format: 'csv-edges' }))).toEqual([20, 5]);
  });
});
