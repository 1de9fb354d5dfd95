import { stampOf } from '#shared/sync/clock.ts';
import { mergeRow } from '#shared/sync/merge.ts';
import { replayConflicts, replayRow, replayState } from '#shared/sync/replay.ts';

/** The rules that are simulated, and what the parties do with them. A planted fault changes one of these. */
export interface Rules {
  mergeRow: typeof mergeRow;
  replayRow: typeof replayRow;
  replayState: typeof replayState;
  replayConflicts: typeof replayConflicts;
  stampOf: typeof stampOf;
  server: {
    knowsOperations: boolean;
    /** An id is bound to author, replica and content. */
    bindsOperations: boolean;
    checksPermission: boolean;
    wholeOrNothing: boolean;
    keepsConflicts: boolean;
    newerWins: boolean;
    tellsAll: boolean;
    drawsGeneration: boolean;
    acceptsPredecessor: boolean;
    endsReused: boolean;
    numbersInOrder: boolean;
  };
  client: {
    protectsPending: boolean;
    waitsForAcknowledgement: boolean;
    keepsRefused: boolean;
    takesBackRefused: boolean;
    goesOnAfterRefusal: boolean;
    movesCursorWithRecords: boolean;
    rewinds: boolean;
    keepsOpIds: boolean;
    checksChain: boolean;
    appliesDeletes: boolean;
    acknowledgesOwn: boolean;
    sendsOffset: boolean;
  };
}

export const soundRules: Rules = {
  mergeRow,
  replayRow,
  replayState,
  replayConflicts,
  stampOf,
  server: {
    knowsOperations: true,
    bindsOperations: true,
    checksPermission: true,
    wholeOrNothing: true,
    keepsConflicts: true,
    newerWins: true,
    tellsAll: true,
    drawsGeneration: true,
    acceptsPredecessor: true,
    endsReused: true,
    numbersInOrder: true,
  },
  client: {
    protectsPending: true,
    waitsForAcknowledgement: true,
    keepsRefused: true,
    takesBackRefused: true,
    goesOnAfterRefusal: true,
    movesCursorWithRecords: true,
    rewinds: true,
    keepsOpIds: true,
    checksChain: true,
    appliesDeletes: true,
    acknowledgesOwn: true,
    sendsOffset: true,
  },
};
