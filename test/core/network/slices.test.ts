import { describe, expect, test } from 'vitest';
import { readGraph } from '#core/network/graph.ts';
import { linkIndex } from '#core/network/link-index.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { edgesOf, isWhole, networkTemplate, nodeOf } from './crew.ts';

const template = await networkTemplate();
const many = 2500;

/** What `network.graph` does, step by step. */
function steps(workspace: TestWorkspace, input: Partial<Parameters<typeof readGraph>[1]>) {
  const { services } = workspace.core;
  const usual = {
    types: ['team' as const],
    filters: [],
    fields: [],
    references: false,
    limit: 20_000,
    drawing: 'network' as const,
  };
  return readGraph({ ...services, links: linkIndex(services) }, { ...usual, ...input });
}

function finish<R>(work: Generator<number, R, void>): { result: R; pauses: number } {
  for (let pauses = 0; ; pauses += 1) {
    const step = work.next();
    if (step.done) return { result: step.value, pauses };
  }
}

/** The workspace with many more teams, each joined with team a, and placed. */
async function crowd(): Promise<TestWorkspace> {
  const workspace = await testWorkspace({ template });
  const { core } = workspace;
  await core.services.queue.job(core.session(), 'a test', async ({ records }) => {
    for (let at = 0; at < many; at++) {
      const id = `n${at}`;
      const data = { name: id, size: at + 1, project_id: 'p' };
      records.createLater({ type: 'team', id, payload: data }, null);
      records.createLater({ type: 'interface', id: `to-${id}`, payload: { from: id, to: 'a' } }, null);
      records.createLater({ type: 'position', id: `at-${id}`, payload: { node: id, x: at, y: -at } }, null);
    }
    await Promise.resolve();
  });
  return workspace;
}

describe('a large graph', () => {
  test('is read in pieces, and is whole', async () => {
    const workspace = await crowd();
    const { result, pauses } = finish(
      steps(workspace, { types: ['team', 'project'], fields: ['size'], references: true }),
    );
    expect(pauses).toBeGreaterThan(8);
    expect(isWhole(result)).toBe(true);
    expect(result.nodes.id).toHaveLength(many + 6);
    const last = nodeOf(result, `n${many - 1}`);
    expect(last).toMatchObject({ x: many - 1, y: 1 - many, links: 1, values: { size: many } });
    expect(result.edges.kind.filter((kind) => kind === 'reference')).toHaveLength(many + 1);
    expect(result.edges.kind.filter((kind) => kind === 'interface')).toHaveLength(many + 4);
  });

  test('is that of one moment, whatever is changed while it is read', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const work = steps(workspace, { types: ['team'], fields: ['size'] });
    for (let step = 0; step < 4; step += 1) work.next();
    await ada.entities.remove({ type: 'team', id: 'b' });
    await ada.entities.update({ type: 'team', id: 'a', data: { name: 'Renamed', size: 77 } });
    const { result } = finish(work);
    expect(isWhole(result)).toBe(true);
    expect(result.nodes.id).not.toContain('b');
    expect(edgesOf(result)).toEqual(['c>d', 'd>a']);
    expect(nodeOf(result, 'a')).toMatchObject({ title: 'Renamed', values: { size: 77 } });
  });

  test('completes during constant writes', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const work = steps(workspace, { types: ['team'] });
    let result = work.next();
    for (let at = 0; !result.done; at += 1) {
      await ada.entities.update({ type: 'team', id: 'a', data: { size: at + 100 } });
      result = work.next();
    }
    expect(isWhole(result.value)).toBe(true);
  });
});
