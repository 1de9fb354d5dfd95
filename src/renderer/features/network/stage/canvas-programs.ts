import { Sigma } from 'sigma';
import type { EdgeProgramType, NodeProgramType } from 'sigma/rendering';
import { shapeCorners } from '../look/shapes.ts';
import type { Point } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes, Renderer } from './attributes.ts';
import { straightArrow } from './curve.ts';
import type { Bundle, LineProgram } from './line-program.ts';

/** The WebGL calls of sigma itself, implemented for a 2D canvas. */
function createLayer(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no layer to draw on.');
  return {
    context,
    clear: (): void => {
      context.resetTransform();
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.scale(devicePixelRatio, devicePixelRatio);
    },
    viewport: (): void => {},
    blendFunc: (): void => {},
    bindFramebuffer: (): void => {},
    getExtension: () => null,
  };
}

/** Sigma without WebGL: camera, pointer and labels are the same; the programs below draw. */
export class CanvasSigma extends Sigma<NodeAttributes, EdgeAttributes> {
  override createWebGLContext(id: string): WebGLRenderingContext {
    const layer = createLayer(this.createCanvas(id));
    const canvas = { getContext: () => layer } as unknown as HTMLCanvasElement;
    return super.createWebGLContext(id, { canvas });
  }
}

/** A program in sigma's interface that keeps its items and draws all of them in each frame. */
abstract class CanvasProgram<Item> {
  protected readonly context: CanvasRenderingContext2D;
  protected readonly sigma: Renderer;
  protected items: Item[] = [];

  constructor({ context }: ReturnType<typeof createLayer>, _picking: null, sigma: Renderer) {
    this.context = context;
    this.sigma = sigma;
  }

  protected abstract draw(item: Item): void;

  reallocate(): void {
    this.items = [];
  }

  render(): void {
    for (const item of this.items) this.draw(item);
  }

  kill(): void {
    this.reallocate();
  }
}

export function canvasNodes(background: () => string): NodeProgramType {
  class Shapes extends CanvasProgram<NodeAttributes> {
    process(_id: number, index: number, data: NodeAttributes): void {
      this.items[index] = data;
    }

    #trace(shape: NodeAttributes['shape'], { x, y }: Point, radius: number): void {
      this.context.beginPath();
      for (const [dx, dy] of shapeCorners[shape] ?? []) this.context.lineTo(x + dx * radius, y - dy * radius);
      if (shapeCorners[shape]) this.context.closePath();
      else this.context.arc(x, y, radius, 0, 2 * Math.PI);
    }

    protected draw(node: NodeAttributes): void {
      const { context, sigma } = this;
      const { shape, color } = node;
      const point = sigma.framedGraphToViewport(node);
      const radius = sigma.scaleSize(node.size);
      this.#trace(shape, point, radius);
      context.lineWidth = 2 * Math.min(1.5, radius * 0.35);
      context.strokeStyle = background();
      context.stroke();
      context.fillStyle = shape === 'ring' ? background() : color;
      context.fill();
      if (shape !== 'ring') return;
      const width = Math.min(radius, Math.max(2.2, radius * 0.32));
      this.#trace(shape, point, radius - width / 2);
      context.lineWidth = width;
      context.strokeStyle = color;
      context.stroke();
    }
  }
  return Shapes as unknown as NodeProgramType;
}

type Edge = EdgeAttributes & { hidden?: boolean };

/** Draws edges with width, pattern and arrowhead, like edge-programs.ts. */
class Strokes extends CanvasProgram<{ from: Point; to: Point & { size: number }; edge: Edge }> {
  process(_id: number, index: number, from: Point, to: Point & { size: number }, edge: Edge): void {
    this.items[index] = { from, to, edge };
  }

  protected draw({
    from,
    to,
    edge: { color, size, dash, arrow, hidden },
  }: (typeof this.items)[number]): void {
    if (hidden === true) return;
    const { context, sigma } = this;
    const [start, end] = [sigma.framedGraphToViewport(from), sigma.framedGraphToViewport(to)];
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    context.setLineDash(dash ?? []);
    const width = Math.max(sigma.scaleSize(size), 0.75);
    context.lineWidth = width;
    context.strokeStyle = context.fillStyle = color;
    context.stroke();
    if (arrow !== true) return;
    context.beginPath();
    for (const { x, y } of straightArrow(start, end, sigma.scaleSize(to.size), width)) context.lineTo(x, y);
    context.fill();
  }
}

export const canvasEdges = Strokes as unknown as EdgeProgramType;

/** Draws the lines of a large network on sigma's edge layer. */
export function canvasLines(sigma: Renderer): LineProgram {
  const context = sigma.getCanvases().edges?.getContext('2d');
  let positions: Float32Array = new Float32Array();
  let bundles: readonly Bundle[] = [];
  return {
    setPositions: (next) => void (positions = next),
    setBundles: (next) => void (bundles = next),
    draw: () => {
      if (!context) return;
      const screenPoints = new Float32Array(positions.length);
      for (let offset = 0; offset < screenPoints.length; offset += 2) {
        const { x, y } = sigma.graphToViewport({ x: positions[offset] ?? 0, y: positions[offset + 1] ?? 0 });
        screenPoints.set([x, y], offset);
      }
      const pointAt = (index = 0) =>
        [screenPoints[index * 2] ?? 0, screenPoints[index * 2 + 1] ?? 0] as const;
      // A wider line takes many times as long to draw.
      context.lineWidth = 1 / devicePixelRatio;
      context.setLineDash([]);
      for (const { colour, pairs } of bundles) {
        context.beginPath();
        for (let offset = 0; offset < pairs.length; offset += 2) {
          context.moveTo(...pointAt(pairs[offset]));
          context.lineTo(...pointAt(pairs[offset + 1]));
        }
        context.strokeStyle = colour;
        context.stroke();
      }
    },
  };
}
