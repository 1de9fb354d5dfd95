import type { At } from '#shared/contract/moments.ts';

/** A position in the log: the state after a transaction. `end` is the first row id after its rows. */
export interface Point {
  id: number;
  hash: string;
  created_at: string;
  end: number;
}

export interface OpenPointInTime {
  readonly point: Point;
  /** Moves to another point in time and notifies watchers. Of several waiting moves only the last runs. Throws NOT_FOUND. */
  moveTo(at: At): Promise<Point>;
}
