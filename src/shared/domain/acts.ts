/**
 * Labels of the audit for what nobody undoes: making the workspace, filling it with the sample (clearing that is its own command), what
 * sync takes over from a server, and what is only noted of the file. Undo and redo pass them over.
 */
export const acts = [
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

/** Acts that make, change or delete records. */
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

const bringing: readonly string[] = [
  ...recordActs,
  'checkpoint.create',
  'checkpoint.rename',
  'checkpoint.remove',
  'forecast.save',
  'forecast.remove',
];

/** Acts that need no backup: nothing but a note of them is in the log. */
export const logOnlyActs: readonly string[] = acts.filter((act) => !bringing.includes(act));

/** Acts that leave all records as they are. */
export const fileActs: readonly string[] = acts.filter((act) => !recordActs.includes(act));

export const isAct = (label: string): boolean => (acts as readonly string[]).includes(label);
