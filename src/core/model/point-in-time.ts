import { readOnlyPointFault } from './permissions.ts';
import type { At } from '#shared/contract/moments.ts';

/** A position in the log: the state after a transaction. `end` is the first row id after its rows. */
export interface Point {
  id: number;
  hash: string;
  created_at: string;
  end: number;
}

export interface OpenPointInTime {
  readonly point: Point;
  /** Moves to another point in time and notifies watchers. Of several waiting moves only the last runs. Throws NOT_FOUND. */
  moveTo(at: At): Promise<Point>;
}

/** Operations allowed while a point in time is open: reads, and operations outside the workspace. New operations must be added here. */
const allowedOperations: ReadonlySet<string> = new Set([
  'workspace.info',
  'workspace.profiles',
  'workspace.profilesOfLive',
  'workspace.actAs',
  'workspace.verify',
  'entities.list',
  'repairs.approval',
  'entities.get',
  'entities.find',
  'entities.counts',
  'entities.values',
  'entities.customFields',
  'entities.lookup',
  'documents.text',
  'documents.ofRecord',
  'documents.save',
  'ask.schema',
  'ask.propose',
  'ask.run',
  'ask.send',
  'ask.approvedQuestions',
  'ask.addTurn',
  'ask.conversations',
  'ask.readConversation',
  'ask.exportConversation',
  'ask.deleteConversation',
  'models.list',
  'models.add',
  'models.update',
  'models.remove',
  'models.choose',
  'models.setLevel',
  'models.discover',
  'models.test',
  'search.find',
  'search.similar',
  'search.status',
  'search.inspect',
  'entities.links',
  'entities.related',
  'entities.previewRemoval',
  'entities.groups',
  'entities.duplicates',
  'views.list',
  'network.graph',
  'network.neighbourhood',
  'history.list',
  'history.changes',
  'history.ofRecord',
  'history.nextSteps',
  'history.steps',
  'confirm.status',
  'confirm.writeSheets',
  'transfer.exportFile',
  'transfer.exportList',
  'sandboxes.list',
  'sandboxes.trash',
  'backups.list',
  'backups.retention',
  'care.health',
  'care.backups',
  'care.stats',
  'care.warnings',
  'analysis.insights',
  'analysis.originalMeasures',
  'analysis.factor',
  'analysis.simulate',
  'analysis.network',
  'analysis.groups',
  'analysis.universities',
  'analysis.leavingStudents',
  'analysis.history',
  'forecasts.list',
  'events.read',
  'events.watch',
  'moments.resolve',
  'moments.current',
  'moments.range',
  'moments.list',
  'moments.open',
  'compare.between',
  'moments.restore',
  'checkpoints.list',
  'checkpoints.create',
  'checkpoints.rename',
  'checkpoints.remove',
]);

/** Throws FORBIDDEN for an operation that is not allowed while a point in time is open. */
export function refuseAtPointInTime(
  { moment }: { moment: OpenPointInTime | null },
  path: readonly string[],
): void {
  if (moment && !allowedOperations.has(path.join('.'))) throw readOnlyPointFault();
}
