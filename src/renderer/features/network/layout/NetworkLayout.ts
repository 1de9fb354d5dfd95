import type { NetworkLayout as LayoutName } from '#shared/address/network.ts';
import { atStart } from '../../../api/window-state.ts';
import { stageValue, valueOf } from '../look/fields.ts';
import { networkDifference, isSame } from '../model/diff.ts';
import { emptyModel, neighboursOf } from '../model/model.ts';
import type { Model, Neighbours, Point } from '../model/model.ts';
import type { Ink, Styles } from '../stage/attributes.ts';
import type { Stage } from '../stage/Stage.ts';
import { clusterLayout, columnLayout, groupSpacing } from './groups.ts';
import type { GroupLayout, GroupPlace } from './groups.ts';
import { positionAll, forceInput, fromForces, manyNodes } from './positions.ts';
import type { Points } from './positions.ts';
import type { FromWorker, ToWorker } from './force.ts';

interface Listeners {
  onState: (points: Points, progress: number, done: boolean) => void;
  onFailure: (error: unknown) => void;
}

/** Milliseconds of work between two states, by number of nodes. */
const slices = { few: 24, many: 400, most: 2000 };

/** A force layout in a worker. Ends at rest, or by `stop`. */
class ForceRun {
  readonly #worker: Worker;
  #frame = 0;

  constructor(model: Model, from: Points, until: 'step' | 'end', { onState, onFailure }: Listeners) {
    this.#worker = new Worker(new URL('./force.worker.ts', import.meta.url), { type: 'module' });
    const least = model.nodes.size > manyNodes ? slices.many : slices.few;
    let ids: readonly string[] = [];
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      onState(fromForces(ids, data.points), data.progress, data.done);
      if (data.done) {
        this.stop();
        return;
      }
      // Waits until the window has drawn: a slow window gets fewer states, not a queue.
      const begun = performance.now();
      this.#whenDrawn(() => {
        const slice = Math.min(slices.most, Math.max(least, (performance.now() - begun) * 3));
        this.#send({ kind: 'go', slice });
      });
    });
    this.#worker.addEventListener('error', (event) => onFailure(event.error ?? new Error(event.message)));
    const begin = (): void => {
      const { ids: named, input } = forceInput(model, from);
      ids = named;
      this.#send({ kind: 'begin', input, until, slice: least });
    };
    if (until === 'step') this.#whenDrawn(begin);
    else begin();
  }

  #whenDrawn(work: () => void): void {
    this.#frame = requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(work);
    });
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#worker.terminate();
  }
}

interface Shown {
  model: Model;
  layout: LayoutName;
  subject: string;
  styles: Styles;
  ink: Ink;
}

export interface LayoutListeners {
  /** Progress of a running layout, 0 to 1; null if none runs. */
  onRunning: (progress: number | null) => void;
  onGroups: (groups: readonly GroupPlace[]) => void;
  onFailure: (error: unknown) => void;
}

/** Up to this many nodes the layout is computed before it is shown. */
const atOnce = 600;
const animation = 420;
const frameTime = 30;
const lifecycles = ['incoming', 'established', 'outgoing'];
const mostRemembered = 6;

/** Force layouts by layout and subject, for the lifetime of the window, so that a network reopens unchanged. */
const remembered = new Map<string, Points>();
atStart(() => remembered.clear());

function remember(key: string, points: Points): void {
  remembered.delete(key);
  remembered.set(key, points);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
}

/** The cached layout of roughly the same nodes, or null. */
function recall(key: string, { nodes }: Model): Points | null {
  const points = remembered.get(key);
  if (!points || nodes.size < points.size * 0.8) return null;
  const known = [...nodes.keys()].filter((id) => points.has(id)).length;
  return known >= nodes.size * 0.95 ? points : null;
}

/** The points at a share (0 to 1) of the way; points without a start are at their end. */
export function betweenPoints(from: Points, to: Points, part: number): Map<string, Point> {
  const share = 1 - (1 - Math.min(1, Math.max(0, part))) ** 3;
  return new Map(
    [...to].map(([id, end]) => {
      const start = from.get(id) ?? end;
      return [id, { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share }];
    }),
  );
}

/** Positions nodes (saved, computed or new) and updates the stage. */
export class NetworkLayout {
  readonly #stage: Stage;
  readonly #listeners: LayoutListeners;
  readonly #reducedMotion: boolean;
  #model: Model = emptyModel;
  #neighbours: Neighbours = new Map();
  #name: LayoutName = 'force';
  #key = '';
  #arrangeNext = false;
  #found: Points = new Map();
  #points: Points = new Map();
  #dragged: Points = new Map();
  #run: ForceRun | null = null;
  #groups: readonly GroupPlace[] = [];
  #frame = 0;

  constructor(stage: Stage, reducedMotion: boolean, listeners: LayoutListeners) {
    this.#stage = stage;
    this.#reducedMotion = reducedMotion;
    this.#listeners = listeners;
  }

