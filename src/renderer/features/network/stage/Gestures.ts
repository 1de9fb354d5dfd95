import type { Points } from '../layout/positions.ts';
import type { Point } from '../model/model.ts';
import { pointsInside } from './pick.ts';
import type { Stage } from './Stage.ts';

/** The effect of dragging: move nodes or the camera, select an area, or draw a link. */
export type Mode = 'move' | 'lasso' | 'link';

/** Effects of gestures. Positions are in layout units. */
export interface GestureActions {
  mode: () => Mode;
  /** The selected nodes; dragging one of them drags all. */
  selected: () => ReadonlySet<string>;
  hover: (node: string | null) => void;
  hoverEdge: (edge: string | null) => void;
  /** A click; `isAdditive` with Shift, Ctrl or Cmd. Null for the background. */
  choose: (node: string | null, isAdditive: boolean) => void;
  chooseEdge: (edge: string) => void;
  open: (node: string) => void;
  drag: (points: Points) => void;
  drop: (points: Points) => void;
  cancelDrag: (startPoints: Points) => void;
  lasso: (ids: readonly string[], isAdditive: boolean) => void;
  link: (from: string, to: string) => void;
}

/** Lines that follow the pointer, in px of the container. */
export interface Traces {
  lasso: (line: readonly Point[]) => void;
  link: (from: Point | null, to: Point | null, isOnNode: boolean) => void;
}

type Gesture =
  | { kind: 'drag'; pressPoint: Point; pressPixel: Point; startPoints: Points; hasMoved: boolean }
  | { kind: 'lasso'; line: Point[]; isAdditive: boolean }
  | { kind: 'link'; from: string };

/** Px that the pointer must move before a press becomes a drag. */
const dragThreshold = 3;
const minLassoPoints = 4;
/** Px around a node that count as a link's target. */
const linkReach = 8;

const isAdditive = (event: MouseEvent | TouchEvent): boolean =>
  event.shiftKey || event.ctrlKey || event.metaKey;

/** Translates pointer events into actions. Sigma itself pans and zooms. */
export class Gestures {
  readonly #stage: Stage;
  readonly #actions: GestureActions;
  readonly #traces: Traces;
  #gesture: Gesture | null = null;
  #isClickIgnored = false;

