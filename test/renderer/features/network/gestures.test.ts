import { MultiDirectedGraph } from 'graphology';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Point } from '#renderer/features/network/model/model.ts';
import { Gestures } from '#renderer/features/network/stage/Gestures.ts';
import type { Mode } from '#renderer/features/network/stage/Gestures.ts';
import type { Stage } from '#renderer/features/network/stage/Stage.ts';

type Heard = (told: Record<string, unknown>) => void;

/** As much of a stage as gestures need: two nodes; one unit of the layout is one px. */
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
    screenPositions: () => new Map(Object.entries(at)),
  };
  const emit = (name: string, told: Record<string, unknown>): void => {
    for (const work of heard.get(name) ?? []) work(told);
  };
  return { stage: stage as unknown as Stage, emit, held };
}

function hands(mode: Mode = 'move') {
  const { stage, emit, held } = stageOf();
  const actions = {
    mode: () => mode,
    selected: () => new Set<string>(),
    hover: vi.fn(),
    hoverEdge: vi.fn(),
    choose: vi.fn(),
    chooseEdge: vi.fn(),
    open: vi.fn(),
    drag: vi.fn(),
    drop: vi.fn(),
    cancelDrag: vi.fn(),
    lasso: vi.fn(),
    link: vi.fn(),
  };
  const gestures = new Gestures(stage, actions, { lasso: () => {}, link: () => {} });
  onTestFinished(() => gestures.dispose());
  const pointer = (x: number, y: number, original: Event) => ({
    x,
    y,
    original,
    preventSigmaDefault: () => {},
  });
  const mouse = () => new MouseEvent('mousedown', { button: 0 });
  return {
    actions,
    held,
    gestures,
    down: (node: string | null, x: number, y: number, original: Event = mouse()) =>
      emit(node === null ? 'downStage' : 'downNode', { node, event: pointer(x, y, original) }),
    move: (x: number, y: number) => emit('moveBody', { event: pointer(x, y, new Event('move')) }),
    up: (x: number, y: number) =>
      document.dispatchEvent(new MouseEvent('mouseup', { clientX: x, clientY: y })),
    emit,
  };
}

beforeEach(() => void vi.useRealTimers());
const moved = (x: number, y: number) => new Map([['a', { x, y }]]);

describe('a dragged node', () => {
  it('ends where the button is released', () => {
    const { actions, down, move, up, held } = hands();
    down('a', 100, 100);
    move(150, 130);
    expect(actions.drag).toHaveBeenLastCalledWith(moved(150, 130));
    up(160, 140);
    expect(actions.drop).toHaveBeenCalledWith(moved(160, 140));
    expect(held).toEqual(['a', undefined]);
    move(400, 400);
    expect(actions.drag).toHaveBeenCalledTimes(1);
  });
});

describe('a line with the pointer', () => {
  it('around nodes selects them', () => {
    const { actions, down, move, up, held } = hands('lasso');
    down(null, 50, 50);
    for (const [x, y] of [
      [200, 50],
      [200, 200],
      [50, 200],
    ] as const)
      move(x, y);
    up(50, 60);
    expect(actions.lasso).toHaveBeenCalledWith(['a'], false);
    expect(held).toEqual([null, undefined]);
  });
});
