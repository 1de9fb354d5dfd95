/**
 * Audit labels of acts that undo and redo skip: creating the workspace, loading the sample, taking over server changes, and notes about the
 * file. Clearing the sample is a command of its own.
 */
export const administrativeActs = [
  'workspace.create',
  'seed',
  'backups.create',
  'backups.prune',
  'records.export',
  'workspace.restored',
  'records.salvaged',
  'workspace.salvaged',
  'workspace.accepted',
  'workspace.log_aside',
  'golden.publish',
  'golden.brought',
  'workspace.vacuumed',
  'people.erase',
  'records.purge',
  'sandbox.adopted',
  'checkpoint.create',
  'checkpoint.rename',
  'checkpoint.remove',
  'forecast.save',
  'forecast.remove',
  'sync.snapshot',
  'sync.refused',
  'sync.reset',
  'sync.kept',
  'sync.given',
  'sync.erased',
] as const;

const recordActs: readonly string[] = [
  'seed',
  'people.erase',
  'records.purge',
  'records.salvaged',
  'sync.snapshot',
  'sync.refused',
  'sync.reset',
  'sync.kept',
  'sync.given',
  'sync.erased',
];

const dataActs: readonly string[] = [
  ...recordActs,
  'checkpoint.create',
  'checkpoint.rename',
  'checkpoint.remove',
  'forecast.save',
  'forecast.remove',
];

/** Acts that only add a log entry, so they need no backup. */
export const logOnlyActs: readonly string[] = administrativeActs.filter((act) => !dataActs.includes(act));

/** Acts that leave all records unchanged. */
export const fileActs: readonly string[] = administrativeActs.filter((act) => !recordActs.includes(act));

export const isAdministrativeAct = (label: string): boolean =>
  (administrativeActs as readonly string[]).includes(label);
