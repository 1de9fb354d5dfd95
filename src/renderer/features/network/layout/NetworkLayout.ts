import type { NetworkLayout as LayoutName } from '#shared/address/network.ts';
import { atStart } from '../../../api/window-state.ts';
import { stageValue, valueOf } from '../look/fields.ts';
import { networkDifference, isEmptyDifference, emptyModel, neighboursOf } from '../model/model.ts';
import type { Model, Neighbours, Point } from '../model/model.ts';
import type { Ink, Styles } from '../stage/attributes.ts';
import type { Stage } from '../stage/Stage.ts';
import { clusterLayout, columnLayout, nodeSpacing } from './groups.ts';
import type { GroupLayout, GroupArea } from './groups.ts';
import { positionAll, toForceInput, fromForcePoints, manyNodes } from './positions.ts';
import type { Points } from './positions.ts';
import type { FromWorker, ToWorker } from './force.ts';

interface RunListeners {
  onState: (points: Points, progress: number, isDone: boolean) => void;
  onFailure: (error: unknown) => void;
}

/** Milliseconds of work between two states, by number of nodes. */
const sliceMs = { small: 24, large: 400, max: 2000 };

/** A force layout in a worker. Ends at rest, or by `stop`. */
class ForceRun {
  readonly #worker: Worker;
  #frame = 0;

  constructor(model: Model, from: Points, states: 'all' | 'last', { onState, onFailure }: RunListeners) {
    this.#worker = new Worker(new URL('./force.worker.ts', import.meta.url), { type: 'module' });
    const minSlice = model.nodes.size > manyNodes ? sliceMs.large : sliceMs.small;
    let ids: readonly string[] = [];
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      onState(fromForcePoints(ids, data.points), data.progress, data.isDone);
      if (data.isDone) {
        this.stop();
        return;
      }
      // Waits until the window has drawn: a slow window gets fewer states, not a queue.
      const drawStart = performance.now();
      this.#whenDrawn(() => {
        const slice = Math.min(sliceMs.max, Math.max(minSlice, (performance.now() - drawStart) * 3));
        this.#send({ kind: 'continue', slice });
      });
    });
    this.#worker.addEventListener('error', (event) => onFailure(event.error ?? new Error(event.message)));
    const begin = (): void => {
      const { ids: nodeIds, input } = toForceInput(model, from);
      ids = nodeIds;
      this.#send({ kind: 'begin', input, states, slice: minSlice });
    };
    if (states === 'all') this.#whenDrawn(begin);
    else begin();
  }

  #whenDrawn(callback: () => void): void {
    this.#frame = requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(callback);
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

interface ShowInput {
  model: Model;
  layout: LayoutName;
  /** The centre and depth of a neighbourhood; '' for the whole network. */
  subject: string;
  styles: Styles;
  ink: Ink;
}

export interface LayoutListeners {
  /** Progress of a running layout, 0 to 1; null if none runs. */
  onRunning: (progress: number | null) => void;
  onGroups: (groups: readonly GroupArea[]) => void;
  onFailure: (error: unknown) => void;
}

/** Up to this many nodes, only the finished layout is shown, not its intermediate states. */
const maxInstantNodes = 600;
const animationMs = 420;
const frameMs = 30;
const lifecycles = ['incoming', 'established', 'outgoing'];
const maxCached = 6;

/** Force layouts by layout and subject, for the lifetime of the window, so that a network reopens unchanged. */
const cachedLayouts = new Map<string, Points>();
atStart(() => cachedLayouts.clear());

function cacheLayout(key: string, points: Points): void {
  cachedLayouts.delete(key);
  cachedLayouts.set(key, points);
  const [oldest] = cachedLayouts.keys();
  if (cachedLayouts.size > maxCached && oldest !== undefined) cachedLayouts.delete(oldest);
}

/** The cached layout of roughly the same nodes, or null. */
function findCachedLayout(key: string, { nodes }: Model): Points | null {
  const points = cachedLayouts.get(key);
  if (!points || nodes.size < points.size * 0.8) return null;
  const cachedCount = [...nodes.keys()].filter((id) => points.has(id)).length;
  return cachedCount >= nodes.size * 0.95 ? points : null;
}

