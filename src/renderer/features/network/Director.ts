import type { NetworkLayout } from '#shared/address/network.ts';
import { Dropped } from './layout/dropped.ts';
import { ForceRun } from './layout/ForceRun.ts';
import { clusters, columns } from './layout/groups.ts';
import type { GroupLayout, Place } from './layout/groups.ts';
import { placed } from './layout/places.ts';
import type { Points } from './layout/places.ts';
import { spacing } from './layout/seed.ts';
import { recall, remember } from './layout/remembered.ts';
import { stageValue, valueOf } from './look/fields.ts';
import { difference, isSame } from './model/diff.ts';
import { emptyModel } from './model/model.ts';
import type { Model, NetNode, Point } from './model/model.ts';
import { neighboursOf } from './model/neighbours.ts';
import type { Neighbours } from './model/neighbours.ts';
import type { Styles } from './stage/attributes.ts';
import type { Ink } from './stage/draw.ts';
import { glide } from './stage/glide.ts';
import type { Stage } from './stage/Stage.ts';

interface Show {
  model: Model;
  layout: NetworkLayout;
  /** What makes it another picture: around which record, how far. Another picture is arranged anew. */
  subject: string;
  styles: Styles;
  ink: Ink;
}

interface Listeners {
  /** How far a running layout is; null when none runs. */
  onRunning: (progress: number | null) => void;
  /** Where the groups of the layout stand. */
  onPlaces: (places: readonly Place[]) => void;
  onFailure: (error: unknown) => void;
}

/** Up to this many nodes forces are worked out before anything is shown: it takes a moment only. */
const atOnce = 600;
const duration = 420;
const stages = ['incoming', 'established', 'outgoing'];

/** Decides where nodes stand: what is saved, what a layout finds, what comes anew; and lets the stage show it. */
export class Director {
  readonly #stage: Stage;
  readonly #listeners: Listeners;
  readonly #still: boolean;
  #model: Model = emptyModel;
  #neighbours: Neighbours = new Map();
  #layout: NetworkLayout = 'force';
  #arranged = '';
  /** What changes next is arranged anew. */
  #anew = false;
  #found: ReadonlyMap<string, Point> = new Map();
  #points: ReadonlyMap<string, Point> = new Map();
  readonly #dropped = new Dropped();
  /** Where nodes are that are being dragged. */
  #dragged: ReadonlyMap<string, Point> = new Map();
  #run: ForceRun | null = null;
  #places: readonly Place[] = [];
  #endGlide: () => void = () => {};

  constructor(stage: Stage, still: boolean, listeners: Listeners) {
    this.#stage = stage;
    this.#still = still;
    this.#listeners = listeners;
  }

  end(): void {
    this.#run?.stop();
    this.#endGlide();
  }

  get model(): Model {
    return this.#model;
  }

  get neighbours(): Neighbours {
    return this.#neighbours;
  }

  /** Where everything stands, in units of the layout. */
  get points(): Points {
    return this.#points;
  }

