import type { Services } from '../../model/services.ts';
import type { BackupDifference } from '#shared/contract/backup-records.ts';

/** The differences between a backup and live. */
export interface FoundInBackup {
  another: boolean;
  counts: Record<BackupDifference['change'], number>;
  rows: readonly BackupDifference[];
}

/** More differences than this are not kept, to save memory. */
export const mostKept = 5000;
/** Milliseconds that they are kept after the last use. */
const rest = 120_000;

/**
 * Caches the latest differences of a backup, so that searching and paging need not read the backup again. Valid for one backup and one head
 * of live; dropped when unused.
 */
export class KeptFromBackup {
  readonly #rest: number;
  #latest: { of: string; found: FoundInBackup } | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `after` is in milliseconds. */
  constructor(after = rest) {
    this.#rest = after;
  }

  /** The cached differences for that backup and head, or undefined. */
  found(of: string): FoundInBackup | undefined {
    if (this.#latest?.of !== of) return undefined;
    this.#later();
    return this.#latest.found;
  }

  keep(of: string, found: FoundInBackup): void {
    this.letGo();
    this.#latest = { of, found };
    this.#later();
  }

  letGo(): void {
    clearTimeout(this.#timer);
    this.#latest = undefined;
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.letGo(), this.#rest);
    this.#timer.unref();
  }
}

const createCache = (): KeptFromBackup => new KeptFromBackup();
export const backupDifferences = ({ singletons }: Pick<Services, 'singletons'>): KeptFromBackup =>
  singletons.get(createCache);
