/** Why a backup or a restore failed, as shown to admins. */
export class BackupProblem extends Error {}

const systemErrors: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk that backups are kept on is full.',
  EACCES: 'The server may not write to the folder of backups.',
  EPERM: 'The server may not write to the folder of backups.',
  EROFS: 'The folder of backups is on a disk that can only be read.',
  ENOENT: 'A file of the backup is missing.',
};

/** Returns an error text for admins, without SQL and paths. The log has the full error. */
export function problemText(error: unknown): string {
  if (error instanceof BackupProblem) return error.message;
  if (error instanceof Error && error.name === 'AbortError') return abandonedReason;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return systemErrors[code] ?? 'Something went wrong at the server: its log says what.';
}

export const abandonedReason = 'The server ended while this ran.';
