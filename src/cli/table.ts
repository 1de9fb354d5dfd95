import type { Command } from './command.ts';
import { accept } from './commands/accept.ts';
import { auditList } from './commands/audit-list.ts';
import { backupBring } from './commands/backup-bring.ts';
import { backupCreate } from './commands/backup-create.ts';
import { backupExport, backupTake } from './commands/backup-file.ts';
import { backupList } from './commands/backup-list.ts';
import { backupPlace } from './commands/backup-place.ts';
import { backupPrune } from './commands/backup-prune.ts';
import { backupDiff } from './commands/backup-records.ts';
import { backupRestore } from './commands/backup-restore.ts';
import { backupRetention } from './commands/backup-retention.ts';
import { backupVerify } from './commands/backup-verify.ts';
import { entitiesCreate } from './commands/entities-create.ts';
import { entitiesDelete } from './commands/entities-delete.ts';
import { entitiesGet } from './commands/entities-get.ts';
import { entitiesList } from './commands/entities-list.ts';
import { entitiesRestore } from './commands/entities-restore.ts';
import { entitiesUpdate } from './commands/entities-update.ts';
import { exportCommand } from './commands/export.ts';
import {
  checkpointsCreate,
  checkpointsList,
  checkpointsRemove,
  checkpointsRename,
} from './commands/checkpoints.ts';
import { goldenList, goldenPublish, goldenStatusCommand, goldenVerify } from './commands/golden.ts';
import { goldenDiff, goldenReset } from './commands/golden-reset.ts';
import { health } from './commands/health.ts';
import { importCommand } from './commands/import.ts';
import { migrateDown, migrateStatus, migrateUp } from './commands/migrate.ts';
import { momentsDiff, momentsList, momentsShow } from './commands/moments.ts';
import { momentsRestore } from './commands/moments-restore.ts';
import { profilesChange } from './commands/profiles-change.ts';
import { profilesCreate } from './commands/profiles-create.ts';
import { profilesList } from './commands/profiles-list.ts';
import { profilesRename } from './commands/profiles-rename.ts';
import { sandboxArchive, sandboxRename, sandboxUnarchive } from './commands/sandbox-change.ts';
import { sandboxDiff, sandboxPromote, sandboxRefresh } from './commands/sandbox-compare.ts';
import { sandboxCreate, sandboxDuplicate } from './commands/sandbox-create.ts';
import { sandboxList, sandboxTrash } from './commands/sandbox-list.ts';
import { sandboxDiscard, sandboxEmptyTrash, sandboxRecover } from './commands/sandbox-trash.ts';
import { salvage } from './commands/salvage.ts';
import { seed } from './commands/seed.ts';
import { setLogAsideCommand } from './commands/set-log-aside.ts';
import { stats } from './commands/stats.ts';
import { supportCopy } from './commands/support-copy.ts';
import { redo, undo } from './commands/undo.ts';
import { vacuum } from './commands/vacuum.ts';
import { verify } from './commands/verify.ts';
import { viewsList } from './commands/views-list.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  importCommand,
  exportCommand,
  verify,
  health,
  stats,
  vacuum,
  entitiesList,
  entitiesGet,
  entitiesCreate,
  entitiesUpdate,
  entitiesDelete,
  entitiesRestore,
  undo,
  redo,
  auditList,
  momentsList,
  momentsShow,
  momentsDiff,
  momentsRestore,
  checkpointsCreate,
  checkpointsList,
  checkpointsRename,
  checkpointsRemove,
  backupCreate,
  backupList,
  backupVerify,
  backupExport,
  backupTake,
  backupPlace,
  backupPrune,
  backupRetention,
  backupRestore,
  backupDiff,
  backupBring,
  salvage,
  accept,
  setLogAsideCommand,
  supportCopy,
  goldenStatusCommand,
  goldenList,
  goldenVerify,
  goldenDiff,
  goldenPublish,
  goldenReset,
  seed,
  profilesList,
  profilesCreate,
  profilesRename,
  profilesChange,
  viewsList,
  sandboxCreate,
  sandboxList,
  sandboxRename,
  sandboxDuplicate,
  sandboxDiff,
  sandboxPromote,
  sandboxRefresh,
  sandboxArchive,
  sandboxUnarchive,
  sandboxDiscard,
  sandboxTrash,
  sandboxRecover,
  sandboxEmptyTrash,
  migrateStatus,
  migrateUp,
  migrateDown,
];
