import type { Points } from '../layout/positions.ts';
import type { Point } from '../model/model.ts';
import { pointsInside } from './pick.ts';
import type { Stage } from './Stage.ts';

/** The effect of dragging: move nodes or the camera, select an area, or draw a link. */
export type Mode = 'move' | 'lasso' | 'link';

/** Effects of gestures. Positions are in layout units. */
export interface GestureActions {
  mode: () => Mode;
  /** Nodes that are dragged together. */
  selected: () => ReadonlySet<string>;
  hover: (node: string | null) => void;
  hoverEdge: (edge: string | null) => void;
  /** A click; `add` with Shift or Ctrl. Null for the background. */
  choose: (node: string | null, add: boolean) => void;
  chooseEdge: (edge: string) => void;
  open: (node: string) => void;
  drag: (points: Points) => void;
  drop: (points: Points) => void;
  cancelDrag: (from: Points) => void;
  lasso: (ids: readonly string[], add: boolean) => void;
  link: (from: string, to: string) => void;
}

/** Lines that follow the pointer, in px of the container. */
export interface Traces {
  lasso: (line: readonly Point[]) => void;
  link: (from: Point | null, to: Point | null, isOnNode: boolean) => void;
}

type Gesture =
  | { kind: 'drag'; start: Point; from: Points; screen: Point; moved: boolean }
  | { kind: 'lasso'; line: Point[]; add: boolean }
  | { kind: 'link'; from: string };

/** Px before a press becomes a drag. */
const slack = 3;
/** Px around a node that count as a link's target. */
const linkReach = 8;

const adds = (event: MouseEvent | TouchEvent): boolean => event.shiftKey || event.ctrlKey || event.metaKey;

/** Translates pointer events into actions. Sigma itself pans and zooms. */
export class Gestures {
  readonly #stage: Stage;
  readonly #actions: GestureActions;
  readonly #traces: Traces;
  #gesture: Gesture | null = null;
  #ignoreClick = false;

