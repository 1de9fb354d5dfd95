import type { Point } from '../model/model.ts';
import type { Ink, Renderer } from './attributes.ts';
import { boldLabelPosition, drawBadge, drawText, labelFont } from './draw.ts';
import { curveOf, pointOn } from './curve.ts';
import type { Highlight } from './Highlight.ts';
import { layoutLabels, shortenLabel, textBox } from './labels.ts';
import type { PixelBox, Label, LabelRequest } from './labels.ts';

/** Up to this many nodes, names avoid all shapes; with more nodes, names are always below their nodes. */
const maxAvoidedShapes = 400;
/** Room below the hovered node's name for type and university, in px. */
const noteSize = { width: 200, height: 20 };
const badgeSize = 8;

interface Options {
  sigma: Renderer;
  highlight: Highlight;
  ink: () => Ink;
  /** Position and radius of a node in px. */
  nodeCircle: (id: string) => (Point & { size: number }) | null;
}

/** Draws labels and badges after each frame: sigma's label grid chooses the labels, and this class positions them. */
export class LabelLayer {
  readonly #options: Options;
  #requests: LabelRequest[] = [];
  #labels: readonly Label[] = [];
  #reserved: readonly PixelBox[] = [];
  #legend = { width: 0, height: 0 };

  constructor(options: Options) {
    this.#options = options;
    options.sigma.on('beforeRender', () => {
      this.#requests = [];
      this.#labels = [];
    });
    options.sigma.on('afterRender', () => this.#draw());
  }

  /** The labels of the last frame, without bold ones. */
  get labels(): readonly Label[] {
    return this.#labels;
  }

  request(request: LabelRequest): void {
    this.#requests.push(request);
  }

  reserve(boxes: readonly PixelBox[]): void {
    this.#reserved = boxes;
  }

  /** The bottom left corner that labels leave free, in px. */
  setLegend(size: { width: number; height: number }): void {
    this.#legend = size;
  }

  #draw(): void {
    const { sigma, highlight, ink } = this.#options;
    const context = sigma.getCanvases().labels?.getContext('2d');
    // No labels while a large network moves.
    if (!context || this.#requests.length === 0) return;
    const { width, height } = sigma.getDimensions();
    const legend = { left: 0, right: this.#legend.width, top: height - this.#legend.height, bottom: height };
    const reservedBoxes = [
      legend,
      ...this.#reserved,
      ...this.#boldBoxes(context),
      ...this.#drawBadges(context),
    ];
    const boldIds = highlight.boldNodes();
    context.font = labelFont(400);
    this.#labels = layoutLabels(
      this.#requests.filter(({ id }) => !boldIds.has(id)),
      { width, height, reservedBoxes, shapes: this.#shapes() },
      (text) => context.measureText(text).width,
    );
    const { faint, text, background } = ink();
    for (const label of this.#labels.toReversed())
      drawText(context, label.text, label, label.dimmed ? faint : text, background);
  }

  #shapes(): Map<string, PixelBox> {
    const { sigma, nodeCircle } = this.#options;
    const graph = sigma.getGraph();
    const shapes = new Map<string, PixelBox>();
    for (const id of graph.order <= maxAvoidedShapes ? graph.nodes() : []) {
      const node = nodeCircle(id);
      if (!node) continue;
      const { x, y, size } = node;
      shapes.set(id, { left: x - size, right: x + size, top: y - size, bottom: y + size });
    }
    return shapes;
  }

  boldLabels(measure: (text: string) => number): (Label & { width: number })[] {
    const { sigma, highlight, nodeCircle } = this.#options;
    return [...highlight.boldNodes()].flatMap((id) => {
      const node = nodeCircle(id);
      if (!node) return [];
      const text = shortenLabel(sigma.getGraph().getNodeAttribute(id, 'label'));
      const width = measure(text);
      return [
        { id, text, dimmed: false, width, ...boldLabelPosition(node, width, sigma.getDimensions().width) },
      ];
    });
  }

  #boldBoxes(context: CanvasRenderingContext2D): PixelBox[] {
    context.font = labelFont(600);
    const labels = this.boldLabels((text) => context.measureText(text).width);
    return labels.map(({ id, x, y, width }) =>
      id === this.#options.highlight.hovered
        ? { ...textBox(x, y, Math.max(width, noteSize.width)), bottom: y + noteSize.height }
        : textBox(x, y, width),
    );
  }

  #drawBadges(context: CanvasRenderingContext2D): PixelBox[] {
    const { sigma, ink, nodeCircle } = this.#options;
    const boxes: PixelBox[] = [];
    const addBadge = (sign: string, { x, y }: Point, colour: string): void => {
      drawBadge(context, sign, { x, y }, colour, ink().background);
      boxes.push({ left: x - badgeSize, right: x + badgeSize, top: y - badgeSize, bottom: y + badgeSize });
    };
    const graph = sigma.getGraph();
    graph.forEachEdge((_id, { sign, color, bend }, _from, _to, from, to) => {
      if (sign === undefined) return;
      addBadge(sign, sigma.graphToViewport(pointOn(curveOf(from, to, bend ?? 0), 0.5)), color);
    });
    graph.forEachNode((id, { sign, color }) => {
      const node = sign === undefined ? null : nodeCircle(id);
      if (node) addBadge(sign ?? '', { x: node.x + node.size + 3, y: node.y - node.size - 1 }, color);
    });
    return boxes;
  }
}