/** The points at a progress of 0 to 1, slower towards the end. Points without a start are at their end. */
export function interpolatePoints(from: Points, to: Points, progress: number): Map<string, Point> {
  const easedProgress = 1 - (1 - Math.min(1, Math.max(0, progress))) ** 3;
  return new Map(
    [...to].map(([id, end]) => {
      const start = from.get(id) ?? end;
      return [
        id,
        { x: start.x + (end.x - start.x) * easedProgress, y: start.y + (end.y - start.y) * easedProgress },
      ];
    }),
  );
}

/** Positions nodes (saved, computed or new) and updates the stage. */
export class NetworkLayout {
  readonly #stage: Stage;
  readonly #listeners: LayoutListeners;
  readonly #isMotionReduced: boolean;
  #model: Model = emptyModel;
  #neighbours: Neighbours = new Map();
  #layoutName: LayoutName = 'force';
  #layoutKey = '';
  #mustArrange = false;
  #computedPoints: Points = new Map();
  #points: Points = new Map();
  #draggedPoints: Points = new Map();
  #forceRun: ForceRun | null = null;
  #groups: readonly GroupArea[] = [];
  #frame = 0;

  constructor(stage: Stage, isMotionReduced: boolean, listeners: LayoutListeners) {
    this.#stage = stage;
    this.#isMotionReduced = isMotionReduced;
    this.#listeners = listeners;
  }

