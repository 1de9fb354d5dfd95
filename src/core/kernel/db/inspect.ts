import { clause, verbatim } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { lstatSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault, isFault, problemOf } from '#shared/contract/faults.ts';
import { refuseIrregularDatabase } from '../regular-file.ts';
import { isBusy } from './begin-immediate.ts';
import { applicationId } from './files.ts';
import { troubleFault, openingTroubleOf } from './file-errors.ts';
import type { Trouble } from './file-errors.ts';

export type Inspection =
  | { kind: 'missing' }
  | { kind: 'ours'; version: number }
  | { kind: 'bad'; reason: 'empty' | Exclude<Trouble['reason'], 'read_only'>; why?: Sentence };

type BadInspection = Extract<Inspection, { kind: 'bad' }>;
const badInspection = (reason: BadInspection['reason'], why?: Sentence): BadInspection => ({
  kind: 'bad',
  reason,
  ...(why && { why }),
});

/** Inspects a database file that other processes can have open. Writes only to roll back a crash's journal. The folder must be writable. */
export function inspectFile(file: string): Inspection {
  try {
    const stat = lstatSync(file);
    if (!stat.isFile()) return badInspection('foreign', clause('notRegular'));
    refuseIrregularDatabase(file);
    if (stat.size === 0) return badInspection('empty');
  } catch (error) {
    if (isFault(error)) return badInspection('unreadable', problemOf(error).values?.['why'] as Sentence);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return { kind: 'missing' };
    return badInspection('unreadable', clause('permission'));
  }
  let db: Database.Database | undefined;
  try {
    db = openToInspect(file, { readonly: true });
    const version = versionIn(db);
    if (version === null) return badInspection('foreign', clause('otherProgram'));
    return { kind: 'ours', version };
  } catch (error) {
    return inspectError(error, file);
  } finally {
    db?.close();
  }
}

/** Opens the file and reads from it. Rolling back a hot journal needs a writable connection, so the second attempt is writable. */
function openToInspect(file: string, { readonly }: { readonly: boolean }): Database.Database {
  const db = new Database(file, { readonly, fileMustExist: true, timeout: 2000 });
  try {
    versionIn(db);
    return db;
  } catch (error) {
    db.close();
    if (readonly && (error as { code?: unknown }).code === 'SQLITE_READONLY_ROLLBACK')
      return openToInspect(file, { readonly: false });
    throw error;
  }
}

function versionIn(db: Database.Database): number | null {
  if (db.pragma('application_id', { simple: true }) !== applicationId) return null;
  return Number(db.pragma('user_version', { simple: true }));
}

/** Converts an error from opening a workspace file to a declared fault. Returns other errors unchanged. */
export function toOpeningFault(error: unknown, file: string): unknown {
  if (isBusy(error)) return new Fault('BUSY', { holder: null, waited_ms: 0 });
  const code = (error as { code?: unknown } | null)?.code;
  const isSqliteError = typeof code === 'string' && code.startsWith('SQLITE_');
  const trouble = openingTroubleOf(error, file) ?? (isSqliteError ? inspectError(error, file) : null);
  return trouble ? troubleFault(trouble, file) : error;
}

function inspectError(error: unknown, file: string): BadInspection {
  const trouble = openingTroubleOf(error, file);
  if (trouble)
    return badInspection(trouble.reason === 'read_only' ? 'unreadable' : trouble.reason, trouble.why);
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_ERROR') return badInspection('damaged', clause('partOfFile'));
  return badInspection('unreadable', verbatim(code || '?'));
}
