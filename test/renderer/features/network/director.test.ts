import { MultiDirectedGraph } from 'graphology';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Director } from '#renderer/features/network/Director.ts';
import { ForceLayout } from '#renderer/features/network/layout/force.ts';
import type { FromWorker, ToWorker } from '#renderer/features/network/layout/protocol.ts';
import type { Model, Point } from '#renderer/features/network/model/model.ts';
import type { EdgeAttributes, NodeAttributes, Styles } from '#renderer/features/network/stage/attributes.ts';
import type { Stage } from '#renderer/features/network/stage/Stage.ts';
import { edge, modelOf, node } from './support.ts';

/** Runs begun and not ended, and how many there were in all. */
let runs = { open: 0, all: 0 };

/** The thread of the forces, which tests have none of: it works everything out when it is told to go on. */
class Thread extends EventTarget {
  #ended = false;

  constructor() {
    super();
    runs = { open: runs.open + 1, all: runs.all + 1 };
  }

  postMessage(message: ToWorker): void {
    if (message.kind !== 'begin') return;
    const layout = new ForceLayout(message.input);
    while (!layout.atRest) layout.step();
    queueMicrotask(() => {
      if (this.#ended) return;
      const data: FromWorker = { points: layout.points(), progress: 1, done: true };
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
const ink = { text: '#111111', faint: '#777777', ground: '#ffffff', accent: '#4450d8' };

/** A director of a picture without a card that draws it. */
function directed() {
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
    arranging: () => {},
    eye: { showsAll: true, fit: (points: Iterable<Point>) => void fits.push([...points].length) },
  };
  const failures: unknown[] = [];
  const director = new Director(stage as unknown as Stage, true, {
    onRunning: () => {},
    onPlaces: () => {},
    onFailure: (error) => void failures.push(error),
  });
  onTestFinished(() => director.end());
  const show = async (model: Model, subject = '', layout: 'force' | 'university' = 'force') => {
    director.show({ model, layout, subject, styles, ink });
    await Promise.resolve();
    await Promise.resolve();
    return new Map(director.points);
  };
  return { director, show, fits, drawn: (id: string) => graph.getNodeAttributes(id) };
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
/** The same as read anew. */
const again = (model: Model): Model => ({ ...model, nodes: new Map(model.nodes) });
let subject = 0;
/** What is remembered of a picture is by its subject: each test has one of its own. */
const ofItsOwn = (): string => `subject ${(subject += 1)}`;

beforeEach(() => {
  vi.stubGlobal('Worker', Thread);
  runs = { open: 0, all: 0 };
});

describe('a local graph', () => {
  it('is arranged for itself, and the whole comes back as it was', async () => {
    const { show, fits } = directed();
    const [all, local] = [ofItsOwn(), ofItsOwn()];
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

  it('ends what was being worked out for the picture before', async () => {
    const { director, show } = directed();
    const local = ofItsOwn();
    await show(near, local);
    director.show({ model: whole, layout: 'force', subject: ofItsOwn(), styles, ink });
    const back = await show(near, local);
    expect([...back.keys()]).toEqual(['n0', 'n1', 'n2']);
    expect(runs.open).toBe(0);
  });
});

describe('a network that is narrowed', () => {
  it('keeps its places and fills the window', async () => {
    const { show, fits } = directed();
    const all = ofItsOwn();
    const first = await show(whole, all);
    const before = fits.length;
    const left = await show(near, all);
    expect(left.get('n1')).toEqual(first.get('n1'));
    expect(fits.slice(before)).toEqual([3]);
    await show(again(near), all);
    expect(fits).toHaveLength(before + 1);
  });
});

describe('a node that is dragged', () => {
  const place = { x: 5000, y: 5000 };
  const places = new Map([['n1', place]]);

  it('stays in the hand when something else changes, and goes back when it is given up', async () => {
    const { director, show, drawn } = directed();
    const all = ofItsOwn();
    const first = await show(whole, all);
    director.drag(places);
    await show(modelOf([...whole.nodes.values(), node('new')], [...whole.edges.values()]), all);
    expect(drawn('n1')).toMatchObject(place);
    director.arrange();
    await Promise.resolve();
    await Promise.resolve();
    expect(drawn('n1')).toMatchObject(place);
    director.putBack(new Map([['n1', first.get('n1') ?? place]]));
    expect(drawn('n1')).not.toMatchObject(place);
  });

  it('that could not be kept takes no other along', async () => {
    const { director, show, drawn } = directed();
    await show(whole, ofItsOwn());
    const other = new Map([['n2', { x: -5000, y: 0 }]]);
    director.drop(places);
    director.drop(other);
    director.putBack(places);
    expect(drawn('n1')).not.toMatchObject(place);
    expect(drawn('n2')).toMatchObject({ x: -5000, y: 0 });
  });
});

describe('positions that are forgotten', () => {
  const pinned = modelOf(
    [...whole.nodes.values()].map((one) => ({ ...one, saved: { x: Number(one.id.slice(1)) * 900, y: 0 } })),
    ring,
  );

  it('are worked out anew with the change, not with what is drawn before it comes', async () => {
    const { director, show } = directed();
    const all = ofItsOwn();
    await show(pinned, all);
    director.rearrangeNext(true);
    const before = runs.all;
    await show(pinned, all);
    expect(runs.all).toBe(before);
    const free = await show(whole, all);
    expect(runs.all).toBe(before + 1);
    expect(free.get('n9')).not.toEqual({ x: 8100, y: 0 });
  });

  it('leave everything where it is when nothing came of it', async () => {
    const { director, show } = directed();
    const all = ofItsOwn();
    await show(whole, all);
    director.rearrangeNext(true);
    director.rearrangeNext(false);
    const before = runs.all;
    await show(
      modelOf(
        [...whole.nodes.values()].map((one) => ({ ...one, title: 'Renamed' })),
        ring,
      ),
      all,
    );
    expect(runs.all).toBe(before);
  });
});
