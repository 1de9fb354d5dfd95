import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { NetworkMeasures } from '#shared/contract/analysis.ts';
import { root } from '#scripts/lib/paths.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { inFolder } from './frames.ts';

const { frames, json } = inFolder();

test('frames analyze names records, with their university where another has the same name', async () => {
  const workspace = await testWorkspace();
  const { folder } = workspace;
  const { entities } = workspace.as();
  const create = (
    type: 'university' | 'project' | 'team' | 'student',
    id: string,
    data: object,
  ): Promise<unknown> => entities.create({ type, id, data: { name: id, ...data } });
  for (const id of ['Summit', 'Bayfront']) {
    await create('university', id, {});
    await create('team', `thermal-${id}`, { name: 'Thermal', university_id: id });
  }
  await create('team', 'radio', { name: 'Radio', university_id: 'Summit' });
  for (const to of ['thermal-Bayfront', 'radio'])
    await entities.create({ type: 'interface', data: { from: 'thermal-Summit', to, energy_loss: 5 } });
  await create('student', 'Ada', { team_id: 'thermal-Summit', terms_remaining: 1, expertise_area: 'optics' });
  const linesOf = async (model: string): Promise<string> =>
    (await frames('analyze', '--model', model, '--workspace', folder)).stdout;
  const network = await linesOf('network');
  expect(network).toMatch(/^Thermal \(Summit\) /m);
  expect(network).toMatch(/^Thermal \(Bayfront\) /m);
  expect(network).toMatch(/^Radio {2}/m);
  // Only one team loses somebody, so no name repeats.
  expect(await linesOf('leaving')).toMatch(/^Thermal {2}/m);
  expect(await linesOf('legacy')).toContain('Total energy loss: ');
  expect(await linesOf('expertise')).toMatch(/optics +1 .*Ada/);
  await create('project', 'CubeSat A', { needed_expertise: 'optics, orbits' });
  const expertise = await linesOf('expertise');
  expect(expertise).toMatch(/orbits +0 +nobody +CubeSat A/);
  expect(expertise).toMatch(/optics +1 +leaving_now +1 +CubeSat A +Ada/);
});

test('frames analyze ranks by the given measure', async () => {
  await json('import', join(root, 'test/fixtures/frames_data.json'), '--workspace', 'R');
  const { nodes, exact } = await json<NetworkMeasures>('analyze --model network --exact --workspace R');
  expect(exact).toBe(true);
  const closest = nodes.toSorted((a, b) => b.closeness - a.closeness)[0];
  const { stdout } = await frames('analyze --model network --by closeness --workspace R');
  const rows = stdout.slice(stdout.indexOf('Nodes:')).split('\n');
  expect(rows[3]).toContain(` ${Number(closest?.closeness.toFixed(3))} `);
});
