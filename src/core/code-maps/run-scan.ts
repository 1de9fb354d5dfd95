import { scanProblems } from '#shared/contract/code-maps.ts';
import type { ScanProblem } from '#shared/contract/code-maps.ts';
import { Fault } from '#shared/contract/faults.ts';
import { ProcessFailure, runInProcess } from '../kernel/processes/run-in-process.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { RequestPace } from '../kernel/progress.ts';
import { scanTask } from './scan-task.ts';
import type { ScanAnswer, ScanRequest } from './scan-task.ts';

const maxScanMs = 30 * 60_000;
const maxMemoryBytes = 1_500_000_000;
/** Of a clone. */
const maxDiskBytes = 3_000_000_000;

/** Reads a repository in a process. Throws REPOSITORY, CANCELLED. */
export async function runScan(
  request: ScanRequest,
  { onProgress, signal }: RequestPace,
): Promise<ScanAnswer> {
  try {
    return await runInProcess(scanTask, request, {
      timeoutMs: maxScanMs,
      maxBytes: maxMemoryBytes,
      maxDiskBytes,
      signal,
      onProgress,
    });
  } catch (error) {
    checkCancelled(signal);
    const reason = error instanceof ProcessFailure ? problemOf(error) : undefined;
    throw reason ? new Fault('REPOSITORY', { reason, what: (error as Error).message || null }) : error;
  }
}

/** Undefined for a fault of FRAMES, not of the repository. */
function problemOf({ fault, code }: ProcessFailure): ScanProblem | undefined {
  if (fault === 'timeout') return 'timeout';
  if (fault === 'memory' || fault === 'disk') return 'too_large';
  return scanProblems.find((problem) => problem === code);
}
