import type { Point } from '../model/model.ts';
import type { Mode } from '../state.ts';
import { inside } from './lasso.ts';
import type { Stage } from './Stage.ts';

/** What gestures on the picture mean. */
export interface Deeds {
  mode: () => Mode;
  /** The ids that are dragged along with one of them. */
  selected: () => ReadonlySet<string>;
  hover: (node: string | null) => void;
  hoverEdge: (edge: string | null) => void;
  /** A click; `add` with Shift or Ctrl. Null for the ground. */
  choose: (node: string | null, add: boolean) => void;
  chooseEdge: (edge: string) => void;
  /** A double click. */
  open: (node: string) => void;
  /** While nodes are dragged, and when they are let go. */
  dragging: (places: ReadonlyMap<string, Point>) => void;
  dropped: (places: ReadonlyMap<string, Point>) => void;
  /** They are let go where they came from: dragging was given up. */
  undragged: (places: ReadonlyMap<string, Point>) => void;
  lasso: (ids: readonly string[], add: boolean) => void;
  /** A line from node to node was drawn; `at` is in px of the container. */
  link: (from: string, to: string, at: Point) => void;
}

/** Lines that follow the pointer. */
export interface Traces {
  lasso: (line: readonly Point[]) => void;
  wire: (from: Point | null, to: Point | null, over: string | null) => void;
}

type Gesture =
  | { kind: 'drag'; start: Point; from: ReadonlyMap<string, Point>; screen: Point; moved: boolean }
  | { kind: 'lasso'; line: Point[]; add: boolean }
  | { kind: 'link'; from: string };

/** How far the pointer goes before a click is a drag, in px. */
const slack = 3;

/** What pointers do on the stage: choose, drag, draw around, draw a link. Panning and zooming are sigma's own. */
export class Gestures {
  readonly #stage: Stage;
  readonly #deeds: Deeds;
  readonly #traces: Traces;
  #gesture: Gesture | null = null;
  /** The click that ends a gesture is none. */
  #silent = false;

