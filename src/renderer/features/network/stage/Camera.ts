import { extentOf } from '../layout/positions.ts';
import type { LayoutBox } from '../layout/positions.ts';
import type { Point } from '../model/model.ts';
import type { Renderer } from './attributes.ts';

interface Size {
  width: number;
  height: number;
}

/** Padding for names and controls, in px. */
const padding = { left: 70, right: 70, top: 72, bottom: 52 };
/** A node nearer to an edge of the window counts as out of view. In px. */
const margin = 40;
/** If the legend leaves less of the width than this share, the network extends under the legend. */
const minWidthShare = 0.6;
const animationMs = 160;
const homeState = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
/** In networks with more nodes, bringing a node to the centre zooms in at least to this ratio. */
const closeUp = { nodes: 60, ratio: 0.75 };

/** The view box in which `box` fills the window, apart from padding and `inset` px at the left. */
export function fitBox(box: LayoutBox, { width, height }: Size, inset = 0): LayoutBox {
  const left = width - inset < width * minWidthShare ? padding.left : Math.max(padding.left, inset + margin);
  const contentWidth = Math.max(1, width - left - padding.right);
  const contentHeight = Math.max(1, height - padding.top - padding.bottom);
  const scale = Math.min(contentWidth / (box.x[1] - box.x[0]), contentHeight / (box.y[1] - box.y[0]));
  const originX = left + contentWidth / 2 - ((box.x[0] + box.x[1]) / 2) * scale;
  const originY = padding.top + contentHeight / 2 + ((box.y[0] + box.y[1]) / 2) * scale;
  return {
    x: [-originX / scale, (width - originX) / scale],
    y: [(originY - height) / scale, originY / scale],
  };
}

/** The visible part of the layout. */
export class Camera {
  readonly #sigma: Renderer;
  readonly #isMotionReduced: boolean;
  readonly #onFitted: () => void;
  #contentBox = extentOf([]);
  #inset = 0;

  constructor(sigma: Renderer, isMotionReduced: boolean, onFitted: () => void) {
    this.#sigma = sigma;
    this.#isMotionReduced = isMotionReduced;
    this.#onFitted = onFitted;
    sigma.setCustomBBox(this.#contentBox);
  }

  /** Whether the camera has not moved since the whole network was shown. */
  get isHome(): boolean {
    const { x, y, ratio } = this.#sigma.getCamera();
    return x === homeState.x && y === homeState.y && ratio === homeState.ratio;
  }

  viewport(): { x: readonly [number, number]; y: readonly [number, number] } {
    const { width, height } = this.#sigma.getDimensions();
    const bottomLeft = this.#sigma.viewportToGraph({ x: 0, y: height });
    const topRight = this.#sigma.viewportToGraph({ x: width, y: 0 });
    return { x: [bottomLeft.x, topRight.x], y: [bottomLeft.y, topRight.y] };
  }

  #animate(target: { x?: number; y?: number; ratio?: number }, durationMs = animationMs): void {
    const camera = this.#sigma.getCamera();
    if (this.#isMotionReduced) camera.setState(target);
    else void camera.animate(target, { duration: durationMs, easing: 'quadraticOut' });
  }

  #fitContent(size: Size): void {
    this.#sigma.setCustomBBox(fitBox(this.#contentBox, size, this.#inset));
  }

  fit(points: Iterable<Point>, isAnimated = true): void {
    this.#contentBox = extentOf(points);
    this.#fitContent(this.#sigma.getDimensions());
    if (isAnimated) this.#animate(homeState);
    else this.#sigma.getCamera().setState(homeState);
    this.#onFitted();
  }

  onResize(size: Size): void {
    if (this.isHome) this.#fitContent(size);
  }

  /** `inset` is the width of the legend at the left, in px. */
  setInset(inset: number): void {
    if (inset === this.#inset) return;
    this.#inset = inset;
    this.onResize(this.#sigma.getDimensions());
    this.#onFitted();
  }

  /** Below 1 zooms in. */
  zoomBy(factor: number): void {
    const camera = this.#sigma.getCamera();
    this.#animate({ ratio: camera.getBoundedRatio(camera.ratio * factor) });
  }

  /** Moves the view by screen px. */
  panBy(x: number, y: number): void {
    const from = this.#sigma.viewportToFramedGraph({ x: 0, y: 0 });
    const to = this.#sigma.viewportToFramedGraph({ x, y });
    const camera = this.#sigma.getCamera();
    this.#animate({ x: camera.x + to.x - from.x, y: camera.y + to.y - from.y }, animationMs / 2);
  }

  /** Centres a layout position without animation. */
  centreOn(point: Point): void {
    this.#sigma.getCamera().setState(this.#toFramed(point));
  }

  #toFramed(point: Point): Point {
    return this.#sigma.viewportToFramedGraph(this.#sigma.graphToViewport(point));
  }

  /** Brings a node into view; `isCentred` moves it to the centre, near enough to read names. */
  reveal(id: string, isCentred = false): void {
    const graph = this.#sigma.getGraph();
    if (!graph.hasNode(id)) return;
    const point = graph.getNodeAttributes(id);
    const { x, y } = this.#sigma.graphToViewport(point);
    const { width, height } = this.#sigma.getDimensions();
    const isInSight = x >= margin && y >= margin && x <= width - margin && y <= height - margin;
    if (isInSight && !isCentred) return;
    const { ratio } = this.#sigma.getCamera();
    this.#animate({
      ...this.#toFramed(point),
      ratio: isCentred && graph.order > closeUp.nodes ? Math.min(ratio, closeUp.ratio) : ratio,
    });
  }
}
