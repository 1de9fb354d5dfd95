import { checkCancelled } from '../kernel/progress.ts';
import type { CallContext } from '../model/services.ts';
import { badBackup, packsOf } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { PageSource } from './store.ts';
import { whyDamaged } from './verify.ts';
import type { Verifying } from './verify.ts';

/** One of the files of a backup that is brought back besides live. */
export interface Bringing {
  call: CallContext;
  reading: Verifying;
  manifest: BackupManifest;
  content: BackupContent;
}

/** Writes one of its files to `target`, checked as a whole. Throws BACKUP `damaged`. */
export async function retrieve(
  { manifest, reading }: Bringing,
  content: BackupContent,
  target: string,
): Promise<void> {
  const { signal, tell, files, id } = reading;
  const pages = new PageSource(packsOf(files.backups), manifest.packs);
  const step = (done: number): void => {
    checkCancelled(signal);
    tell({ kind: 'progress', step: 'reading', done, total: content.bytes });
  };
  try {
    const why = await whyDamaged(manifest, content, pages, target, { ...reading, step });
    if (why !== null) throw badBackup('damaged', id, `Backup ${id} is damaged. ${why} Nothing was changed.`);
  } finally {
    await pages.close();
  }
}