  constructor(stage: Stage, deeds: Deeds, traces: Traces) {
    this.#stage = stage;
    this.#deeds = deeds;
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
    const deeds = this.#deeds;
    const loud = (work: () => void) => (): void => {
      if (!this.#silent) work();
    };
    sigma.on('enterNode', ({ node }) => deeds.hover(node));
    sigma.on('leaveNode', () => deeds.hover(null));
    sigma.on('enterEdge', ({ edge }) => deeds.hoverEdge(edge));
    sigma.on('leaveEdge', () => deeds.hoverEdge(null));
    sigma.on('clickNode', ({ node, event }) => loud(() => deeds.choose(node, adds(event.original)))());
    sigma.on('clickEdge', ({ edge }) => loud(() => deeds.chooseEdge(edge))());
    sigma.on('clickStage', ({ event }) => loud(() => deeds.choose(null, adds(event.original)))());
    sigma.on('doubleClickNode', ({ node, event }) => {
      event.preventSigmaDefault();
      deeds.open(node);
    });
    sigma.on('doubleClickStage', ({ event }) => event.preventSigmaDefault());
    sigma.on('downNode', ({ node, event }) => this.#down(node, event, event.original));
    sigma.on('downStage', ({ event }) => this.#down(null, event, event.original));
    sigma.on('downEdge', ({ event }) => this.#down(null, event, event.original));
    // A finger that is lifted is no mouse: nothing else tells of it. Only the last one ends what was begun.
    const lifted = ({ event }: { event: Point & { original: MouseEvent | TouchEvent } }): void => {
      if (!(event.original instanceof MouseEvent) && event.original.touches.length === 0) this.#finish(event);
    };
    sigma.on('upNode', lifted);
    sigma.on('upEdge', lifted);
    sigma.on('upStage', lifted);
    // What leaves the picture for a menu or a panel is forgotten there.
    sigma.on('leaveStage', () => {
      deeds.hover(null);
      deeds.hoverEdge(null);
    });
    sigma.on('moveBody', ({ event }) => {
      if (this.#move({ x: event.x, y: event.y })) {
        event.preventSigmaDefault();
        event.original.preventDefault();
      }
    });
  }

  #down(node: string | null, at: Point, original: MouseEvent | TouchEvent): void {
    if (original instanceof MouseEvent ? original.button !== 0 : original.touches.length > 1) {
      // A second finger zooms: what the first had begun is given up.
      if (!(original instanceof MouseEvent)) this.#cancel();
      return;
    }
    const mode = this.#deeds.mode();
    if (mode === 'link' && node !== null) this.beginLink(node);
    else if (mode === 'lasso' || (node === null && original.shiftKey)) this.#beginLasso(at, adds(original));
    else if (node !== null && mode === 'move') this.#beginDrag(node, at);
  }

  #beginLasso({ x, y }: Point, add: boolean): void {
    this.#gesture = { kind: 'lasso', line: [{ x, y }], add };
    this.#stage.hold(null);
  }

  #beginDrag(node: string, at: Point): void {
    this.#stage.hold(node);
    const selected = this.#deeds.selected();
    const { graph, sigma } = this.#stage;
    const ids = selected.has(node) ? [...selected].filter((id) => graph.hasNode(id)) : [node];
    const from = new Map(
      ids.map((id) => [id, { x: graph.getNodeAttribute(id, 'x'), y: graph.getNodeAttribute(id, 'y') }]),
    );
    const screen = { x: at.x, y: at.y };
    this.#gesture = { kind: 'drag', start: sigma.viewportToGraph(screen), from, screen, moved: false };
  }

  /** Begins to draw a link at a node; the pointer is down already. */
  beginLink(from: string): void {
    this.#gesture = { kind: 'link', from };
    window.addEventListener('pointermove', this.#wire);
    // From the handle beside a node the browser tells of no mouse.
    window.addEventListener('pointerup', this.#up);
  }

  #local(event: MouseEvent): Point {
    const box = this.#stage.sigma.getContainer().getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  readonly #wire = (event: PointerEvent): void => {
    if (this.#gesture?.kind !== 'link') return;
    const { from } = this.#gesture;
    const at = this.#local(event);
    const over = this.#stage.nodeAt(at, 8);
    this.#traces.wire(this.#stage.placeOf(from), at, over === from ? null : over);
  };

  /** True when the pointer belongs to a gesture of ours. */
  #move(at: Point): boolean {
    const gesture = this.#gesture;
    if (!gesture) return false;
    if (gesture.kind === 'lasso') {
      gesture.line.push(at);
      this.#traces.lasso(gesture.line);
    } else if (gesture.kind === 'drag') {
      if (!gesture.moved && Math.hypot(at.x - gesture.screen.x, at.y - gesture.screen.y) < slack) return true;
      gesture.moved = true;
      this.#deeds.dragging(this.#dragged(gesture, at));
    }
    return true;
  }

  #dragged({ start, from }: Extract<Gesture, { kind: 'drag' }>, at: Point): ReadonlyMap<string, Point> {
    const now = this.#stage.sigma.viewportToGraph(at);
    return new Map(
      [...from].map(([id, { x, y }]) => [id, { x: x + now.x - start.x, y: y + now.y - start.y }]),
    );
  }

  readonly #up = (event: MouseEvent): void => this.#finish(this.#local(event));

  #finish(at: Point): void {
    const gesture = this.#gesture;
    if (!gesture) return;
    this.#gesture = null;
    this.#stage.hold(undefined);
    if (gesture.kind === 'drag') {
      if (!gesture.moved) return;
      this.#deeds.dropped(this.#dragged(gesture, at));
    } else if (gesture.kind === 'lasso') {
      this.#traces.lasso([]);
      if (gesture.line.length < 4) return;
      this.#deeds.lasso(inside(this.#stage.places(), gesture.line), gesture.add);
    } else {
      this.#endWire();
      const to = this.#stage.nodeAt(at, 8);
      if (to !== null && to !== gesture.from) this.#deeds.link(gesture.from, to, at);
    }
    this.#silent = true;
    setTimeout(() => (this.#silent = false), 0);
  }

  #endWire(): void {
    window.removeEventListener('pointermove', this.#wire);
    window.removeEventListener('pointerup', this.#up);
    this.#traces.wire(null, null, null);
  }

  readonly #cancel = (): void => {
    const gesture = this.#gesture;
    this.#gesture = null;
    this.#stage.hold(undefined);
    if (gesture?.kind === 'drag' && gesture.moved) this.#deeds.undragged(gesture.from);
    this.#traces.lasso([]);
    this.#endWire();
  };

  /** Gives up what is being done with the pointer. True when there was something. */
  cancel(): boolean {
    const busy = this.#gesture !== null;
    this.#cancel();
    return busy;
  }
}

function adds(event: MouseEvent | TouchEvent): boolean {
  return event.shiftKey || event.ctrlKey || event.metaKey;
}