  constructor(stage: Stage, actions: GestureActions, traces: Traces) {
    this.#stage = stage;
    this.#actions = actions;
    this.#traces = traces;
    this.#listen();
    document.addEventListener('mouseup', this.#up);
    window.addEventListener('blur', this.#cancel);
  }

  end(): void {
    document.removeEventListener('mouseup', this.#up);
    window.removeEventListener('blur', this.#cancel);
    this.#cancel();
  }

  #listen(): void {
    const { sigma } = this.#stage;
    const actions = this.#actions;
    const clicked = (work: () => void): void => {
      if (!this.#ignoreClick) work();
    };
    sigma.on('enterNode', ({ node }) => actions.hover(node));
    sigma.on('leaveNode', () => actions.hover(null));
    sigma.on('enterEdge', ({ edge }) => actions.hoverEdge(edge));
    sigma.on('leaveEdge', () => actions.hoverEdge(null));
    sigma.on('leaveStage', () => {
      actions.hover(null);
      actions.hoverEdge(null);
    });
    sigma.on('clickNode', ({ node, event }) => clicked(() => actions.choose(node, adds(event.original))));
    sigma.on('clickEdge', ({ edge }) => clicked(() => actions.chooseEdge(edge)));
    sigma.on('clickStage', ({ event }) => clicked(() => actions.choose(null, adds(event.original))));
    sigma.on('doubleClickNode', ({ node, event }) => {
      event.preventSigmaDefault();
      actions.open(node);
    });
    sigma.on('doubleClickStage', ({ event }) => event.preventSigmaDefault());
    sigma.on('downNode', ({ node, event }) => this.#down(node, event, event.original));
    sigma.on('downStage', ({ event }) => this.#down(null, event, event.original));
    sigma.on('downEdge', ({ event }) => this.#down(null, event, event.original));
    sigma.on('moveBody', ({ event }) => {
      if (!this.#move({ x: event.x, y: event.y })) return;
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
  }

  #down(node: string | null, { x, y }: Point, original: MouseEvent | TouchEvent): void {
    if (!(original instanceof MouseEvent) || original.button !== 0) return;
    const mode = this.#actions.mode();
    if (mode === 'link' && node !== null) this.beginLink(node);
    else if (mode === 'lasso' || (node === null && original.shiftKey)) {
      this.#gesture = { kind: 'lasso', line: [{ x, y }], add: adds(original) };
      this.#stage.hold(null);
    } else if (node !== null && mode === 'move') this.#beginDrag(node, { x, y });
  }

  #beginDrag(node: string, screen: Point): void {
    this.#stage.hold(node);
    const selected = this.#actions.selected();
    const { graph, sigma } = this.#stage;
    const ids = selected.has(node) ? [...selected].filter((id) => graph.hasNode(id)) : [node];
    const from = new Map(
      ids.map((id) => {
        const { x, y } = graph.getNodeAttributes(id);
        return [id, { x, y }];
      }),
    );
    this.#gesture = { kind: 'drag', start: sigma.viewportToGraph(screen), from, screen, moved: false };
  }

  /** Starts drawing a link at a node; the pointer is down already. */
  beginLink(from: string): void {
    this.#gesture = { kind: 'link', from };
    window.addEventListener('pointermove', this.#drawLink);
    // The handle of a node sends no mouse event.
    window.addEventListener('pointerup', this.#up);
  }

  #local(event: MouseEvent): Point {
    const box = this.#stage.sigma.getContainer().getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  readonly #drawLink = (event: PointerEvent): void => {
    if (this.#gesture?.kind !== 'link') return;
    const { from } = this.#gesture;
    const at = this.#local(event);
    const over = this.#stage.nodeAt(at, linkReach);
    this.#traces.link(this.#stage.placeOf(from), at, over !== null && over !== from);
  };

  #move(at: Point): boolean {
    const gesture = this.#gesture;
    if (gesture?.kind === 'lasso') {
      gesture.line.push(at);
      this.#traces.lasso(gesture.line);
    } else if (gesture?.kind === 'drag') {
      if (!gesture.moved && Math.hypot(at.x - gesture.screen.x, at.y - gesture.screen.y) < slack) return true;
      gesture.moved = true;
      this.#actions.drag(this.#dragged(gesture, at));
    }
    return gesture !== null;
  }

  #dragged({ start, from }: Extract<Gesture, { kind: 'drag' }>, at: Point): Points {
    const now = this.#stage.sigma.viewportToGraph(at);
    return new Map(
      [...from].map(([id, { x, y }]) => [id, { x: x + now.x - start.x, y: y + now.y - start.y }]),
    );
  }

  readonly #up = (event: MouseEvent): void => {
    const gesture = this.#gesture;
    if (!gesture) return;
    const at = this.#local(event);
    this.#finish();
    if (gesture.kind === 'drag') {
      if (!gesture.moved) return;
      this.#actions.drop(this.#dragged(gesture, at));
    } else if (gesture.kind === 'lasso') {
      if (gesture.line.length < 4) return;
      this.#actions.lasso(pointsInside(this.#stage.places(), gesture.line), gesture.add);
    } else {
      const to = this.#stage.nodeAt(at, linkReach);
      if (to !== null && to !== gesture.from) this.#actions.link(gesture.from, to);
    }
    this.#ignoreClick = true;
    setTimeout(() => (this.#ignoreClick = false), 0);
  };

  #finish(): void {
    this.#gesture = null;
    this.#stage.hold(undefined);
    window.removeEventListener('pointermove', this.#drawLink);
    window.removeEventListener('pointerup', this.#up);
    this.#traces.lasso([]);
    this.#traces.link(null, null, false);
  }

  readonly #cancel = (): void => {
    const gesture = this.#gesture;
    this.#finish();
    if (gesture?.kind === 'drag' && gesture.moved) this.#actions.cancelDrag(gesture.from);
  };

  /** Cancels the current gesture. Returns whether there was one. */
  cancel(): boolean {
    const isBusy = this.#gesture !== null;
    this.#cancel();
    return isBusy;
  }
}
