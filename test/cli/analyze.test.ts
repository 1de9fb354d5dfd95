import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { NetworkMeasures } from '#shared/contract/analysis.ts';
import { percent } from '#cli/commands/dashboard-lines.ts';
import { root } from '#scripts/lib/paths.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { inFolder } from './frames.ts';

const { frames, json } = inFolder();

test('frames analyze --model network shows how the network falls apart and where a failure spreads', async () => {
  await json('import', join(root, 'test/fixtures/frames_data.json'), '--workspace', 'W');
  const { robustness, propagation } = await json<NetworkMeasures>('analyze --model network --workspace W');
  const fewest = Math.min(robustness.halved.betweenness, robustness.halved.degree);
  const { stdout } = await frames('analyze --model network --workspace W');
  expect(stdout).toContain(
    `Removing ${fewest} records halves it (${robustness.halved.random} if removed at random): `,
  );
  const [furthest] = propagation.spreads;
  expect(stdout).toContain(percent(furthest?.value ?? 0));
  expect(stdout).toContain('likelihood times impact');
});

test('frames analyze names records, with their university if names are equal, and translates components', async () => {
  const workspace = await testWorkspace();
  const { folder } = workspace;
  const { entities } = workspace.as();
  const made = (type: 'university' | 'team' | 'student', id: string, data: object): Promise<unknown> =>
    entities.create({ type, id, data: { name: id, ...data } });
  for (const id of ['Summit', 'Bayfront']) {
    await made('university', id, {});
    await made('team', `thermal-${id}`, { name: 'Thermal', university_id: id });
  }
  await made('team', 'radio', { name: 'Radio', university_id: 'Summit' });
  for (const to of ['thermal-Bayfront', 'radio'])
    await entities.create({ type: 'interface', data: { from: 'thermal-Summit', to, energy_loss: 5 } });
  await made('student', 'Ada', { team_id: 'thermal-Summit', terms_remaining: 1 });
  await made('student', 'Bo', { team_id: 'radio', terms_remaining: 1 });
  const linesOf = async (model: string): Promise<string> =>
    (await frames('analyze', '--model', model, '--workspace', folder)).stdout;
  const network = await linesOf('network');
  expect(network).toMatch(/^Thermal \(Summit\) /m);
  expect(network).toMatch(/^Thermal \(Bayfront\) /m);
  expect(network).toMatch(/^Radio {2}/m);
  // Only one of them loses somebody: nothing repeats its name.
  expect(await linesOf('leaving')).toMatch(/^Thermal {2}/m);
  const legacy = await linesOf('legacy');
  expect(legacy).toContain('Total energy loss: ');
  expect(legacy).toMatch(/Handover: \d+ \(low|medium|high\)/);
  expect(await linesOf('factor')).not.toContain('Parts');
});

test('an empty workspace shows neither', async () => {
  const { folder } = await testWorkspace();
  const { code, stdout } = await frames('analyze', '--model', 'network', '--workspace', folder);
  expect(code).toBe(0);
  expect(stdout).toContain('no records (0 shown), no components, no bridges.');
  expect(stdout).not.toMatch(/halved|NaN/);
});

test('ranks by the requested measure, and says that it is exact', async () => {
  await json('import', join(root, 'test/fixtures/frames_data.json'), '--workspace', 'R');
  const { nodes, exact } = await json<NetworkMeasures>('analyze --model network --exact --workspace R');
  expect(exact).toBe(true);
  const closest = nodes.toSorted((a, b) => b.closeness - a.closeness)[0];
  const { stdout } = await frames('analyze --model network --by closeness --workspace R');
  const first = stdout.split('\n').find((line) => line.includes(closest?.closeness.toFixed(3) ?? ''));
  expect(first).toContain(` ${closest?.in_degree} `);
  expect(stdout).toContain('Exact: computed from every record.');
});

test('lists who states an area, whether or not rankings name people', async () => {
  const create = (id: string, area: string) =>
    json(
      'entities create student',
      id,
      '--workspace',
      'E',
      '--data',
      JSON.stringify({ name: id, expertise_area: area }),
    );
  await json('init --workspace E');
  await create('Ada', 'optics');
  await create('Bo', 'Optics');
  await create('Cy', 'budgets');
  const { stdout } = await frames('analyze --model expertise --workspace E');
  expect(stdout).toMatch(/budgets +1 +Cy\noptics +2 +Ada, Bo\n\n1 of 2 areas known by one person/);
});
