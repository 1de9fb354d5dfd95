import type { Model } from '../model/model.ts';
import type { FromWorker, ToWorker } from './force.ts';
import { forceInput, fromForces, many } from './positions.ts';
import type { Points } from './positions.ts';

interface Listeners {
  onState: (points: Points, progress: number, done: boolean) => void;
  onFailure: (error: unknown) => void;
}

/** Milliseconds of work between two states, by number of nodes. */
const slices = { few: 24, many: 400, most: 2000 };

/** A force layout in a worker. Ends at rest, or by `stop`. */
export class ForceRun {
  readonly #worker: Worker;
  #frame = 0;

  constructor(model: Model, from: Points, until: 'step' | 'end', { onState, onFailure }: Listeners) {
    this.#worker = new Worker(new URL('./force.worker.ts', import.meta.url), { type: 'module' });
    const least = model.nodes.size > many ? slices.many : slices.few;
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
