/**
 * Labels of the audit for what nobody undoes: making the workspace, and what is done beside the records and only noted. Undo and redo pass
 * them over.
 */
export const acts = [
  'workspace.create',
  'backups.prune',
  'workspace.restored',
  'records.salvaged',
  'workspace.salvaged',
  'golden.publish',
  'golden.reset',
  'workspace.vacuumed',
  'checkpoint.create',
  'checkpoint.rename',
  'checkpoint.remove',
] as const;

export const isAct = (label: string): boolean => (acts as readonly string[]).includes(label);
