import { soundRules } from './rules.ts';
import type { Rules } from './rules.ts';

type Change = Partial<Omit<Rules, 'server' | 'client'>> & {
  server?: Partial<Rules['server']>;
  client?: Partial<Rules['client']>;
};

const planted = (change: Change): Rules => ({
  ...soundRules,
  ...change,
  server: { ...soundRules.server, ...change.server },
  client: { ...soundRules.client, ...change.client },
});

/** Faults that are planted to see that the simulation finds them, each by what is wrong. */
export const plantedFaults: Readonly<Record<string, Rules>> = {
  'the server does an operation again that it knows': planted({ server: { knowsOperations: false } }),
  'an operation is taken for another one with its id': planted({ server: { bindsOperations: false } }),
  'the server asks for no permission': planted({ server: { checksPermission: false } }),
  'the server takes over half of what it refuses': planted({ server: { wholeOrNothing: false } }),
  'the server swallows conflicts': planted({ server: { keepsConflicts: false } }),
  'the older of two values stays': planted({ server: { newerWins: false } }),
  'the server leaves operations out': planted({ server: { tellsAll: false } }),
  'the server leaves operations out and nobody looks': planted({
    server: { tellsAll: false },
    client: { checksChain: false },
  }),
  'two operations get one number': planted({ server: { numbersInOrder: false } }),
  'a restored server draws no generation': planted({ server: { drawsGeneration: false } }),
  'a lost answer signs out': planted({ server: { acceptsPredecessor: false } }),
  'what others did replaces what is pending': planted({ client: { protectsPending: false } }),
  'what was sent counts as acknowledged': planted({ client: { waitsForAcknowledgement: false } }),
  'a refused operation is forgotten': planted({ client: { keepsRefused: false } }),
  'a refused operation stays in the records': planted({ client: { takesBackRefused: false } }),
  'the cursor moves before the records': planted({ client: { movesCursorWithRecords: false } }),
  'a client does not go back with a restored server': planted({ client: { rewinds: false } }),
  'an operation gets another id when it is sent again': planted({ client: { keepsOpIds: false } }),
  'deletions of others are passed over': planted({ client: { appliesDeletes: false } }),
  'an own operation is never acknowledged': planted({ client: { acknowledgesOwn: false } }),
  'a wrong clock is not corrected': planted({ client: { sendsOffset: false } }),
  'the value that stayed is not taken over': planted({ replayConflicts: () => [] }),
  'a deleted record comes back by a change': planted({
    mergeRow: (current, row, isNewer) =>
      soundRules.mergeRow(
        current && row.action === 'update' ? { ...current, deleted: false } : current,
        row,
        isNewer,
      ),
  }),
  'making a record that is there is passed over': planted({
    mergeRow: (current, row, isNewer) =>
      current && !current.deleted && row.action === 'create'
        ? { record: current, effective: [], conflicts: [] }
        : soundRules.mergeRow(current, row, isNewer),
  }),
  'a restored record keeps its old fields here': planted({
    replayRow: (current, row, pending) =>
      row.action === 'restore'
        ? soundRules.replayRow(current, row, pending).slice(0, 1)
        : soundRules.replayRow(current, row, pending),
  }),
  'a removed field stays here': planted({
    replayRow: (current, row, pending) =>
      soundRules
        .replayRow(current, row, pending)
        .map((change) =>
          change.kind === 'update' ? { ...change, patch: { ...change.patch, before: null } } : change,
        ),
  }),
};
