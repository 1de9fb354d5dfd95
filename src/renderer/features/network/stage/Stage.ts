import { MultiDirectedGraph } from 'graphology';
import { Sigma } from 'sigma';
import type { Settings } from 'sigma/settings';
import type { Points } from '../layout/positions.ts';
import type { Difference, Model, NetEdge, Neighbours, Point } from '../model/model.ts';
import type { EdgeAttributes, Ink, NodeAttributes, Renderer, Styles } from './attributes.ts';
import { Camera } from './Camera.ts';
import { canvasEdges, canvasLines, canvasNodes, CanvasSigma } from './canvas-programs.ts';
import { bendsOf, curveOf, pointOn } from './curve.ts';
import { drawCurves, drawHighlight, fontFamily } from './draw.ts';
import { webglEdges } from './edge-programs.ts';
import { Highlight } from './Highlight.ts';
import type { Emphasis } from './Highlight.ts';
import { LabelLayer } from './LabelLayer.ts';
import { belowRing, labelSize } from './labels.ts';
import type { LabelRequest } from './labels.ts';
import { LargeEdges } from './LargeEdges.ts';
import { lineProgram } from './line-program.ts';
import { nodeProgram } from './node-program.ts';
import { pickEdge, pickNode } from './pick.ts';
import type { Aim } from './pick.ts';

type Graph = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

/** Up to this many changes are applied singly; more rebuild the graph. */
const maxSingleChanges = 60;
/** Distances in px that still hit a node or a line. Smaller among many lines, because one is always near. */
const reach = { node: 4, edge: 4.5, edgeOfMany: 2 };
/** From these sizes on, line patterns are off, lines are hidden while moving, and labels are fewer. */
const largeLimits = { nodes: 3000, edges: 6000 };
/** Milliseconds without movement until the camera counts as still. */
const restMs = 130;

export function isLarge(nodes: number, edges: number): boolean {
  return nodes > largeLimits.nodes || edges > largeLimits.edges;
}

function settingsBySize(isLargeNetwork: boolean): Partial<Settings> {
  return {
    hideLabelsOnMove: isLargeNetwork,
    zIndex: !isLargeNetwork,
    labelDensity: isLargeNetwork ? 0.5 : 1.6,
    labelGridCellSize: isLargeNetwork ? 140 : 70,
    labelRenderedSizeThreshold: isLargeNetwork ? 2.6 : 3,
  };
}

/** The programs that draw with and without WebGL; the picture is the same. */
const programSets = {
  webgl: {
    Renderer: Sigma<NodeAttributes, EdgeAttributes>,
    nodes: nodeProgram,
    edges: webglEdges,
    lines: lineProgram,
  },
  canvas: { Renderer: CanvasSigma, nodes: canvasNodes, edges: canvasEdges, lines: canvasLines },
};

interface StageOptions {
  ink: Ink;
  isMotionReduced: boolean;
  /** Whether highlighting dims all other elements. */
  dimsOthers?: boolean | undefined;
  drawing: 'webgl' | 'canvas';
}

/** Draws the network and computes screen positions. Only this folder imports sigma. Throws if WebGL is requested and missing. */
export class Stage {
  readonly sigma: Renderer;
  readonly camera: Camera;
  readonly labels: LabelLayer;
  readonly highlight: Highlight;
  readonly #largeEdges = new LargeEdges();
  readonly #observer: ResizeObserver;
  #graph: Graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  #ink: Ink;
  #model: Model | null = null;
  #isLarge = false;
  #bends: ReadonlyMap<string, number> = new Map();
  /** The node held by the pointer; null if the background is held, undefined if nothing is held. */
  #heldNode: string | null | undefined = undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #isArranging = false;