  /** Shows a model: what is new comes beside what it is joined with, what stays keeps its place, unless another layout is asked for. */
  show({ model, layout, subject, styles, ink }: Show): void {
    const steps = difference(this.#model, model);
    const arranged = `${layout} ${subject}`;
    const anew = this.#anew && !isSame(steps);
    const another = arranged !== this.#arranged || anew;
    const before = this.#model.nodes.size;
    this.#model = model;
    this.#layout = layout;
    if (!isSame(steps)) this.#neighbours = neighboursOf(model);
    this.#dropped.settle(model);
    const recalled = another && !anew && layout === 'force' ? recall(arranged, model) : null;
    if (recalled) {
      this.stop();
      this.#found = recalled;
    }
    this.#points = this.#placed();
    this.#stage.apply(model, this.#neighbours, steps, this.#points, { styles, ink });
    if (model.nodes.size === 0) return;
    this.#arranged = arranged;
    if (anew) this.#anew = false;
    const { added, removed } = steps.nodes;
    const many = added.length > Math.max(5, model.nodes.size * 0.2);
    const fewer = removed.length > Math.max(5, before * 0.2);
    const regroup = layout !== 'force' && !isSame(steps);
    if (recalled) {
      this.#tell([]);
      this.#settle(recalled, true);
    } else if (another || many || regroup) this.arrange(another || many || fewer);
    else if (!isSame(steps)) {
      // What is left of much stands far apart, or aside.
      if (fewer) this.#fit();
      this.#glideTo(this.#points);
    }
  }

  /** A place for every node; those that come anew keep the one they are given here. */
  #placed(): Map<string, Point> {
    const points = placed(this.#model, this.#found, this.#neighbours);
    const fresh = [...points].filter(([id]) => !this.#found.has(id) && !this.#model.nodes.get(id)?.saved);
    if (fresh.length > 0) this.#found = new Map([...this.#found, ...fresh]);
    for (const [id, point] of [...this.#dropped.points(), ...this.#dragged])
      if (points.has(id)) points.set(id, point);
    return points;
  }

  /** Whether the next change is arranged anew, whatever it is: saved positions are about to be forgotten. */
  rearrangeNext(anew: boolean): void {
    this.#anew = anew;
  }

  /** Works the layout out anew. */
  arrange(fit = true): void {
    this.stop();
    if (this.#layout === 'force') this.#force(fit);
    else {
      const { points, places } = this.#groups();
      this.#tell(places);
      this.#settle(points, fit);
    }
  }

  #tell(places: readonly Place[]): void {
    this.#places = places;
    this.#listeners.onPlaces(places);
  }

  /** All that has to be in the window for everything to be seen: nodes, and the names of groups above theirs. */
  get outline(): readonly Point[] {
    const names = this.#places.map(({ x, y, radius }) => ({ x, y: y + radius + spacing / 2 }));
    return [...this.#points.values(), ...names];
  }

  #fit(): void {
    this.#stage.eye.fit(this.outline, false);
  }

  #groups(): GroupLayout {
    const weight = ({ links }: NetNode): number => links;
    const group = (node: NetNode): string => {
      const value =
        this.#layout === 'lifecycle'
          ? stageValue(node)
          : valueOf(node, this.#layout === 'university' ? 'university' : 'discipline');
      return typeof value === 'string' ? value : '';
    };
    const nodes = [...this.#model.nodes.values()].map((node) => ({
      id: node.id,
      group: group(node),
      weight: weight(node),
    }));
    return this.#layout === 'lifecycle' ? columns(nodes, stages) : clusters(nodes);
  }

  #force(fit: boolean): void {
    const few = this.#model.nodes.size <= atOnce;
    const stage = this.#stage;
    const picture = this.#arranged;
    this.#tell([]);
    this.#listeners.onRunning(0);
    if (!few && fit) this.#fit();
    if (!few) stage.arranging(true);
    let last = performance.now();
    this.#run = new ForceRun(this.#model, this.#points, few ? 'end' : 'step', {
      onState: (points, progress, done) => {
        this.#listeners.onRunning(done ? null : progress);
        if (done) {
          this.#run = null;
          remember(picture, points);
          // Who has gone somewhere meanwhile is left there.
          this.#settle(points, few || stage.eye.showsAll);
          stage.arranging(false);
        } else if (!this.#still && performance.now() - last > 30) {
          last = performance.now();
          this.#found = points;
          this.#points = this.#placed();
          stage.move(this.#points);
          if (stage.eye.showsAll) this.#fit();
        }
      },
      onFailure: (error) => {
        this.stop();
        this.#listeners.onFailure(error);
      },
    });
  }

  /** Ends a running layout where it is. */
  stop(): void {
    if (!this.#run) return;
    this.#run.stop();
    this.#run = null;
    this.#stage.arranging(false);
    this.#listeners.onRunning(null);
  }

  #settle(found: Points, fit: boolean): void {
    this.#found = found;
    this.#points = this.#placed();
    if (fit) this.#fit();
    this.#glideTo(this.#points);
  }

  #glideTo(points: Points): void {
    this.#endGlide();
    const from = new Map(this.#stage.graph.mapNodes((id, { x, y }) => [id, { x, y }]));
    const moved = [...points].some(([id, { x, y }]) => from.get(id)?.x !== x || from.get(id)?.y !== y);
    if (!moved) return;
    if (this.#still || this.#stage.isLarge) this.#stage.move(points);
    else this.#endGlide = glide(from, points, duration, (now) => this.#stage.move(now));
  }

  /** Puts nodes somewhere for now: they are being dragged. */
  drag(places: ReadonlyMap<string, Point>): void {
    this.#endGlide();
    this.#dragged = places;
    this.#points = new Map([...this.#points, ...places]);
    this.#stage.move(places);
  }

  /** Lets go of what was dragged: it stays until what is read says where it is. */
  drop(places: ReadonlyMap<string, Point>): void {
    this.drag(places);
    this.#dragged = new Map();
    this.#dropped.put(places);
  }

  /** What was let go has been written: from the next model on, that says where it is. */
  written(places: ReadonlyMap<string, Point>): void {
    this.#dropped.written(places, this.#model);
  }

  /** Puts nodes back to where they were: what was dragged was given up, or could not be kept where it was dropped. */
  putBack(places: ReadonlyMap<string, Point>): void {
    this.#dropped.take(places);
    this.#dragged = new Map();
    this.#points = this.#placed();
    this.#glideTo(this.#points);
  }
}
