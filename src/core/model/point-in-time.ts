import { readOnlyMoment } from './permissions.ts';
import type { At } from '#shared/contract/moments.ts';

/** A place in the log: what is there after a transaction. */
export interface Point {
  id: number;
  hash: string;
  created_at: string;
  /** The row of the log that comes after it. */
  end: number;
}

/** The moment that is open in place of the workspace. */
export interface OpenMoment {
  readonly point: Point;
  /**
   * Goes to another moment, one move after the other; of several that wait only the last is made. Whoever watches hears of it. Returns where
   * it stands then. Throws NOT_FOUND.
   */
  go(at: At): Promise<Point>;
}

/** What may be asked where a moment is open: what only reads, and what is done at home. Whatever is new has to be named here first. */
const asked: ReadonlySet<string> = new Set([
  'workspace.info',
  'workspace.profiles',
  'workspace.profilesOfLive',
  'workspace.actAs',
  'workspace.verify',
  'entities.list',
  'entities.get',
  'entities.find',
  'entities.counts',
  'entities.values',
  'entities.ownFields',
  'entities.lookup',
  'documents.text',
  'documents.describing',
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
  'entities.previewRemoval',
  'entities.groups',
  'entities.duplicates',
  'views.list',
  'network.graph',
  'network.around',
  'history.list',
  'history.changes',
  'history.ofRecord',
  'history.state',
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
  'analysis.legacy',
  'analysis.factor',
  'analysis.simulate',
  'analysis.network',
  'analysis.groups',
  'analysis.universities',
  'analysis.leaving',
  'analysis.history',
  'forecasts.list',
  'events.watch',
  'moments.resolve',
  'moments.opened',
  'moments.range',
  'moments.list',
  'moments.go',
  'moments.differences',
  'moments.restore',
  'checkpoints.list',
  'checkpoints.create',
  'checkpoints.rename',
  'checkpoints.remove',
]);

/** Refuses what would change something where a moment is open. Throws FORBIDDEN. */
export function refuseInMoment({ moment }: { moment: OpenMoment | null }, path: readonly string[]): void {
  if (moment && !asked.has(path.join('.'))) throw readOnlyMoment();
}
