import type { Contract } from '#shared/contract/index.ts';

type OperationName = {
  [Group in keyof Contract]: `${Group}.${keyof Contract[Group] & string}`;
}[keyof Contract];

const repeatableNames: OperationName[] = [
  'workspace.info',
  'workspace.profiles',
  'workspace.profilesOfLive',
  'workspace.actAs',
  'entities.list',
  'entities.get',
  'entities.find',
  'entities.counts',
  'entities.values',
  'entities.lookup',
  'entities.links',
  'entities.previewRemoval',
  'history.list',
  'history.changes',
  'history.ofRecord',
  'history.nextSteps',
  'history.steps',
  'documents.ofRecord',
  'documents.text',
  'ask.propose',
  'ask.approvedQuestions',
  'ask.conversations',
  'ask.readConversation',
  'ask.exportConversation',
  'models.list',
  'care.backups',
  'care.warnings',
  'jobs.list',
  'jobs.show',
  'jobs.schedules',
  'sync.status',
  'sync.conflicts',
  'sync.quarantine',
  'administration.listUsers',
  'administration.sessions',
  'administration.serverStatus',
  'administration.backups',
  'administration.backupStatus',
  'administration.changes',
  'administration.signIns',
];

/** Operations that change no record and answer at once: safe to repeat if the answer was lost. */
export const repeatableOperations: ReadonlySet<string> = new Set<string>(repeatableNames);
