import { analysisNetwork } from './core/analysis.ts';
import { backupByHand, backupRestic, backupRestore, fullBackup } from './core/backup.ts';
import { bulkInsert } from './core/bulk.ts';
import { analysisCancel } from './core/cancel.ts';
import { analysisAfterWrite, stressTests } from './core/insights.ts';
import { eventLatency } from './core/events.ts';
import { graphRows } from './core/graph.ts';
import { importFile } from './core/import.ts';
import { jobOverhead } from './core/jobs.ts';
import { asOf } from './core/moments.ts';
import { pointRead, verifying } from './core/read.ts';
import { relatedRecords } from './core/related.ts';
import { sandboxDiff, sandboxFork } from './core/sandbox.ts';
import { mapRows } from './core/scan.ts';
import { searchRows } from './core/search.ts';
import { simulateLarge } from './core/simulate.ts';
import { stallRows } from './core/stall.ts';
import { vectorRows } from './core/vectors.ts';
import { auditedInsert, auditedInsertCpu, auditedUpdate, durableCommit, groupCommit } from './core/write.ts';
import { answers } from './electron/answers.ts';
import { networkFrames } from './electron/network.ts';
import { packagedRows } from './electron/packaged.ts';
import { firstPaintOfShell, firstRows } from './electron/paint.ts';
import { roundTrip } from './electron/round-trip.ts';
import type { Row } from './row.ts';
import { hundred, latencyOfHundred, latencyOfOne, singlePushes } from './server/hundred.ts';
import { imageSize } from './server/image.ts';
import { fanOut, firstSync, orderedPush, steady } from './server/sync.ts';

/** Every row of the bench, in the order in which they run. */
export const rows: readonly Row[] = [
  auditedInsert,
  auditedInsertCpu,
  bulkInsert,
  importFile,
  auditedUpdate,
  pointRead,
  durableCommit,
  groupCommit,
  jobOverhead,
  eventLatency,
  verifying,
  asOf,
  fullBackup,
  backupByHand,
  backupRestic,
  backupRestore,
  sandboxFork,
  sandboxDiff,
  ...graphRows,
  analysisCancel,
  analysisAfterWrite,
  stressTests,
  simulateLarge,
  analysisNetwork,
  ...searchRows,
  relatedRecords,
  ...mapRows,
  ...vectorRows,
  ...stallRows,
  roundTrip,
  firstPaintOfShell,
  firstRows,
  ...packagedRows,
  networkFrames,
  ...answers,
  orderedPush,
  singlePushes,
  fanOut,
  latencyOfOne,
  latencyOfHundred,
  hundred,
  firstSync,
  steady,
  imageSize,
];
