import type { Progress } from '../contract/progress.ts';
import type { Target } from '../domain/target.ts';
import type { DataFailure, Outcome } from './events.ts';
import type { RefusedCall } from './refused-call.ts';

/** An operation on the file under the exclusive lock, with its actor (profile id). */
export type Order =
  /** `another`: the backup is allowed to belong to another workspace. `place`: key of its folder, if not the current backup folder. */
  | { what: 'restore'; id: string; actor: string | null; another: boolean; place?: string | null }
  | { what: 'salvage'; actor: string | null }
  /** Accepts the file although changes are missing. */
  | { what: 'accept'; actor: string | null }
  | { what: 'vacuum'; actor: string }
  /** Sets the parent folder of future backups; null for the workspace's own folder. */
  | { what: 'place'; into: string | null; actor: string }
  /** Restores a backup with its own schema, for the previous version. The workspace is not opened afterwards. */
  | { what: 'goBack'; id: string; actor: string };

/** Messages from main to the data process. Ports are transferred with the message. */
export type ToData =
  | {
      kind: 'open';
      workspace: string;
      target: Target;
      /** Set on the first start of the default workspace: creates it if missing, with the sample records. */
      sample: boolean;
      name: string;
      order?: Order | undefined;
      /** False skips the search for salvageable records, because it crashed the process before. */
      look?: boolean | undefined;
      /** A folder of the user’s choice that is also searched for backups. */
      pointed?: string | undefined;
      /** Set when this version opens the workspace for the first time: makes a backup before. */
      backUp?: boolean | undefined;
    }
  /** Writes a support copy of an unreadable workspace to a chosen file. */
  | { kind: 'supportCopy'; path: string }
  | { kind: 'cancelRestore' }
  | { kind: 'port' }
  /** A chosen file; one operation can use `id`. */
  | { kind: 'grant'; id: string; path: string; use: 'read' | 'write' }
  /** Response to `readSecret` or `writeSecret`: the value or null, and whether secrets persist after the program ends. */
  | { kind: 'secret'; id: number; value: string | null; lasting: boolean }
  /** Response to `resolveProxy`: the proxies as in a PAC file. */
  | { kind: 'proxy'; id: number; proxies: string }
  | { kind: 'close' };

export type FromData =
  | { kind: 'ready'; backups: string }
  /** Not opened. `salvage` and `people` are absent until checked; the whole message is then sent again. */
  | ({ kind: 'failed' } & Omit<DataFailure, 'folder'>)
  | { kind: 'granted'; id: string }
  /** The grant was used and is no longer valid. */
  | { kind: 'used'; id: string }
  /** No open workspace can take the file. */
  | { kind: 'refused'; id: string }
  | { kind: 'restoring'; progress: Progress }
  | { kind: 'restored'; outcome: Outcome }
  | { kind: 'notRestored'; refused: RefusedCall }
  | { kind: 'backedUp' }
  /** Response to `supportCopy`: the problem, or null. */
  | { kind: 'supportCopied'; problem: RefusedCall | null }
  /** Requests the secret that main stores encrypted under `key`. The response has the same `id`. */
  | { kind: 'readSecret'; id: number; key: string }
  | { kind: 'writeSecret'; id: number; key: string; value: string | null }
  /** Requests the system's proxies for an address. The response has the same `id`. */
  | { kind: 'resolveProxy'; id: number; url: string }
  | { kind: 'closed' };
