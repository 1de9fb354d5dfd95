import { create } from 'zustand';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { People, Recoverable } from '#shared/shell/process.ts';
import type { Refused } from '#shared/shell/refused.ts';

export interface Connection {
  /** `connecting` until the first port is there; `lost` from the end of a data process until the next one answers. */
  state: 'connecting' | 'ready' | 'lost';
  /**
   * Set when the shell gave up: nothing comes back unless the person retries (`shell.data.restart`). With reason `profile` the
   * data process is there and did not accept who acts here: the person chooses (`actor.door`).
   */
  failure: {
    reason: string;
    refused: Refused;
    folder?: string | undefined;
    backups?: readonly Recoverable[];
    /** Places of backups that are not there, that of today first. */
    absent?: readonly string[] | undefined;
    /** Who there is; null where nobody can tell, undefined as long as nobody knows. */
    people?: People | null | undefined;
    /** Why nobody can tell which backups there are. */
    backupsRefused?: Refused | undefined;
    /** What can be salvaged of a damaged file; null where nothing can, undefined as long as nobody knows. */
    salvage?: SalvageReport | null | undefined;
    /** Why nobody could look what can be salvaged. */
    salvageRefused?: Refused | undefined;
  } | null;
}

/** Whether there is a data process to talk to. Set by the client only. */
export const connection = create<Connection>()(() => ({ state: 'connecting', failure: null }));
