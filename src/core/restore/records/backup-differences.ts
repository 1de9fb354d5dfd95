import type { Services } from '../../model/services.ts';
import type { BackupDifference } from '#shared/contract/backup-records.ts';

/** What a backup has otherwise than live, as it was found. */
export interface FoundInBackup {
  another: boolean;
  counts: Record<BackupDifference['change'], number>;
  rows: readonly BackupDifference[];
}

/** Where more records differ nothing is kept: what they hold would take up too much. */
export const mostKept = 5000;
/** So long it is kept after it was last asked for, in milliseconds. */
const rest = 120_000;

/**
 * Keeps what the latest look into a backup found, so that looking for another name in it, or a further page, does not read and check the
 * backup again. It is good for one backup and one state of live, and is let go when nobody has asked for a while.
 */
export class KeptFromBackup {
  readonly #rest: number;
  #latest: { of: string; found: FoundInBackup } | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `after` is how long it rests before it is let go, in milliseconds. */
  constructor(after = rest) {
    this.#rest = after;
  }

  /** What was found of that backup while live was at that head, or undefined. */
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