  constructor(container: HTMLElement, { ink, isMotionReduced, dimsOthers = true, drawing }: StageOptions) {
    const { Renderer, nodes, edges, lines } = programSets[drawing];
    this.#ink = ink;
    this.highlight = new Highlight(dimsOthers);
    const settings: Partial<Settings> = {
      allowInvalidContainer: true,
      // Replacements for sigma's own programs of these names, which need WebGL.
      nodeProgramClasses: { circle: nodes(() => this.#ink.background) },
      edgeProgramClasses: { line: edges, arrow: edges },
      defaultDrawNodeLabel: (_context, data) => {
        const { key, label, x, y, size, dimmed, isPriority } = data as unknown as LabelRequest & {
          key: string;
          label: string;
        };
        this.labels.request({ id: key, text: label, x, y, size, dimmed, isPriority: isPriority === true });
      },
      defaultDrawNodeHover: (context, data) => {
        const { key, label, x, y, size } = data as unknown as LabelRequest & { key: string; label: string };
        drawHighlight(
          context,
          { x, y, size },
          {
            label: this.highlight.boldNodes().has(key) ? label : null,
            rays: this.highlight.rayEnds(key).flatMap((id) => this.nodeCircle(id) ?? []),
            windowWidth: this.sigma.getDimensions().width,
            ink: this.#ink,
          },
        );
      },
      labelFont: fontFamily,
      labelSize,
      // The camera's box includes the padding.
      stagePadding: 0,
      enableEdgeEvents: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 6,
      zoomDuration: 140,
      inertiaDuration: 160,
      doubleClickZoomingRatio: 1,
      ...settingsBySize(false),
    };
    this.sigma = new Renderer(this.#graph, container, {
      ...(settings as object),
      nodeReducer: (id, data) => this.highlight.nodeStyle(id, data, this.#ink.background),
      edgeReducer: (id, data) => ({
        ...this.highlight.edgeStyle(id, this.#graph.extremities(id), data, this.#ink.background),
        // Curves are drawn separately.
        hidden: typeof data.bend === 'number',
      }),
    });
    drawCurves(this.sigma);
    this.camera = new Camera(this.sigma, isMotionReduced, () => this.#redrawAll());
    this.labels = new LabelLayer({
      sigma: this.sigma,
      highlight: this.highlight,
      ink: () => this.#ink,
      nodeCircle: (id) => this.nodeCircle(id),
    });
    this.#largeEdges.drawWith(this.sigma, lines, () => this.#isMoving);
    // Sigma would read from the graphics card, which must finish drawing first: slow in software.
    Object.assign(this.sigma, {
      getNodeAtPosition: (point: Point) =>
        this.#heldNode === undefined ? this.nodeAt(point) : this.#heldNode,
      getEdgeAtPoint: (x: number, y: number) => (this.#heldNode === undefined ? this.edgeAt({ x, y }) : null),
    });
    this.sigma.getCamera().on('updated', () => {
      clearTimeout(this.#restTimer);
      this.#restTimer = setTimeout(() => {
        this.#restTimer = undefined;
        this.#updateMoving();
      }, restMs);
      this.#updateMoving();
    });
    this.#observer = new ResizeObserver(() => {
      if (container.offsetWidth === 0) return;
      this.camera.onResize({ width: container.offsetWidth, height: container.offsetHeight });
      this.#redrawAll();
      // Opening a panel makes the container narrower: keeps the record of the panel in view.
      const { selectedNode } = this.highlight;
      if (selectedNode !== null) requestAnimationFrame(() => this.camera.reveal(selectedNode));
    });
    this.#observer.observe(container);
  }

  kill(): void {
    this.#observer.disconnect();
    clearTimeout(this.#restTimer);
    this.sigma.kill();
  }

  /** Not constant: many changes replace the graph. */
  get graph(): Graph {
    return this.#graph;
  }

  get isLarge(): boolean {
    return this.#isLarge;
  }

  get #isMoving(): boolean {
    return this.#restTimer !== undefined || this.#isArranging;
  }

  #updateMoving(): void {
    // Without a graphics card each visible layer costs time: while a large network moves, only its nodes show (network.module.css).
    this.sigma.getContainer().toggleAttribute('data-moving', this.#isMoving && this.#isLarge);
    if (!this.#isMoving && this.#isLarge) this.sigma.scheduleRender();
  }

  /** While a layout runs, the lines of a large network are hidden. */
  setArranging(isArranging: boolean): void {
    this.#isArranging = isArranging;
    this.#updateMoving();
  }

  /** The bottom left corner that camera and labels leave free, in px. */
  setLegend(size: { width: number; height: number }): void {
    this.labels.setLegend(size);
    this.camera.setInset(size.width);
  }

  /** Treats this node (null: the background) as the hovered one, until released with undefined. */
  hold(node: string | null | undefined): void {
    this.#heldNode = node;
  }

  /** Shows a model by its difference from the previous one. */
  apply(
    model: Model,
    neighbours: Neighbours,
    difference: Difference,
    points: Points,
    { styles, ink }: { styles: Styles; ink: Ink },
  ): void {
    this.#model = model;
    this.#ink = ink;
    const wasLarge = this.#isLarge;
    this.#isLarge = isLarge(model.nodes.size, model.edges.size);
    this.#bends = this.#isLarge ? new Map() : bendsOf(model.edges.values());
    // Without curves their layer costs nothing (network.module.css).
    this.sigma.getContainer().toggleAttribute('data-curves', this.#bends.size > 0);
    if (wasLarge !== this.#isLarge) this.sigma.setSettings(settingsBySize(this.#isLarge));
    this.highlight.show(model, neighbours, this.#isLarge);
    const { nodes, edges } = difference;
    const idLists = [nodes.added, nodes.removed, edges.added, edges.removed];
    const needsRebuild = idLists.reduce((sum, { length }) => sum + length, 0) > maxSingleChanges;
    if (needsRebuild || wasLarge !== this.#isLarge) this.#rebuild(model, points, styles);
    else this.#applyChanges(model, difference, points, styles);
  }

  #addElements(
    graph: Graph,
    model: Model,
    { nodes, edges }: { nodes: Iterable<string>; edges: Iterable<string> },
    positionOf: (id: string) => Point | undefined,
    styles: Styles,
  ): void {
    for (const id of nodes) {
      const { x, y } = positionOf(id) ?? { x: 0, y: 0 };
      graph.addNode(id, { x, y, ...styles.node(id) });
    }
    for (const id of this.#isLarge ? [] : edges) {
      const edge = model.edges.get(id);
      if (edge) graph.addEdgeWithKey(id, edge.from, edge.to, this.#edgeAttributes(id, styles));
    }
  }

  #edgeAttributes(id: string, styles: Styles): EdgeAttributes {
    return { ...styles.edge(id), bend: this.#bends.get(id) ?? null };
  }

  /** Replaces sigma's graph, because sigma processes each change separately. Remaining nodes are animated from their positions. */
  #rebuild(model: Model, points: Points, styles: Styles): void {
    const previousGraph = this.#graph;
    const graph: Graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
    const positionOf = (id: string): Point | undefined =>
      previousGraph.hasNode(id) ? previousGraph.getNodeAttributes(id) : points.get(id);
    this.#addElements(
      graph,
      model,
      { nodes: model.nodes.keys(), edges: model.edges.keys() },
      positionOf,
      styles,
    );
    this.#graph = graph;
    this.#showLargeEdges(styles);
    this.sigma.setGraph(graph);
  }

  #showLargeEdges(styles: Styles): void {
    this.#largeEdges.show(this.#isLarge ? this.#model : null, this.#graph, styles);
    this.#highlightLargeEdges();
  }

  #highlightLargeEdges(): void {
    this.#largeEdges.highlight(this.highlight.brightElements, (colour) =>
      this.highlight.dimLineColour(colour, this.#ink.background),
    );
  }

  #applyChanges(model: Model, difference: Difference, points: Points, styles: Styles): void {
    const graph = this.#graph;
    for (const id of this.#isLarge ? [] : difference.edges.removed) graph.dropEdge(id);
    for (const id of difference.nodes.removed) graph.dropNode(id);
    const addedIds = { nodes: difference.nodes.added, edges: difference.edges.added };
    this.#addElements(graph, model, addedIds, (id) => points.get(id), styles);
    // Assigns directly, because graphology would notify sigma of each change; the refresh below covers all.
    graph.forEachNode((id, data) => Object.assign(data, { sign: undefined }, styles.node(id)));
    graph.forEachEdge((id, data) =>
      Object.assign(data, { sign: undefined }, this.#edgeAttributes(id, styles)),
    );
    this.#showLargeEdges(styles);
    this.sigma.refresh({ schedule: true });
  }

  move(points: Points): void {
    const ids = [...points.keys()].filter((id) => this.#graph.hasNode(id));
    for (const id of ids) {
      const { x, y } = points.get(id) ?? { x: 0, y: 0 };
      Object.assign(this.#graph.getNodeAttributes(id), { x, y });
    }
    this.#largeEdges.invalidatePositions();
    if (ids.length > maxSingleChanges) {
      this.#redrawAll();
      return;
    }
    const edges = [...new Set(ids.flatMap((id) => this.#graph.edges(id)))];
    try {
      this.sigma.refresh({ partialGraph: { nodes: ids, edges }, skipIndexation: true, schedule: true });
    } catch {
      // A full refresh is pending, and sigma does not know the nodes yet.
      this.#redrawAll();
    }
  }

  /** Redraws positions, not styles. */
  #redrawAll(): void {
    this.sigma.refresh({ partialGraph: {}, schedule: true });
  }

  emphasise(emphasis: Emphasis): void {
    const { hovered } = emphasis;
    // Sigma does not reset the hovered element when it is removed.
    const isShown = hovered !== null && this.#graph.hasNode(hovered);
    Object.assign(this.sigma, { hoveredNode: isShown ? hovered : null });
    if (!this.highlight.setEmphasis(emphasis)) return;
    this.#highlightLargeEdges();
    this.sigma.refresh({ schedule: true });
  }

  /** Position and radius of a node in px of the container; null if not shown. */
  nodeCircle(id: string): (Point & { size: number }) | null {
    if (!this.#graph.hasNode(id)) return null;
    const { x, y, size } = this.#graph.getNodeAttributes(id);
    return { ...this.sigma.graphToViewport({ x, y }), size: this.sigma.scaleSize(size) };
  }

  /** The position of the hovered node's note, in px of the container. */
  noteAt(id: string): Point | null {
    const node = this.nodeCircle(id);
    return node && { x: node.x, y: node.y + belowRing(node.size) + 5 };
  }

  /** The middle of an edge in px of the container; null if an end is not shown. */
  middleOf({ id, from, to }: Pick<NetEdge, 'id' | 'from' | 'to'>): Point | null {
    const [start, end] = [this.nodeCircle(from), this.nodeCircle(to)];
    return start && end && pointOn(curveOf(start, end, -(this.#bends.get(id) ?? 0)), 0.5);
  }

  screenPositions(): Map<string, Point> {
    return new Map(this.#graph.mapNodes((id, { x, y }) => [id, this.sigma.graphToViewport({ x, y })]));
  }

  #aim(screenPoint: Point, reachPx: number): Aim {
    const layoutPoint = this.sigma.viewportToGraph(screenPoint);
    const shiftedPoint = this.sigma.viewportToGraph({ x: screenPoint.x + 100, y: screenPoint.y });
    return {
      point: layoutPoint,
      scale: 100 / Math.hypot(shiftedPoint.x - layoutPoint.x, shiftedPoint.y - layoutPoint.y),
      reach: reachPx,
    };
  }

  nodeAt(point: Point, reachPx = reach.node): string | null {
    return pickNode(this.#graph, this.#aim(point, reachPx), (size) => this.sigma.scaleSize(size));
  }

  edgeAt(point: Point): string | null {
    return this.#isLarge
      ? this.#largeEdges.pick(this.#aim(point, reach.edgeOfMany))
      : pickEdge(this.#graph, this.#aim(point, reach.edge));
  }
}
