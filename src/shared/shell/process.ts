import type { SalvageReport } from '../contract/salvage.ts';
import type { Progress } from '../contract/progress.ts';
import type { Role } from '../domain/vocabulary.ts';
import type { Target } from '../domain/target.ts';
import type { Outcome } from './events.ts';
import type { Refused } from './refused.ts';

/** A backup of which a workspace that cannot be opened can be made again. */
export interface Recoverable {
  id: string;
  /** ISO 8601. */
  made: string;
  reason: string;
  counts: Record<string, number>;
  /** What the latest check of it found; null when there was none since it was made. */
  verified: boolean | null;
  /** Whether something was done after it, which is not in it; null where nobody knows. */
  later: boolean | null;
  /** Until when something was done that is not in it, ISO 8601; null where nobody knows. */
  until: string | null;
  /** Whether it is, or may be, of another workspace than the folder is. */
  another: boolean;
  /** Whether what it holds was replaced since by a recovery or another file: what came in its place is not in it. */
  replaced: boolean;
  /**
   * Where it lies, where that is not the place of today: a key that an order names it by, and the path of the folder around it, which a person
   * knows it by; null for the workspace's own folder.
   */
  place?: { key: string; name: string | null } | null | undefined;
}

/** Which backup, in whose name (a profile's id), and whether it may be of another workspace. */
export interface RestoreOrder {
  id: string;
  actor: string | null;
  another: boolean;
  /** Key of the place in which it lies, where that is not that of today. */
  place?: string | null | undefined;
}

/** Who there is in a workspace that cannot be opened, in the order in which they came to it. */
export interface People {
  workspace: string;
  name: string;
  profiles: { id: string; name: string; role: Role }[];
}

/** What is done with the file of a workspace while nobody has it open, and in whose name (a profile's id). */
export type Order =
  | ({ what: 'restore' } & RestoreOrder)
  | { what: 'salvage'; actor: string | null }
  /** The file is taken as it is, although changes are missing in it. */
  | { what: 'accept'; actor: string | null }
  | { what: 'aside'; actor: string | null }
  | { what: 'vacuum'; actor: string }
  /** Where backups lie from now on: a folder in which one for them is made; null for the workspace's own. */
  | { what: 'place'; into: string | null; actor: string }
  /** Restores a backup with the schema that it was made with, for the previous version. The workspace is not opened afterwards. */
  | { what: 'goBack'; id: string; actor: string };

/** What main tells the data process. Ports travel beside the message, as its transferred objects. */
export type ToData =
  | {
      kind: 'open';
      workspace: string;
      target: Target;
      /** Set on a first start of the default workspace: make it when it is missing and fill it with sample records. */
      sample: boolean;
      name: string;
      /** What is done with the file before it is opened. */
      order?: Order | undefined;
      /** False where it is not looked again what can be salvaged, as that ended the process before. */
      look?: boolean | undefined;
      pointed?: string | undefined;
      /** Set the first time that this version opens the workspace: it is backed up first. */
      backUp?: boolean | undefined;
    }
  /** Writes a copy for support to a file that the person chose, where the workspace could not be opened. */
  | { kind: 'supportCopy'; path: string }
  /** There too: takes a sandbox of what can be salvaged, to look at. */
  | { kind: 'look'; name: string }
  | { kind: 'cancelRestore' }
  | { kind: 'port' }
  /** A file that the person chose: `id` may be used by one operation. */
  | { kind: 'grant'; id: string; path: string; use: 'read' | 'write' }
  /** What came of `readSecret` or `writeSecret`: the value, or null; and whether secrets outlive the program. */
  | { kind: 'secret'; id: number; value: string | null; lasting: boolean }
  | { kind: 'close' };

/** What the data process tells main. */
export type FromData =
  /** `backups` is the folder in which backups lie. */
  | { kind: 'ready'; backups: string }
  /**
   * Not opened. `absent` are the paths of places of backups that are not there, that of today first; `backupsRefused` says why nobody can tell which there
   * are. `salvage` is what can be salvaged of a damaged file, null
   * where nothing can, `people` who there is, null where nobody can tell, and `salvageRefused` why nobody could look; both are missing until that was looked at, and then all of it is said
   * again.
   */
  | {
      kind: 'failed';
      reason: string;
      refused: Refused;
      backups: Recoverable[];
      absent?: string[] | undefined;
      people?: People | null | undefined;
      backupsRefused?: Refused | undefined;
      salvage?: SalvageReport | null | undefined;
      salvageRefused?: Refused | undefined;
    }
  | { kind: 'granted'; id: string }
  /** What the grant was for is done: it is good for nothing any more. */
  | { kind: 'used'; id: string }
  /** No workspace is open that could take the file. */
  | { kind: 'refused'; id: string }
  | { kind: 'restoring'; progress: Progress }
  | { kind: 'restored'; outcome: Outcome }
  | { kind: 'notRestored'; refused: Refused }
  /** A backup was made that nobody asked for. */
  | { kind: 'backedUp' }
  /** What came of one of these two: why it failed, or null; and the sandbox's id. */
  | { kind: 'errand'; problem: Refused | null; sandbox: string | null }
  /** Asks for what main keeps encrypted under that key. `id` goes with the answer. */
  | { kind: 'readSecret'; id: number; key: string }
  /** Has main keep it, or with null forget it. */
  | { kind: 'writeSecret'; id: number; key: string; value: string | null }
  | { kind: 'closed' };
