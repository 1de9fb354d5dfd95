import type { SalvageReport } from '../contract/salvage.ts';
import type { Progress } from '../contract/progress.ts';
import type { Role } from '../domain/vocabulary.ts';
import type { Target } from '../domain/target.ts';
import type { Outcome } from './events.ts';
import type { RefusedCall } from './refused-call.ts';

/** A backup from which an unreadable workspace can be restored. */
export interface RecoverableBackup {
  id: string;
  /** ISO 8601. */
  made: string;
  reason: string;
  counts: Record<string, number>;
  verified: boolean | null;
  /** Whether changes were made after the backup; null if unknown. */
  later: boolean | null;
  /** Time of the last change that the backup lacks, ISO 8601; null if unknown. */
  until: string | null;
  another: boolean;
  /** Whether the backup's data was later replaced by a recovery or another file. The backup lacks the replacement. */
  replaced: boolean;
  /**
   * The folder of the backup, if not the current backup folder: a key for orders, and the path of the parent folder for display (null for
   * the workspace's own folder).
   */
  place?: { key: string; name: string | null } | null | undefined;
}

/** The backup, the actor (profile id), and whether the backup is allowed to belong to another workspace. */
export interface RestoreOrder {
  id: string;
  actor: string | null;
  another: boolean;
  /** Key of its folder, if not the current backup folder. */
  place?: string | null | undefined;
}

export interface WorkspacePeople {
  workspace: string;
  name: string;
  profiles: { id: string; name: string; role: Role }[];
}

/** An operation on the file under the exclusive lock, with its actor (profile id). */
export type Order =
  | ({ what: 'restore' } & RestoreOrder)
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
  | { kind: 'close' };

export type FromData =
  | { kind: 'ready'; backups: string }
  /**
   * Not opened. `absent`: paths of unavailable backup folders, the current one first. `backupsRefused`: why the backups could not be
   * listed. `salvage`: salvageable records of a corrupt file, or null. `people`: the profiles, or null if unknown. `salvageRefused`: why
   * the check failed. `salvage` and `people` are absent until checked; the whole message is then sent again.
   */
  | {
      kind: 'failed';
      reason: string;
      refused: RefusedCall;
      backups: RecoverableBackup[];
      absent?: string[] | undefined;
      people?: WorkspacePeople | null | undefined;
      backupsRefused?: RefusedCall | undefined;
      salvage?: SalvageReport | null | undefined;
      salvageRefused?: RefusedCall | undefined;
    }
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
  | { kind: 'closed' };
