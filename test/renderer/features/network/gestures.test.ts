import { MultiDirectedGraph } from 'graphology';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Point } from '#renderer/features/network/model/model.ts';
import { Gestures } from '#renderer/features/network/stage/Gestures.ts';
import type { Stage } from '#renderer/features/network/stage/Stage.ts';
import type { Mode } from '#renderer/features/network/state.ts';

type Heard = (told: Record<string, unknown>) => void;

/** As much of a stage as gestures need: two nodes, one unit of the layout a px, and what the pointer counts as being on. */
function stageOf() {
  const graph = new MultiDirectedGraph();
  const at: Record<string, Point> = { a: { x: 100, y: 100 }, b: { x: 300, y: 100 } };
  for (const [id, place] of Object.entries(at)) graph.addNode(id, place);
  const heard = new Map<string, Heard[]>();
  const held: (string | null | undefined)[] = [];
  const stage = {
    graph,
    sigma: {
      on: (name: string, work: Heard) => void heard.set(name, [...(heard.get(name) ?? []), work]),
      viewportToGraph: (point: Point) => point,
      getContainer: () => document.body,
    },
    hold: (node: string | null | undefined) => void held.push(node),
    nodeAt: ({ x, y }: Point) =>
      Object.keys(at).find((id) => Math.hypot((at[id]?.x ?? 0) - x, (at[id]?.y ?? 0) - y) < 20) ?? null,
    placeOf: (id: string) => at[id] ?? null,
    places: () => new Map(Object.entries(at)),
  };
  const emit = (name: string, told: Record<string, unknown>): void => {
    for (const work of heard.get(name) ?? []) work(told);
  };
  return { stage: stage as unknown as Stage, emit, held };
}

function hands(mode: Mode = 'move') {
  const { stage, emit, held } = stageOf();
  const deeds = {
    mode: () => mode,
    selected: () => new Set<string>(),
    hover: vi.fn(),
    hoverEdge: vi.fn(),
    choose: vi.fn(),
    chooseEdge: vi.fn(),
    open: vi.fn(),
    dragging: vi.fn(),
    dropped: vi.fn(),
    undragged: vi.fn(),
    lasso: vi.fn(),
    link: vi.fn(),
  };
  const gestures = new Gestures(stage, deeds, { lasso: () => {}, wire: () => {} });
  onTestFinished(() => gestures.end());
  const pointer = (x: number, y: number, original: Event) => ({
    x,
    y,
    original,
    preventSigmaDefault: () => {},
  });
  const mouse = () => new MouseEvent('mousedown', { button: 0 });
  const fingers = (count: number) =>
    Object.assign(new Event('touch'), { touches: Array.from({ length: count }) });
  return {
    deeds,
    held,
    gestures,
    fingers,
    down: (node: string | null, x: number, y: number, original: Event = mouse()) =>
      emit(node === null ? 'downStage' : 'downNode', { node, event: pointer(x, y, original) }),
    move: (x: number, y: number) => emit('moveBody', { event: pointer(x, y, new Event('move')) }),
    up: (x: number, y: number) =>
      document.dispatchEvent(new MouseEvent('mouseup', { clientX: x, clientY: y })),
    lift: (x: number, y: number, left = 0) => emit('upStage', { event: pointer(x, y, fingers(left)) }),
    emit,
  };
}

beforeEach(() => void vi.useRealTimers());
const moved = (x: number, y: number) => new Map([['a', { x, y }]]);

describe('a node that is dragged', () => {
  it('with the mouse is dropped where the button is let go, and is held on the way', () => {
    const { deeds, down, move, up, held } = hands();
    down('a', 100, 100);
    move(150, 130);
    expect(deeds.dragging).toHaveBeenLastCalledWith(moved(150, 130));
    up(160, 140);
    expect(deeds.dropped).toHaveBeenCalledWith(moved(160, 140));
    expect(held).toEqual(['a', undefined]);
    move(400, 400);
    expect(deeds.dragging).toHaveBeenCalledTimes(1);
  });

  it('with a finger is dropped where that is lifted', () => {
    const { deeds, down, move, lift, fingers } = hands();
    down('a', 100, 100, fingers(1));
    move(150, 130);
    lift(160, 140);
    expect(deeds.dropped).toHaveBeenCalledWith(moved(160, 140));
    move(400, 400);
    expect(deeds.dragging).toHaveBeenCalledTimes(1);
  });

  it('goes back when a second finger comes, and with Esc', () => {
    const { deeds, down, move, lift, fingers, gestures } = hands();
    down('a', 100, 100, fingers(1));
    move(150, 130);
    down('a', 200, 100, fingers(2));
    expect(deeds.undragged).toHaveBeenCalledWith(moved(100, 100));
    lift(160, 140, 1);
    lift(160, 140);
    expect(deeds.dropped).not.toHaveBeenCalled();
    down('a', 100, 100);
    move(150, 130);
    expect(gestures.cancel()).toBe(true);
    expect(deeds.undragged).toHaveBeenCalledTimes(2);
    expect(gestures.cancel()).toBe(false);
  });
});

describe('what is drawn', () => {
  it('from node to node becomes a link, and the one under the pointer is told on the way', () => {
    const { deeds, down, up, emit, held } = hands('link');
    down('a', 100, 100);
    emit('enterNode', { node: 'b' });
    expect(deeds.hover).toHaveBeenLastCalledWith('b');
    up(302, 99);
    expect(deeds.link).toHaveBeenCalledWith('a', 'b', { x: 302, y: 99 });
    expect(held).toEqual([undefined]);
  });

  it('around nodes takes them, and the pointer is on none of them meanwhile', () => {
    const { deeds, down, move, up, held } = hands('lasso');
    down(null, 50, 50);
    for (const [x, y] of [
      [200, 50],
      [200, 200],
      [50, 200],
    ] as const)
      move(x, y);
    up(50, 60);
    expect(deeds.lasso).toHaveBeenCalledWith(['a'], false);
    expect(held).toEqual([null, undefined]);
  });

  it('is forgotten where the pointer leaves the picture', () => {
    const { deeds, emit } = hands();
    emit('leaveStage', {});
    expect(deeds.hover).toHaveBeenCalledWith(null);
    expect(deeds.hoverEdge).toHaveBeenCalledWith(null);
  });
});
