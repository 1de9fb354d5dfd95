import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const fixtures = join(root, 'test/core/transfer/graph/fixtures');

beforeAll(async () => {
  await json('import', join(root, 'test/fixtures/frames_data.json'), '--workspace', 'W');
});

describe('export', () => {
  test('writes the format of the file name, and counts nodes and edges', async () => {
    const done = await json('export', '--workspace', 'W', '--out', 'all.graphml');
    expect(done).toMatchObject({ format: 'graphml', graph: { nodes: 14, edges: 11 }, left_out: {}, cut: 0 });
    const { stdout } = await frames('export --workspace W --format csv-edges --out edges.csv');
    expect(stdout).toContain('As a graph: no nodes and 11 edges.');
    expect(stdout).toContain('Not supported by this format: 3 projects, 8 teams, 3 faculty members.');
    expect(readFileSync(at('edges.csv'), 'utf8')).toMatch(/^\uFEFFsource,target,id,/);
  });

  test('asks for the format if the name does not give it', async () => {
    const { code, error } = await refused('export', '--workspace', 'W', '--out', 'all.csv');
    expect(code).toBe(2);
    expect(error.message).toContain('--format');
  });
});

describe('import', () => {
  test('detects exported formats by content, also tables and workbooks', async () => {
    for (const [format, name] of [
      ['gexf', 'a.gexf'],
      ['cytoscape', 'a.json'],
      ['csv-nodes', 'nodes.csv'],
      ['csv-edges', 'links.csv'],
      ['xlsx', 'a.xlsx'],
    ] as const) {
      await json('export', '--workspace', 'W', '--format', format, '--out', name);
      const done = await json('import', name, '--workspace', 'W', '--dry-run', '--force', '--map', 'M');
      expect(done).toMatchObject({ report: { problems: {} }, updates: { teams: 0, interfaces: 0 } });
      expect(done).toMatchObject({ unchanged: name === 'links.csv' ? { interfaces: 11 } : { teams: 8 } });
    }
  });

  test('uses --node-type for the type, and --column for losses in weights', async () => {
    const file = join(fixtures, 'networkx.graphml');
    const done = await json(
      'import',
      file,
      '--workspace',
      'N',
      '--node-type',
      'student',
      '--column',
      'weight=energy_loss',
    );
    expect(done).toMatchObject({ created: { students: 3, interfaces: 2 } });
    const { rows } = await json<{ rows: { payload: { energy_loss: number } }[] }>(
      'entities',
      'list',
      'interface',
      '--workspace',
      'N',
    );
    expect(new Set(rows.map(({ payload }) => payload.energy_loss))).toEqual(new Set([25, 50]));
    const { stdout } = await frames('import', file, '--workspace', 'N', '--force', '--dry-run');
    expect(stdout).toContain('Without a known type: 3 nodes');
  });

  test('uses --column for kept shares in weights, and reports the reading', async () => {
    const into = ['import', join(fixtures, 'networkx.graphml'), '--workspace', 'R', '--node-type', 'team'];
    const { stdout } = await frames(...into, '--dry-run', '--column', 'weight=rest_of:energy_loss');
    expect(stdout).toContain(
      'Attribute “weight” is read as 100 % minus the value: 0.25 becomes 75 %. Values: 2.',
    );
    const done = await json(...into, '--column', 'weight=rest_of:energy_loss');
    expect(done).toMatchObject({ created: { interfaces: 2 } });
    const { code, error } = await refused(...into, '--force', '--column', 'weight=rest_of:importance');
    expect(code).toBe(2);
    expect(error.message).toContain('Shares: energy_loss, documented.');
  });

  test('names the options for types, matching names and edge lists, and creates no workspace from a bad file', async () => {
    const nodes = [
      { id: 'a', label: 'Star tracker', type: 'Sensor' },
      { id: 'b', label: 'Avionics', type: 'Team' },
    ];
    writeFileSync(at('kinds.json'), JSON.stringify({ nodes, links: [] }));
    expect((await frames('import', 'kinds.json', '--workspace', 'K', '--dry-run')).stdout).toContain(
      'Sensor',
    );
    expect(
      await json('import', 'kinds.json', '--workspace', 'L', '--node-type', 'Sensor=ignore'),
    ).toMatchObject({ created: { teams: 1 }, report: { notices: [{ code: 'nodes_left_out', count: 1 }] } });
    expect(
      (await refused('import', 'kinds.json', '--workspace', 'L', '--node-type', 'ignore')).error.message,
    ).toContain('VALUE=ignore');
    writeFileSync(at('gephi.csv'), 'Source,Target,Weight\na,b,1\n');
    const edges = ['gephi.csv', '--workspace', 'G', '--format', 'csv-edges'] as const;
    expect(await json('import', ...edges)).toMatchObject({ created: { teams: 2, interfaces: 1 } });
    writeFileSync(at('names.csv'), 'from,to\na,c\n');
    const again = ['names.csv', ...edges.slice(1), '--force'] as const;
    expect(await json('import', ...again, '--matching', 'update')).toMatchObject({ created: { teams: 1 } });
    const list = join(root, 'test/fixtures/cases/23-edge-list.csv');
    expect((await refused('import', list, '--workspace', 'E')).error.message).toContain(
      '--create-ends by-name',
    );
    const odd = {
      nodes: [{ id: 'a', label: 'Optics', loss: 1 }],
      links: [{ source: 'a', target: 'b', loss: 'high' }],
    };
    writeFileSync(
      at('odd.json'),
      JSON.stringify({ ...odd, nodes: [...odd.nodes, { id: 'b', label: 'Radio' }] }),
    );
    expect(
      (await frames('import', 'odd.json', '--workspace', 'O', '--dry-run', '--column', 'loss=energy_loss'))
        .stdout,
    ).toContain('link "Optics → Radio", field "Knowledge lost"');
    writeFileSync(at('cut.gexf'), '<gexf><graph>');
    const { error } = await refused('import', 'cut.gexf', '--workspace', 'none');
    expect(error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'truncated' } });
  });
});
