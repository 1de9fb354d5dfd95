import { Fault } from '#shared/contract/faults.ts';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { WorkspaceReason } from '#shared/contract/reasons.ts';
import { currentTargetOf } from '#shared/domain/target.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { isCorruptionRecorded, refuseRecordedCorruption } from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseNewerSchema, schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { checkSandboxFiles } from '../kernel/db/check-sandbox-files.ts';
import type { Log } from '../kernel/logger.ts';
import type { Clock } from '../kernel/system.ts';
import { refuseForeignWal } from '../log/audit/foreign-wal.ts';
import { refuseMissingTail } from '../log/audit/missing-tail.ts';
import { checkSandbox } from '../log/read-sandbox-file.ts';
import { refuseLogCorruption } from '../versions/check.ts';
import { schemaStatus } from '../workspace/migrate.ts';

/**
 * The steps of opening, in order. `closed`: nothing was touched. `settled`: a restore that was interrupted is finished or rolled back.
 * `created`: a new workspace has its file, and the head is recorded. `locked`: the shared lock is held and the schema is current. `reading` and
 * `writing`: that connection is open.
 */
export type OpeningStep = 'closed' | 'settled' | 'created' | 'locked' | 'reading' | 'writing';

export interface OpeningContext {
  files: WorkspaceFiles;
  log: Log;
  clock: Clock;
  /** Opens a live file although corruption of it is recorded; writing stays refused. */
  readsCorrupt: boolean;
  signal?: AbortSignal | undefined;
}

export interface OpeningCheck {
  name: string;
  step: OpeningStep;
  /** Checked only for this kind of file; for both if missing. */
  onlyTarget?: 'live' | 'sandbox';
  /** Throws a fault with one of the verdicts. `connection` is open in the steps `reading` and `writing`. */
  check: (opening: OpeningContext, connection: Connection | null) => void | Promise<void>;
  verdicts: readonly (WorkspaceReason | 'BUSY' | 'NOT_FOUND')[];
}

const fileVerdicts = ['empty', 'foreign', 'damaged', 'unreadable', 'newer'] as const;

/** Everything that decides whether a workspace or a sandbox can be opened. Window and commands run this list once, in this order. */
export const openingChecks: readonly OpeningCheck[] = [
  {
    name: 'recorded corruption, checked again',
    step: 'closed',
    onlyTarget: 'live',
    check: recheckRecordedCorruption,
    verdicts: ['damaged', 'strange_log'],
  },
  {
    name: 'file of the sandbox',
    step: 'settled',
    onlyTarget: 'sandbox',
    check: ({ files }) => checkSandbox(files, sandboxOf(files)),
    verdicts: [...fileVerdicts, 'NOT_FOUND', 'BUSY'],
  },
  {
    name: 'format and schema',
    step: 'created',
    check: ({ files }) =>
      refuseNewerSchema(schemaStatus(files.folder, currentTargetOf(files.target)).version),
    verdicts: [...fileVerdicts, 'missing', 'NOT_FOUND'],
  },
  {
    name: 'place of the sandbox, which may have been discarded before the lock',
    step: 'locked',
    onlyTarget: 'sandbox',
    check: ({ files }) => checkSandboxFiles(files, sandboxOf(files)),
    verdicts: ['foreign', 'NOT_FOUND'],
  },
  {
    name: 'foreign WAL',
    step: 'locked',
    check: ({ files, log }) => refuseForeignWal(files, log),
    verdicts: ['strange_log', 'damaged'],
  },
  {
    name: 'recorded head in the log',
    step: 'reading',
    onlyTarget: 'live',
    check: ({ files }, connection) => (connection ? refuseMissingTail(files, connection) : undefined),
    verdicts: ['behind', 'another_line'],
  },
  {
    name: 'schema migrated meanwhile',
    step: 'writing',
    check(_opening, connection) {
      if (connection && versionOf(connection) !== schemaVersion)
        throw new Fault('BUSY', { holder: null, waited_ms: 0 });
    },
    verdicts: ['BUSY'],
  },
];

/** Verdicts after which live can be recovered: by restoring a version, salvaging, or accepting the file. */
export const recoverableVerdicts: ReadonlySet<string> = new Set<WorkspaceReason>([
  'lost',
  'empty',
  'foreign',
  'damaged',
  'strange_log',
  'behind',
  'another_line',
]);

/** Runs the checks of one step. Throws the fault of the first that fails; changes only the record of corruption. */
export async function runOpeningChecks(
  step: OpeningStep,
  opening: OpeningContext,
  connection: Connection | null = null,
): Promise<void> {
  const { kind } = opening.files.target;
  for (const { step: checkedStep, onlyTarget, check } of openingChecks) {
    const isApplicable = checkedStep === step && (onlyTarget === undefined || onlyTarget === kind);
    if (isApplicable) await check(opening, connection);
  }
}

/** Clears the record if the file is intact, else throws unless `readsCorrupt`. First refuses a foreign WAL, which looks like corruption. */
async function recheckRecordedCorruption({
  files,
  log,
  clock,
  readsCorrupt,
  signal,
}: OpeningContext): Promise<void> {
  if (!isCorruptionRecorded(files)) return;
  refuseForeignWal(files, log);
  try {
    refuseRecordedCorruption(files, log);
    await refuseLogCorruption(files, { log, clock, signal });
  } catch (error) {
    if (!readsCorrupt || !isFault(error) || reasonOf(error) !== 'damaged') throw error;
  }
}

function sandboxOf({ target }: WorkspaceFiles): string {
  return target.kind === 'sandbox' ? target.id : '';
}
