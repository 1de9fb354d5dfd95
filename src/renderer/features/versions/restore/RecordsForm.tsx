import { useState } from 'react';
import type { Backup } from '#shared/contract/backups.ts';
import { say } from '../../../i18n/setup.ts';
import { named } from '../named.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { RecordPick } from './RecordPick.tsx';
import { RecordsPreview } from './RecordsPreview.tsx';

/** Finds records of a backup that are gone or changed, and restores selected ones. */
export function askForRecords(backup: Backup): void {
  openDialog({ title: say('backups:records.title', { when: named(backup) }), size: 620 }, (close) => (
    <RecordsForm backup={backup} onDone={close} />
  ));
}

function RecordsForm({ backup: { id }, onDone }: { backup: Backup; onDone: () => void }) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(false);
  return shown ? (
    <RecordsPreview id={id} records={[...picked]} onBack={() => setShown(false)} onDone={onDone} />
  ) : (
    <RecordPick id={id} picked={picked} onPicked={setPicked} onNext={() => setShown(true)} onDone={onDone} />
  );
}
