import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportFormat } from '#shared/domain/formats.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { readSheet } from 'read-excel-file/node';
import { fillSample } from '#core/sample/fill.ts';
import { drain, fixtureFile, importFile, makeWorkspace, workspaceForAll } from '../workspace.ts';

const workspace = workspaceForAll();
beforeAll(async () => {
  await importFile(workspace, fixtureFile);
  await workspace.client.entities.create({ type: 'outcome', data: { outcome_type: 'mission_success' } });
});

async function exportAs(format: ExportFormat, name: string) {
  const path = workspace.path(name);
  const grant = workspace.core.grants.issue(path, 'write');
  const { result } = await drain(await workspace.client.transfer.exportFile({ grant, format }));
  return { path, result };
}

describe('exporting everything', () => {
  it('reports the written nodes and edges, and values that the format cannot hold', async () => {
    const { result } = await exportAs('gexf', 'all.gexf');
    expect(result).toMatchObject({ graph: { nodes: 14, edges: 11 }, left_out: { outcomes: 1 }, cut: 0 });
    expect(result.counts).toMatchObject({ teams: 8, faculty: 3, projects: 3, interfaces: 11, outcomes: 0 });
    const edges = await exportAs('csv-edges', 'edges.csv');
    expect(edges.result).toMatchObject({ graph: { nodes: 0, edges: 11 } });
  });

  it('as the original’s file has its values, and those that its program computed', async () => {
    const { path } = await exportAs('original', 'original.json');
    type Lists = Record<string, JsonObject[]>;
    const [file, legacy] = [path, fixtureFile].map((one) => JSON.parse(readFileSync(one, 'utf8')) as Lists);
    const byId = (list: JsonObject[] = []) =>
      Object.fromEntries(list.map((record) => [JSON.stringify(record.id), record]));
    for (const list of ['teams', 'faculty', 'projects'])
      expect(byId(file?.[list])).toEqual(byId(legacy?.[list]));
    const none = { from_university: null, to_university: null, is_cross_university: false };
    const links = legacy?.interfaces?.map((record) => ({ ...record, ...none }));
    expect(byId(file?.interfaces)).toEqual(byId(links));
  });

  it('as the original’s file has a unit if years could be taken for months', async () => {
    const other = await makeWorkspace();
    await other.client.entities.create({
      type: 'project',
      id: 'p',
      data: { name: 'P', duration_months: 150 },
    });
    const path = other.path('long.json');
    const grant = other.core.grants.issue(path, 'write');
    await drain(await other.client.transfer.exportFile({ grant, format: 'original' }));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ projects: [{ duration: 12.5 }] });
    const back = await drain(
      await other.client.transfer.preview({ grant: other.core.grants.issue(path, 'read') }),
    );
    expect(back.result.unchanged.projects).toBe(1);
  });
});

describe('the sample with custom booleans and days', () => {
  const formats = ['xlsx', 'graphml', 'gexf', 'node-link', 'cytoscape', 'frames-json'] as const;
  const custom = { name: 'Custom', insured: true, since: '2024-02-29', note: 'none' };

  it('is imported from each export with 0 differences', async () => {
    const sample = await makeWorkspace();
    await fillSample(sample.core.services, sample.core.session(), {});
    await sample.client.entities.create({ type: 'team', id: 'custom', data: custom });
    for (const format of formats) {
      const path = sample.path(`sample.${format}`);
      const grant = sample.core.grants.issue(path, 'write');
      await drain(await sample.client.transfer.exportFile({ grant, format }));
      const read = sample.core.grants.issue(path, 'read');
      const options = format === 'xlsx' ? { options: { format } } : {};
      const { result } = await drain(await sample.client.transfer.preview({ grant: read, ...options }));
      const changes = [result.creates, result.updates, result.restores].flatMap((counts) =>
        Object.values(counts),
      );
      expect([format, changes.filter((count) => count > 0)]).toEqual([format, []]);
      expect(result.unchanged.teams).toBeGreaterThan(10);
    }
    const rows = await readSheet(sample.path('sample.xlsx'), 'teams');
    const [headings, row] = [rows[0] ?? [], rows.find(([id]) => id === 'custom') ?? []];
    const cellOf = (name: string) => row[headings.indexOf(name)];
    expect([cellOf('insured'), cellOf('since'), cellOf('note')]).toEqual([
      true,
      new Date('2024-02-29T00:00:00Z'),
      'none',
    ]);
  });
});
