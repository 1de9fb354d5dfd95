import { MultiDirectedGraph } from 'graphology';
import { Sigma } from 'sigma';
import type { Difference } from '../model/diff.ts';
import type { Model, Point } from '../model/model.ts';
import type { Neighbours } from '../model/neighbours.ts';
import type { Points } from '../layout/places.ts';
import { Attention } from './Attention.ts';
import type { EdgeAttributes, Emphasis, NodeAttributes, Styles } from './attributes.ts';
import type { Ink } from './draw.ts';
import { Eye } from './Eye.ts';
import type { Cover } from './frame.ts';
import { Lines } from './Lines.ts';
import { Motion } from './motion.ts';
import { below, Names } from './names.ts';
import type { Box } from './names.ts';
import { titleBoxes } from './titles.ts';
import type { Titled } from './titles.ts';
import { formOf, nameNodes } from './naming.ts';
import type { Drawing } from './naming.ts';
import { pickEdge, pickNode } from './pick.ts';
import type { Aim } from './pick.ts';
import { isLarge, settingsBySize, stageSettings } from './settings.ts';

/** Up to this many steps are taken one by one. */
const few = 60;
/** Px that still count as on a node or a line; among many lines one is always near. */
const reach = { node: 4, edge: 4.5, edgeOfMany: 2 };

/** How everything looks now. */
interface Drawn {
  styles: Styles;
  ink: Ink;
}

/**
 * The picture on the graphics card: the only one who knows sigma. It is told what to show, where and how, and answers where things
 * are on the screen. Throws where there is no WebGL.
 */
export class Stage {
  readonly sigma: Drawing;
  readonly eye: Eye;
  /** The edges where there are many; where there are few they are in the graph. */
  readonly lines = new Lines();
  #graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  #ink: Ink;
  /** What matters now. */
  readonly attention = new Attention();
  #model: Model | null = null;
  #large = false;
  readonly #watcher: ResizeObserver;
  /** What is written in the picture, as it was drawn last. */
  readonly names = new Names();
  #groups: readonly Titled[] = [];
  #note = 0;
  /** What the pointer counts as being on while it holds something; undefined while it holds nothing. */
  #held: string | null | undefined = undefined;
  readonly #motion = new Motion((moving) => {
    // Without a graphics card each layer that is shown costs, whatever is on it: many nodes move alone (network.css).
    this.sigma.getContainer().classList.toggle('network-moving', moving && this.#large);
    if (!moving && this.#large) this.sigma.scheduleRender();
  });

