import type { DataState, RestoreState } from '#shared/shell/events.ts';
import type { Order, ToData } from '#shared/shell/process.ts';
import type { Target } from './arguments.ts';
import type { Child } from './child.ts';
import type { ErrandAnswer } from './errands.ts';
import type { Register } from './grants.ts';
import type { MainLog } from './log.ts';

export interface DataWatchOptions<Port> {
  fork: () => Child<Port>;
  /** Ends a process by force. */
  kill: (child: Child<Port>) => void;
  target: Target;
  log: MainLog;
  onState: (state: DataState) => void;
  /** Hears of grants that were for something that is done. */
  onUsed: (grant: string) => void;
  /** Hears how it goes with an order. */
  onRestore: (state: RestoreState) => void;
  /** Hears of a backup that nobody asked for. */
  onBackedUp?: (() => void) | undefined;
}

/** Starts the data process, again when it ends by itself, and knows how it is doing. */
export interface DataWatch<Port> {
  readonly state: DataState;
  /** The folder in which backups of the workspace lie; null while none is open. */
  readonly backups: string | null;
  start: () => void;
  /** Ends it if it runs, and starts it anew with all former crashes forgotten. */
  restart: () => void;
  /** As `restart`; until a workspace is open, backups are looked for in that folder too. */
  pointTo: (folder: string) => void;
  /** Lets the workspace that is open be closed, and opens another, or after an order the same, in a new process. */
  open: (target: Target, order?: Order) => Promise<void>;
  /** Gives up what was ordered, also before its process has begun. */
  cancelOrder: () => void;
  /** Tells it something. False when there is no process. */
  send: (message: ToData, ports?: Port[]) => boolean;
  /** Rejects with NotHandedOver when the process ends before it knows the grant, or has no workspace open. */
  register: Register;
  /** Has it do something for a workspace that could not be opened. */
  errand: (message: Extract<ToData, { kind: 'supportCopy' | 'look' }>) => Promise<ErrandAnswer>;
  /** Lets it finish and close the workspace; ends it by force when that takes too long. */
  stop: () => Promise<void>;
}
