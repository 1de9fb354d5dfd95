import type { DataFailure } from '#shared/shell/events.ts';
import { windowStore } from './window-store.ts';

export interface Connection {
  /** `connecting` until the first port arrives; `lost` from the end of a data process until the next one answers. */
  state: 'connecting' | 'ready' | 'lost';
  /**
   * Set when the shell gave up: the connection stays lost unless the person retries (`shell.data.restart`). With reason `profile`, the data
   * process runs but refused the acting profile: the person chooses another (`actorStore`, `profileChooser`).
   */
  failure: (Omit<DataFailure, 'backups'> & Partial<Pick<DataFailure, 'backups'>>) | null;
}

export const connectionStore = windowStore<Connection>(() => ({ state: 'connecting', failure: null }));