  /** `still`: nothing glides, because the person wants less motion. `covers`: what lies over the picture now, as a legend does. */
  constructor(container: HTMLElement, ink: Ink, still: boolean, covers: () => readonly Cover[]) {
    this.#ink = ink;
    this.sigma = new Sigma<NodeAttributes, EdgeAttributes>(this.#graph, container, {
      ...(stageSettings({
        ink: () => this.#ink,
        names: this.names,
        emphatic: {
          isNamed: (id) => this.attention.withRings().has(id),
          rays: (id) => this.attention.rayEnds(id).flatMap((other) => formOf(this.sigma, other) ?? []),
          width: () => this.sigma.getDimensions().width,
        },
        isCrowded: () => this.#large,
      }) as object),
      nodeReducer: (id, data) => this.attention.node(id, data, this.#ink.ground, this.#note),
      edgeReducer: (id, data) => this.attention.edge(id, this.#graph.extremities(id), data, this.#ink.ground),
    });
    this.eye = new Eye({
      sigma: this.sigma,
      still,
      covers,
      onFramed: () => this.#replace(),
    });
    this.lines.drawWith(this.sigma, () => this.#motion.moving);
    // Sigma would ask the graphics card, which has to finish drawing first: in software that takes long.
    Object.assign(this.sigma, {
      getNodeAtPosition: (at: Point) => (this.#held === undefined ? this.nodeAt(at) : this.#held),
      getEdgeAtPoint: (x: number, y: number) => (this.#held === undefined ? this.edgeAt({ x, y }) : null),
    });
    nameNodes(this.sigma, this.names, {
      ink: () => this.#ink,
      withRings: () => this.attention.withRings(),
      isDimmed: (id) => this.attention.isDimmed(id),
      covers: () => [...this.eye.covers, ...this.#handle(), ...this.titles().flatMap((box) => box ?? [])],
    });
    this.sigma.getCamera().on('updated', () => this.#motion.moved());
    this.#watcher = new ResizeObserver(() => {
      if (container.offsetWidth === 0) return;
      this.eye.resized({ width: container.offsetWidth, height: container.offsetHeight });
      this.#replace();
      // A panel has come beside it: what it is about should not be pushed out of sight.
      const { single } = this.attention;
      if (single !== null) requestAnimationFrame(() => this.reveal(single));
    });
    this.#watcher.observe(container);
  }

  kill(): void {
    this.#watcher.disconnect();
    this.#motion.end();
    this.sigma.kill();
  }

  /** What is drawn: another one after many changes. */
  get graph(): MultiDirectedGraph<NodeAttributes, EdgeAttributes> {
    return this.#graph;
  }

  get isLarge(): boolean {
    return this.#large;
  }

  get ink(): Ink {
    return this.#ink;
  }

  /** What groups there are, in units of the layout, and how wide their names are in px. */
  entitle(groups: readonly Titled[]): void {
    this.#groups = groups;
  }

  /** Where the names of groups stand, in px of the container; null for one that finds no room. */
  titles(): readonly (Box | null)[] {
    const groups = this.#groups.map(({ x, y, radius, wide }) => {
      const middle = this.sigma.graphToViewport({ x, y });
      const top = this.sigma.graphToViewport({ x, y: y + radius });
      return { ...middle, radius: middle.y - top.y, wide };
    });
    return titleBoxes(groups, this.eye.covers);
  }

  /** Where the handle of a link stands beside a node, its left top corner in px of the container; null when that is not shown. */
  handleAt(id: string): Point | null {
    const form = formOf(this.sigma, id);
    return form && { x: form.x + form.size * 0.8 + 3, y: form.y - form.size * 0.8 - 23 };
  }

  #handle(): Box[] {
    const { handled } = this.attention;
    const at = handled === null ? null : this.handleAt(handled);
    return at ? [{ left: at.x, right: at.x + 22, top: at.y, bottom: at.y + 22 }] : [];
  }

  /** How wide in px is what is said of the node under the pointer, below its name: other names leave it free. */
  annotate(wide: number): void {
    if (wide === this.#note) return;
    this.#note = wide;
    if (!this.#large) this.sigma.refresh({ schedule: true });
  }

  /** While the pointer holds a node, it counts as being on that one, and on nothing with null; undefined lets go. */
  hold(node: string | null | undefined): void {
    this.#held = node;
  }

  /** Makes the picture show a model, by the steps that lead there from the one before. */
  apply(model: Model, neighbours: Neighbours, steps: Difference, points: Points, look: Drawn): void {
    this.#model = model;
    this.#ink = look.ink;
    const before = this.#large;
    this.#large = isLarge(model.nodes.size, model.edges.size);
    if (before !== this.#large) this.sigma.setSettings(settingsBySize(this.#large));
    this.attention.show(model, neighbours, this.#large);
    const { nodes, edges } = steps;
    const parts = [nodes.added, nodes.removed, edges.added, edges.removed];
    const many = parts.reduce((sum, { length }) => sum + length, 0) > few;
    if (many || before !== this.#large) this.#rebuild(model, points, look.styles);
    else this.#step(model, steps, points, look.styles);
  }

  #fill(
    graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>,
    model: Model,
    { nodes, edges }: { nodes: Iterable<string>; edges: Iterable<string> },
    placeOf: (id: string) => Point | undefined,
    styles: Styles,
  ): void {
    for (const id of nodes) {
      const { x, y } = placeOf(id) ?? { x: 0, y: 0 };
      graph.addNode(id, { x, y, ...styles.node(id) });
    }
    for (const id of this.#large ? [] : edges) {
      const edge = model.edges.get(id);
      if (edge) graph.addEdgeWithKey(id, edge.from, edge.to, styles.edge(id));
    }
  }

  /** Many steps: sigma, which looks at each by itself, is given another graph. What stays glides from where it was. */
  #rebuild(model: Model, points: Points, styles: Styles): void {
    const before = this.#graph;
    const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
    const placeOf = (id: string): Point | undefined =>
      before.hasNode(id) ? before.getNodeAttributes(id) : points.get(id);
    this.#fill(graph, model, { nodes: model.nodes.keys(), edges: model.edges.keys() }, placeOf, styles);
    this.#graph = graph;
    this.#join(styles);
    this.sigma.setGraph(graph);
  }

  /** Draws the edges where there are many. */
  #join(styles: Styles): void {
    this.lines.show(this.#large ? this.#model : null, this.#graph, styles);
    this.#lightLines();
  }

  #lightLines(): void {
    const { attention } = this;
    this.lines.light(attention.lit, (colour) => attention.dimmedLine(colour, this.#ink.ground));
  }

  #step(model: Model, steps: Difference, points: Points, styles: Styles): void {
    const graph = this.#graph;
    for (const id of this.#large ? [] : steps.edges.removed) graph.dropEdge(id);
    for (const id of steps.nodes.removed) graph.dropNode(id);
    const added = { nodes: steps.nodes.added, edges: steps.edges.added };
    this.#fill(graph, model, added, (id) => points.get(id), styles);
    this.#restyle(styles);
  }

  /** Draws all anew in other colours, sizes or forms. */
  #restyle(styles: Styles): void {
    // In place: graphology would tell sigma of each, which looks at everything below.
    this.#graph.forEachNode((id, data) => Object.assign(data, styles.node(id)));
    this.#graph.forEachEdge((id, data) => Object.assign(data, styles.edge(id)));
    this.#join(styles);
    this.sigma.refresh({ schedule: true });
  }

  /** Places are being worked out from now on, or no more: lines of many would only be in the way, and are left out. */
  arranging(going: boolean): void {
    this.#motion.arrange(going);
  }

  /** Puts nodes where they belong. */
  move(points: Points): void {
    for (const [id, { x, y }] of points)
      if (this.#graph.hasNode(id)) Object.assign(this.#graph.getNodeAttributes(id), { x, y });
    this.lines.moved();
    if (points.size <= few) this.#redraw([...points.keys()].filter((id) => this.#graph.hasNode(id)));
    else this.#replace();
  }

  /** Draws anew where these nodes are, with their lines. */
  #redraw(nodes: string[]): void {
    const edges = [...new Set(nodes.flatMap((id) => this.#graph.edges(id)))];
    try {
      this.sigma.refresh({ partialGraph: { nodes, edges }, skipIndexation: true, schedule: true });
    } catch {
      // Something else has had sigma begin anew, which is not done yet.
      this.#replace();
    }
  }

  /** Draws anew where things are, not how they look. */
  #replace(): void {
    this.sigma.refresh({ partialGraph: {}, schedule: true });
  }

  emphasise(emphasis: Emphasis): void {
    const { hovered } = emphasis;
    // Sigma draws what it knows to be under the pointer; when that leaves the picture it does not forget it by itself.
    const isShown = hovered !== null && this.#graph.hasNode(hovered);
    Object.assign(this.sigma, { hoveredNode: isShown ? hovered : null });
    if (!this.attention.turn(emphasis)) return;
    this.#lightLines();
    this.sigma.refresh({ schedule: true });
  }

  /** Where a node is on the screen, in px of the container, with its radius; null when it is not shown. */
  placeOf(id: string): (Point & { radius: number }) | null {
    const form = formOf(this.sigma, id);
    return form && { x: form.x, y: form.y, radius: form.size };
  }

  /** Where what is said of a node besides its name begins, in px of the container; null when it is not shown. */
  belowName(id: string): Point | null {
    const form = formOf(this.sigma, id);
    if (!form) return null;
    const name = this.names.written.find((one) => one.id === id);
    const { labelSize } = this.sigma.getSettings();
    return name?.note ?? { x: form.x, y: form.y + below(form.size, labelSize) + 5 };
  }

  /** Brings a node into sight with what it is joined with; with `always` to the middle. */
  reveal(id: string, always = false): void {
    this.eye.reveal(id, this.attention.company(id), always);
  }

  /** Where all nodes are on the screen. */
  places(): Map<string, Point> {
    return new Map(this.graph.mapNodes((id, { x, y }) => [id, this.sigma.graphToViewport({ x, y })]));
  }

  #aim(at: Point, reached: number): Aim {
    const here = this.sigma.viewportToGraph(at);
    const aside = this.sigma.viewportToGraph({ x: at.x + 100, y: at.y });
    return { at: here, scale: 100 / Math.hypot(aside.x - here.x, aside.y - here.y), room: reached };
  }

  /** The node at a place of the screen, the nearest if there are several; null for none. */
  nodeAt(at: Point, reached = reach.node): string | null {
    return pickNode(this.#graph, this.#aim(at, reached), (size) => this.sigma.scaleSize(size));
  }

  /** The line at a place of the screen, the nearest if there are several; null for none. */
  edgeAt(at: Point): string | null {
    return this.#large
      ? this.lines.pick(this.#aim(at, reach.edgeOfMany))
      : pickEdge(this.#graph, this.#aim(at, reach.edge));
  }
}
