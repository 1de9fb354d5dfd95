import type { Sigma } from 'sigma';
import { extent } from '../layout/places.ts';
import type { Point } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes } from './attributes.ts';
import { clearing } from './clearing.ts';
import { frame, outermost } from './frame.ts';
import type { Cover, Room, Size } from './frame.ts';

/** The part of the layout that the window shows: its corners, y up. */
interface Viewport {
  x: readonly [number, number];
  y: readonly [number, number];
}

interface Given {
  sigma: Sigma<NodeAttributes, EdgeAttributes>;
  /** Nothing glides, because the person wants less motion. */
  still: boolean;
  /** What lies over the picture now, as a legend does. */
  covers: () => readonly Cover[];
  /** What is seen has another scale: all is placed anew. */
  onFramed: () => void;
}

/** How near a cover may come to the middle of a node before it hides that, in px. */
const near = 20;
/** Milliseconds that the eye glides. */
const motion = 160;
const home = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
/** Room for nodes and their names at the sides of the window: the fewer there are, the more names are shown, and matter. */
const rooms: readonly (Room & { upTo: number })[] = [
  { upTo: 60, side: 80, above: 24, below: 40, clear: 76 },
  { upTo: 600, side: 60, above: 18, below: 34, clear: 66 },
  { upTo: Infinity, side: 40, above: 18, below: 30, clear: 20 },
];

/** What of the layout the window shows, and how that changes. */
export class Eye {
  readonly #given: Given;
  /** The box of all there was when everything was last shown, and what of it stands furthest out. */
  #whole = extent([]);
  #outermost: readonly Point[] = [];
  /** What lay over the picture when everything was last shown. */
  #framed: readonly Cover[] = [];
  #covers: readonly Cover[] = [];

  constructor(given: Given) {
    this.#given = given;
    given.sigma.setCustomBBox(this.#whole);
  }

  /** What lies over the picture. */
  get covers(): readonly Cover[] {
    return this.#covers;
  }

  /** Nobody has moved it since everything was shown. */
  get showsAll(): boolean {
    const { x, y, ratio } = this.#given.sigma.getCamera();
    return x === home.x && y === home.y && ratio === home.ratio;
  }

  viewport(): Viewport {
    const { sigma } = this.#given;
    const { width, height } = sigma.getDimensions();
    const corner = sigma.viewportToGraph({ x: 0, y: height });
    const other = sigma.viewportToGraph({ x: width, y: 0 });
    return { x: [corner.x, other.x], y: [corner.y, other.y] };
  }

  #glide(state: { x?: number; y?: number; ratio?: number }, duration = motion): void {
    const camera = this.#given.sigma.getCamera();
    if (this.#given.still) camera.setState(state);
    else void camera.animate(state, { duration, easing: 'quadraticOut' });
  }

  #frame(size: Size): void {
    const { sigma } = this.#given;
    const room = rooms.find(({ upTo }) => sigma.getGraph().order <= upTo);
    this.#framed = this.#covers = this.#given.covers();
    if (room) sigma.setCustomBBox(frame(this.#outermost, this.#whole, size, this.#covers, room));
  }

  /** The window has another size: who sees everything goes on seeing everything. */
  resized(size: Size): void {
    if (this.showsAll) this.#frame(size);
    else this.#covers = this.#given.covers();
  }

  /** Something may have come or gone that lies over the picture, as a legend does. */
  covered(): void {
    const { sigma, covers, onFramed } = this.#given;
    const before = JSON.stringify(this.#covers);
    this.#covers = covers();
    const now = JSON.stringify(this.#covers);
    if (this.showsAll && now !== JSON.stringify(this.#framed)) this.#frame(sigma.getDimensions());
    else if (now === before) return;
    onFramed();
  }

  /** Shows everything: `points` fill the window. */
  fit(points: Iterable<Point>, glide = true): void {
    const { sigma, onFramed } = this.#given;
    const all = [...points];
    this.#whole = extent(all);
    this.#outermost = outermost(all, this.#whole);
    this.#frame(sigma.getDimensions());
    if (glide) this.#glide(home);
    else sigma.getCamera().setState(home);
    onFramed();
  }

  /** Below 1 nearer. */
  zoomBy(factor: number): void {
    const camera = this.#given.sigma.getCamera();
    this.#glide({ ratio: camera.getBoundedRatio(camera.ratio * factor) });
  }

  /** Moves the picture by px of the screen. */
  panBy(x: number, y: number): void {
    const { sigma } = this.#given;
    const at = sigma.viewportToFramedGraph({ x: 0, y: 0 });
    const to = sigma.viewportToFramedGraph({ x, y });
    const camera = sigma.getCamera();
    this.#glide({ x: camera.x + to.x - at.x, y: camera.y + to.y - at.y }, motion / 2);
  }

  /** Brings a place of the layout to the middle. */
  centreOn({ x, y }: Point, glide = true): void {
    const { sigma } = this.#given;
    const at = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y }));
    if (glide) this.#glide(at);
    else sigma.getCamera().setState(at);
  }

  /** Moves the picture so that `cover`, which has come to lie over it, hides none of some nodes, if that can be. */
  clear(ids: readonly string[], cover: Cover): void {
    const { sigma } = this.#given;
    const graph = sigma.getGraph();
    const points = ids
      .filter((id) => graph.hasNode(id))
      .map((id) => sigma.graphToViewport(graph.getNodeAttributes(id)));
    const isHidden = points.some(
      ({ x, y }) =>
        x > cover.left - near && x < cover.right + near && y > cover.top - near && y < cover.bottom + near,
    );
    if (!isHidden) return;
    const { width, height } = sigma.getDimensions();
    const { x, y } = clearing(points, { width, height }, [...this.#covers, cover]);
    this.#glide(sigma.viewportToFramedGraph({ x: width / 2 - x, y: height / 2 - y }));
  }

  /**
   * Brings a node into sight with those that it is joined with, as far as that goes, and with `always` to the middle and near enough to
   * read what is around it.
   */
  reveal(id: string, near: readonly string[], always = false): void {
    const { sigma } = this.#given;
    const graph = sigma.getGraph();
    if (!graph.hasNode(id)) return;
    const at = (one: string): Point => sigma.graphToViewport(graph.getNodeAttributes(one));
    const size = sigma.getDimensions();
    const { ratio } = sigma.getCamera();
    const next = always && graph.order > 60 ? Math.min(ratio, 0.75) : ratio;
    const middle = { x: size.width / 2, y: size.height / 2 };
    const here = at(id);
    const to = always ? middle : here;
    // Where they will be, when the node is there and everything is so much nearer.
    const seen = [id, ...near.filter((one) => graph.hasNode(one))].map((one) => {
      const { x, y } = at(one);
      return { x: to.x + ((x - here.x) * ratio) / next, y: to.y + ((y - here.y) * ratio) / next };
    });
    const shift = clearing(seen, size, this.#covers);
    if (!always && shift.x === 0 && shift.y === 0) return;
    const eye = {
      x: here.x - ((to.x + shift.x - middle.x) * next) / ratio,
      y: here.y - ((to.y + shift.y - middle.y) * next) / ratio,
    };
    this.#glide({ ...sigma.viewportToFramedGraph(eye), ratio: next });
  }
}