  dispose(): void {
    this.#forceRun?.stop();
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

  /** Shows a model. A force layout keeps its positions unless the subject or many nodes are new; group layouts are arranged again. */
  show({ model, layout, subject, styles, ink }: ShowInput): void {
    const difference = networkDifference(this.#model, model);
    const isChanged = !isEmptyDifference(difference);
    const key = `${layout} ${subject}`;
    const isForced = this.#mustArrange && isChanged;
    const isNewLayout = key !== this.#layoutKey || isForced;
    const previousCount = this.#model.nodes.size;
    this.#model = model;
    this.#layoutName = layout;
    if (isChanged) this.#neighbours = neighboursOf(model);
    const cachedPoints = isNewLayout && !isForced && layout === 'force' ? findCachedLayout(key, model) : null;
    if (cachedPoints) {
      this.stop();
      this.#computedPoints = cachedPoints;
    }
    this.#updatePoints();
    this.#stage.apply(model, this.#neighbours, difference, this.#points, { styles, ink });
    if (model.nodes.size === 0) return;
    this.#layoutKey = key;
    if (isForced) this.#mustArrange = false;
    const isLargeShare = (count: number, total: number): boolean => count > Math.max(5, total * 0.2);
    const addsMany = isLargeShare(difference.nodes.added.length, model.nodes.size);
    const removesMany = isLargeShare(difference.nodes.removed.length, previousCount);
    if (cachedPoints) {
      this.#setGroups([]);
      this.#showResult(cachedPoints);
    } else if (isNewLayout || addsMany || (layout !== 'force' && isChanged))
      this.arrange(isNewLayout || addsMany || removesMany);
    else if (isChanged) {
      if (removesMany) this.fit({ isAnimated: false });
      this.#animateTo(this.#points);
    }
  }

  #updatePoints(): void {
    const points = positionAll(this.#model, this.#computedPoints, this.#neighbours);
    const newPoints = [...points].filter(
      ([id]) => !this.#computedPoints.has(id) && !this.#model.nodes.get(id)?.saved,
    );
    if (newPoints.length > 0) this.#computedPoints = new Map([...this.#computedPoints, ...newPoints]);
    for (const [id, point] of this.#draggedPoints) if (points.has(id)) points.set(id, point);
    this.#points = points;
  }

  /** Whether the next changed model is arranged again. */
  setMustArrange(mustArrange: boolean): void {
    this.#mustArrange = mustArrange;
  }

  arrange(shouldFit = true): void {
    this.stop();
    if (this.#layoutName === 'force') this.#startForces(shouldFit);
    else {
      const { points, areas } = this.#groupLayout();
      this.#setGroups(areas);
      this.#showResult(points, shouldFit);
    }
  }

  #setGroups(groups: readonly GroupArea[]): void {
    this.#groups = groups;
    this.#listeners.onGroups(groups);
  }

  fit({ isAnimated } = { isAnimated: true }): void {
    const namePoints = this.#groups.map(({ x, y, radius }) => ({ x, y: y + radius + nodeSpacing / 2 }));
    this.#stage.camera.fit([...this.#points.values(), ...namePoints], isAnimated);
  }

  #groupLayout(): GroupLayout {
    const field = this.#layoutName === 'university' ? 'university' : 'discipline';
    const nodes = [...this.#model.nodes.values()].map((node) => {
      const value = this.#layoutName === 'lifecycle' ? stageValue(node) : valueOf(node, field);
      return { id: node.id, group: typeof value === 'string' ? value : '', weight: node.links };
    });
    return this.#layoutName === 'lifecycle' ? columnLayout(nodes, lifecycles) : clusterLayout(nodes);
  }

  #startForces(shouldFit: boolean): void {
    const isSmall = this.#model.nodes.size <= maxInstantNodes;
    const stage = this.#stage;
    const key = this.#layoutKey;
    this.#setGroups([]);
    this.#listeners.onRunning(0);
    if (!isSmall) {
      if (shouldFit) this.fit({ isAnimated: false });
      stage.setArranging(true);
    }
    let lastDrawTime = performance.now();
    this.#forceRun = new ForceRun(this.#model, this.#points, isSmall ? 'last' : 'all', {
      onState: (points, progress, isDone) => {
        this.#listeners.onRunning(isDone ? null : progress);
        if (isDone) {
          this.#forceRun = null;
          cacheLayout(key, points);
          // A camera that the person moved meanwhile stays.
          this.#showResult(points, isSmall || stage.camera.isHome);
          stage.setArranging(false);
        } else if (!this.#isMotionReduced && performance.now() - lastDrawTime > frameMs) {
          lastDrawTime = performance.now();
          this.#computedPoints = points;
          this.#updatePoints();
          stage.move(this.#points);
          if (stage.camera.isHome) this.fit({ isAnimated: false });
        }
      },
      onFailure: (error) => {
        this.stop();
        this.#listeners.onFailure(error);
      },
    });
  }

  stop(): void {
    if (!this.#forceRun) return;
    this.#forceRun.stop();
    this.#forceRun = null;
    this.#stage.setArranging(false);
    this.#listeners.onRunning(null);
  }

  #showResult(points: Points, shouldFit = true): void {
    this.#computedPoints = points;
    this.#updatePoints();
    if (shouldFit) this.fit({ isAnimated: false });
    this.#animateTo(this.#points);
  }

  #animateTo(points: Points): void {
    cancelAnimationFrame(this.#frame);
    const from = new Map(this.#stage.graph.mapNodes((id, { x, y }) => [id, { x, y }]));
    const isMoved = [...points].some(([id, { x, y }]) => from.get(id)?.x !== x || from.get(id)?.y !== y);
    if (!isMoved) return;
    if (this.#isMotionReduced || this.#stage.isLarge) {
      this.#stage.move(points);
      return;
    }
    const start = performance.now();
    const draw = (): void => {
      const progress = (performance.now() - start) / animationMs;
      this.#stage.move(interpolatePoints(from, points, progress));
      if (progress < 1) this.#frame = requestAnimationFrame(draw);
    };
    draw();
  }

  drag(points: Points): void {
    cancelAnimationFrame(this.#frame);
    this.#draggedPoints = points;
    this.#points = new Map([...this.#points, ...points]);
    this.#stage.move(points);
  }

  /** Ends a drag; the next model has the new positions. */
  drop(points: Points): void {
    this.drag(points);
    this.#computedPoints = new Map([...this.#computedPoints, ...points]);
    this.#draggedPoints = new Map();
  }

  cancelDrag(startPoints: Points): void {
    this.#draggedPoints = new Map();
    this.#computedPoints = new Map([...this.#computedPoints, ...startPoints]);
    this.#updatePoints();
    this.#animateTo(this.#points);
  }
}
