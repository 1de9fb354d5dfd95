import { MultiDirectedGraph } from 'graphology';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ForceLayout } from '#renderer/features/network/layout/force.ts';
import type { FromWorker, ToWorker } from '#renderer/features/network/layout/force.ts';
import { interpolatePoints, NetworkLayout } from '#renderer/features/network/layout/NetworkLayout.ts';
import type { Model, Point } from '#renderer/features/network/model/model.ts';
import type { EdgeAttributes, NodeAttributes, Styles } from '#renderer/features/network/stage/attributes.ts';
import type { Stage } from '#renderer/features/network/stage/Stage.ts';
import { edge, modelOf, node } from './support.ts';

/** Runs that are not ended, and all runs. */
let runs = { open: 0, all: 0 };

/** A worker in the same thread: it computes the whole layout at once. */
class TestWorker extends EventTarget {
  #ended = false;

  constructor() {
    super();
    runs = { open: runs.open + 1, all: runs.all + 1 };
  }

  postMessage(message: ToWorker): void {
    if (message.kind !== 'begin') return;
    const layout = new ForceLayout(message.input);
    while (!layout.isAtRest) layout.step();
    queueMicrotask(() => {
      if (this.#ended) return;
      const data: FromWorker = { points: layout.points(), progress: 1, isDone: true };
      this.dispatchEvent(new MessageEvent('message', { data }));
    });
  }

  terminate(): void {
    if (!this.#ended) runs = { ...runs, open: runs.open - 1 };
    this.#ended = true;
  }
}

const styles: Styles = {
  node: () => ({ size: 5, color: '#000000', shape: 'circle', label: '' }),
  edge: () => ({ size: 1, color: '#000000', dash: null }),
};
const ink = { text: '#111111', faint: '#777777', background: '#ffffff', accent: '#4450d8' };

/** A layout with a stage that only keeps positions. */
function laidOut() {
  const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  const fits: number[] = [];
  const put = (points: ReadonlyMap<string, Point>): void => {
    for (const [id, { x, y }] of points)
      if (graph.hasNode(id)) graph.mergeNodeAttributes(id, { x, y });
      else graph.addNode(id, { x, y, ...styles.node(id) });
  };
  const stage = {
    graph,
    isLarge: false,
    apply: (
      model: Model,
      _near: unknown,
      steps: { nodes: { removed: string[] } },
      points: Map<string, Point>,
    ) => {
      for (const id of steps.nodes.removed) graph.dropNode(id);
      put(new Map([...points].filter(([id]) => model.nodes.has(id) && !graph.hasNode(id))));
    },
    move: put,
    setArranging: () => {},
    camera: { isHome: true, fit: (points: Iterable<Point>) => void fits.push([...points].length) },
  };
  const failures: unknown[] = [];
  const layout = new NetworkLayout(stage as unknown as Stage, true, {
    onRunning: () => {},
    onGroups: () => {},
    onFailure: (error) => void failures.push(error),
  });
  onTestFinished(() => layout.dispose());
  const show = async (model: Model, subject = '') => {
    layout.show({ model, layout: 'force', subject, styles, ink });
    await Promise.resolve();
    await Promise.resolve();
    return new Map(layout.points);
  };
  return { layout, show, fits, drawn: (id: string) => graph.getNodeAttributes(id) };
}

const ids = Array.from({ length: 20 }, (_, at) => `n${at}`);
const ring = ids.map((id, at) => edge(`e${at}`, id, ids[(at + 1) % ids.length] ?? ''));
const whole = modelOf(
  ids.map((id) => node(id)),
  ring,
);
const near = modelOf(
  ids.slice(0, 3).map((id) => node(id)),
  ring.slice(0, 2),
);
let subject = 0;
/** Layouts are remembered by subject: each test has its own. */
const newSubject = (): string => `subject ${(subject += 1)}`;

beforeEach(() => {
  vi.stubGlobal('Worker', TestWorker);
  runs = { open: 0, all: 0 };
});

describe('a local graph', () => {
  it('has its own layout, and the whole network returns unchanged', async () => {
    const { show, fits } = laidOut();
    const [all, local] = [newSubject(), newSubject()];
    const first = await show(whole, all);
    const around = await show(near, local);
    expect(runs.all).toBe(2);
    expect([...around.keys()]).toEqual(['n0', 'n1', 'n2']);
    expect(around.get('n0')).not.toEqual(first.get('n0'));
    const back = await show(whole, all);
    expect(back).toEqual(first);
    expect(runs).toEqual({ open: 0, all: 2 });
    expect(fits.at(-1)).toBe(20);
  });
});

describe('a dragged node', () => {
  const place = { x: 5000, y: 5000 };
  const places = new Map([['n1', place]]);

  it('stays where it is dragged during other changes, and moves back when the drag is cancelled', async () => {
    const { layout, show, drawn } = laidOut();
    const all = newSubject();
    const first = await show(whole, all);
    layout.drag(places);
    await show(modelOf([...whole.nodes.values(), node('new')], [...whole.edges.values()]), all);
    expect(drawn('n1')).toMatchObject(place);
    layout.arrange();
    await Promise.resolve();
    await Promise.resolve();
    expect(drawn('n1')).toMatchObject(place);
    layout.cancelDrag(new Map([['n1', first.get('n1') ?? place]]));
    expect(drawn('n1')).not.toMatchObject(place);
  });
});

it('an animation starts at current positions and ends at the new ones', () => {
  const from = new Map([['a', { x: 0, y: 0 }]]);
  const to = new Map([
    ['a', { x: 10, y: -10 }],
    ['b', { x: 3, y: 3 }],
  ]);
  expect(interpolatePoints(from, to, 0).get('a')).toEqual({ x: 0, y: 0 });
  expect(interpolatePoints(from, to, 7)).toEqual(to);
  expect(interpolatePoints(from, to, 0.5).get('b')).toEqual({ x: 3, y: 3 });
});