  constructor(stage: Stage, actions: GestureActions, traces: Traces) {
    this.#stage = stage;
    this.#actions = actions;
    this.#traces = traces;
    this.#listen();
    document.addEventListener('mouseup', this.#onUp);
    window.addEventListener('blur', this.#abort);
  }

  dispose(): void {
    document.removeEventListener('mouseup', this.#onUp);
    window.removeEventListener('blur', this.#abort);
    this.#abort();
  }

  #listen(): void {
    const { sigma } = this.#stage;
    const actions = this.#actions;
    const onClick = (action: () => void): void => {
      if (!this.#isClickIgnored) action();
    };
    sigma.on('enterNode', ({ node }) => actions.hover(node));
    sigma.on('leaveNode', () => actions.hover(null));
    sigma.on('enterEdge', ({ edge }) => actions.hoverEdge(edge));
    sigma.on('leaveEdge', () => actions.hoverEdge(null));
    sigma.on('leaveStage', () => {
      actions.hover(null);
      actions.hoverEdge(null);
    });
    sigma.on('clickNode', ({ node, event }) =>
      onClick(() => actions.choose(node, isAdditive(event.original))),
    );
    sigma.on('clickEdge', ({ edge }) => onClick(() => actions.chooseEdge(edge)));
    sigma.on('clickStage', ({ event }) => onClick(() => actions.choose(null, isAdditive(event.original))));
    sigma.on('doubleClickNode', ({ node, event }) => {
      event.preventSigmaDefault();
      actions.open(node);
    });
    sigma.on('doubleClickStage', ({ event }) => event.preventSigmaDefault());
    sigma.on('downNode', ({ node, event }) => this.#onDown(node, event, event.original));
    sigma.on('downStage', ({ event }) => this.#onDown(null, event, event.original));
    sigma.on('downEdge', ({ event }) => this.#onDown(null, event, event.original));
    sigma.on('moveBody', ({ event }) => {
      if (!this.#onMove({ x: event.x, y: event.y })) return;
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
  }

  #onDown(node: string | null, { x, y }: Point, event: MouseEvent | TouchEvent): void {
    if (!(event instanceof MouseEvent) || event.button !== 0) return;
    const mode = this.#actions.mode();
    if (mode === 'link' && node !== null) this.beginLink(node);
    else if (mode === 'lasso' || (node === null && event.shiftKey)) {
      this.#gesture = { kind: 'lasso', line: [{ x, y }], isAdditive: isAdditive(event) };
      this.#stage.hold(null);
    } else if (node !== null && mode === 'move') this.#beginDrag(node, { x, y });
  }

  #beginDrag(node: string, pressPixel: Point): void {
    this.#stage.hold(node);
    const selected = this.#actions.selected();
    const { graph, sigma } = this.#stage;
    const ids = selected.has(node) ? [...selected].filter((id) => graph.hasNode(id)) : [node];
    const startPoints = new Map(
      ids.map((id) => {
        const { x, y } = graph.getNodeAttributes(id);
        return [id, { x, y }];
      }),
    );
    const pressPoint = sigma.viewportToGraph(pressPixel);
    this.#gesture = { kind: 'drag', pressPoint, pressPixel, startPoints, hasMoved: false };
  }

  /** Starts drawing a link at a node; the pointer is down already. */
  beginLink(from: string): void {
    this.#gesture = { kind: 'link', from };
    window.addEventListener('pointermove', this.#drawLink);
    // The handle of a node sends no mouse event.
    window.addEventListener('pointerup', this.#onUp);
  }

  #toLocal(event: MouseEvent): Point {
    const box = this.#stage.sigma.getContainer().getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  readonly #drawLink = (event: PointerEvent): void => {
    if (this.#gesture?.kind !== 'link') return;
    const { from } = this.#gesture;
    const pointer = this.#toLocal(event);
    const overNode = this.#stage.nodeAt(pointer, linkReach);
    this.#traces.link(this.#stage.nodeCircle(from), pointer, overNode !== null && overNode !== from);
  };

  #onMove(pointer: Point): boolean {
    const gesture = this.#gesture;
    if (gesture?.kind === 'lasso') {
      gesture.line.push(pointer);
      this.#traces.lasso(gesture.line);
    } else if (gesture?.kind === 'drag') {
      if (
        !gesture.hasMoved &&
        Math.hypot(pointer.x - gesture.pressPixel.x, pointer.y - gesture.pressPixel.y) < dragThreshold
      )
        return true;
      gesture.hasMoved = true;
      this.#actions.drag(this.#draggedPoints(gesture, pointer));
    }
    return gesture !== null;
  }

  #draggedPoints({ pressPoint, startPoints }: Extract<Gesture, { kind: 'drag' }>, pointer: Point): Points {
    const pointerPoint = this.#stage.sigma.viewportToGraph(pointer);
    return new Map(
      [...startPoints].map(([id, { x, y }]) => [
        id,
        { x: x + pointerPoint.x - pressPoint.x, y: y + pointerPoint.y - pressPoint.y },
      ]),
    );
  }

  readonly #onUp = (event: MouseEvent): void => {
    const gesture = this.#gesture;
    if (!gesture) return;
    const pointer = this.#toLocal(event);
    this.#finish();
    if (gesture.kind === 'drag') {
      if (!gesture.hasMoved) return;
      this.#actions.drop(this.#draggedPoints(gesture, pointer));
    } else if (gesture.kind === 'lasso') {
      if (gesture.line.length < minLassoPoints) return;
      this.#actions.lasso(pointsInside(this.#stage.screenPositions(), gesture.line), gesture.isAdditive);
    } else {
      const to = this.#stage.nodeAt(pointer, linkReach);
      if (to !== null && to !== gesture.from) this.#actions.link(gesture.from, to);
    }
    // A click event follows the release of the pointer.
    this.#isClickIgnored = true;
    setTimeout(() => (this.#isClickIgnored = false), 0);
  };

  #finish(): void {
    this.#gesture = null;
    this.#stage.hold(undefined);
    window.removeEventListener('pointermove', this.#drawLink);
    window.removeEventListener('pointerup', this.#onUp);
    this.#traces.lasso([]);
    this.#traces.link(null, null, false);
  }

  readonly #abort = (): void => {
    const gesture = this.#gesture;
    this.#finish();
    if (gesture?.kind === 'drag' && gesture.hasMoved) this.#actions.cancelDrag(gesture.startPoints);
  };

  /** Cancels the current gesture. Returns whether there was one. */
  cancel(): boolean {
    const wasActive = this.#gesture !== null;
    this.#abort();
    return wasActive;
  }
}