  end(): void {
    this.#run?.stop();
    cancelAnimationFrame(this.#frame);
  }

  get model(): Model {
    return this.#model;
  }

  get neighbours(): Neighbours {
    return this.#neighbours;
  }

  get points(): Points {
    return this.#points;
  }

  /** Shows a model. Nodes keep their positions, and new ones are placed next to their neighbours, unless layout or subject change. */
  show({ model, layout, subject, styles, ink }: Shown): void {
    const steps = networkDifference(this.#model, model);
    const isChanged = !isSame(steps);
    const key = `${layout} ${subject}`;
    const isForced = this.#arrangeNext && isChanged;
    const isOther = key !== this.#key || isForced;
    const before = this.#model.nodes.size;
    this.#model = model;
    this.#name = layout;
    if (isChanged) this.#neighbours = neighboursOf(model);
    const recalled = isOther && !isForced && layout === 'force' ? recall(key, model) : null;
    if (recalled) {
      this.stop();
      this.#found = recalled;
    }
    this.#points = this.#positionAll();
    this.#stage.apply(model, this.#neighbours, steps, this.#points, { styles, ink });
    if (model.nodes.size === 0) return;
    this.#key = key;
    if (isForced) this.#arrangeNext = false;
    const isMuch = (count: number, of: number): boolean => count > Math.max(5, of * 0.2);
    const addsMany = isMuch(steps.nodes.added.length, model.nodes.size);
    const removesMany = isMuch(steps.nodes.removed.length, before);
    if (recalled) {
      this.#setGroups([]);
      this.#settle(recalled, true);
    } else if (isOther || addsMany || (layout !== 'force' && isChanged))
      this.arrange(isOther || addsMany || removesMany);
    else if (isChanged) {
      if (removesMany) this.fit(false);
      this.#animateTo(this.#points);
    }
  }

  #positionAll(): Map<string, Point> {
    const points = positionAll(this.#model, this.#found, this.#neighbours);
    const fresh = [...points].filter(([id]) => !this.#found.has(id) && !this.#model.nodes.get(id)?.saved);
    if (fresh.length > 0) this.#found = new Map([...this.#found, ...fresh]);
    for (const [id, point] of this.#dragged) if (points.has(id)) points.set(id, point);
    return points;
  }

  arrangeNext(arrange: boolean): void {
    this.#arrangeNext = arrange;
  }

  arrange(fit = true): void {
    this.stop();
    if (this.#name === 'force') this.#force(fit);
    else {
      const { points, places } = this.#grouped();
      this.#setGroups(places);
      this.#settle(points, fit);
    }
  }

  #setGroups(groups: readonly GroupPlace[]): void {
    this.#groups = groups;
    this.#listeners.onGroups(groups);
  }

  fit(animate = true): void {
    const names = this.#groups.map(({ x, y, radius }) => ({ x, y: y + radius + groupSpacing / 2 }));
    this.#stage.camera.fit([...this.#points.values(), ...names], animate);
  }

  #grouped(): GroupLayout {
    const field = this.#name === 'university' ? 'university' : 'discipline';
    const nodes = [...this.#model.nodes.values()].map((node) => {
      const value = this.#name === 'lifecycle' ? stageValue(node) : valueOf(node, field);
      return { id: node.id, group: typeof value === 'string' ? value : '', weight: node.links };
    });
    return this.#name === 'lifecycle' ? columnLayout(nodes, lifecycles) : clusterLayout(nodes);
  }

  #force(fit: boolean): void {
    const isSmall = this.#model.nodes.size <= atOnce;
    const stage = this.#stage;
    const key = this.#key;
    this.#setGroups([]);
    this.#listeners.onRunning(0);
    if (!isSmall) {
      if (fit) this.fit(false);
      stage.setArranging(true);
    }
    let last = performance.now();
    this.#run = new ForceRun(this.#model, this.#points, isSmall ? 'end' : 'step', {
      onState: (points, progress, done) => {
        this.#listeners.onRunning(done ? null : progress);
        if (done) {
          this.#run = null;
          remember(key, points);
          // A camera that the person moved meanwhile stays.
          this.#settle(points, isSmall || stage.camera.isHome);
          stage.setArranging(false);
        } else if (!this.#reducedMotion && performance.now() - last > frameTime) {
          last = performance.now();
          this.#found = points;
          this.#points = this.#positionAll();
          stage.move(this.#points);
          if (stage.camera.isHome) this.fit(false);
        }
      },
      onFailure: (error) => {
        this.stop();
        this.#listeners.onFailure(error);
      },
    });
  }

  stop(): void {
    if (!this.#run) return;
    this.#run.stop();
    this.#run = null;
    this.#stage.setArranging(false);
    this.#listeners.onRunning(null);
  }

  #settle(found: Points, fit: boolean): void {
    this.#found = found;
    this.#points = this.#positionAll();
    if (fit) this.fit(false);
    this.#animateTo(this.#points);
  }

  #animateTo(points: Points): void {
    cancelAnimationFrame(this.#frame);
    const from = new Map(this.#stage.graph.mapNodes((id, { x, y }) => [id, { x, y }]));
    const isMoved = [...points].some(([id, { x, y }]) => from.get(id)?.x !== x || from.get(id)?.y !== y);
    if (!isMoved) return;
    if (this.#reducedMotion || this.#stage.isLarge) {
      this.#stage.move(points);
      return;
    }
    const start = performance.now();
    const draw = (): void => {
      const part = (performance.now() - start) / animation;
      this.#stage.move(betweenPoints(from, points, part));
      if (part < 1) this.#frame = requestAnimationFrame(draw);
    };
    draw();
  }

  drag(points: Points): void {
    cancelAnimationFrame(this.#frame);
    this.#dragged = points;
    this.#points = new Map([...this.#points, ...points]);
    this.#stage.move(points);
  }

  /** Ends a drag; the next model has the new positions. */
  drop(points: Points): void {
    this.drag(points);
    this.#found = new Map([...this.#found, ...points]);
    this.#dragged = new Map();
  }

  cancelDrag(from: Points): void {
    this.#dragged = new Map();
    this.#found = new Map([...this.#found, ...from]);
    this.#points = this.#positionAll();
    this.#animateTo(this.#points);
  }
}
