import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { WorkspacePeople, RecoverableBackup } from '#shared/shell/process.ts';
import type { RefusedCall } from '#shared/shell/refused-call.ts';
import { windowStore } from './window-store.ts';

export interface Connection {
  /** `connecting` until the first port arrives; `lost` from the end of a data process until the next one answers. */
  state: 'connecting' | 'ready' | 'lost';
  /**
   * Set when the shell gave up: the connection stays lost unless the person retries (`shell.data.restart`). With reason `profile`, the data
   * process runs but refused the acting profile: the person chooses another (`actorStore`, `profileChooser`).
   */
  failure: {
    reason: string;
    refused: RefusedCall;
    folder?: string | undefined;
    backups?: readonly RecoverableBackup[];
    /** Backup folders that are missing, the current one first. */
    absent?: readonly string[] | undefined;
    /** The profiles; null if unreadable, undefined until read. */
    people?: WorkspacePeople | null | undefined;
    /** Why the backups could not be listed. */
    backupsRefused?: RefusedCall | undefined;
    /** What can be salvaged of a corrupt file; null if nothing, undefined until known. */
    salvage?: SalvageReport | null | undefined;
    /** Why salvaging could not be examined. */
    salvageRefused?: RefusedCall | undefined;
  } | null;
}

export const connectionStore = windowStore<Connection>(() => ({ state: 'connecting', failure: null }));
