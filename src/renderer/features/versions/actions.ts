import type { Backup } from '#shared/contract/backups.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { reasonText } from '../../text/reasons.ts';
import { countedAll, joinWithAnd } from '../../text/names.ts';
import { runWithNotice } from '../../ui/long-work.tsx';
import { repairDocuments } from '../../ui/repair-documents.tsx';
import { chosenContents } from './ContentsChoice.tsx';
import { refreshBackups } from '../../stores/backups.ts';
import type { SideKind } from '#shared/domain/points-in-time.ts';
import { navigate } from '../../stores/address.ts';

/** A backup's contents: "64 teams, 248 students and 173 links". */
export function backupContents({ counts, inside }: Pick<Backup, 'counts' | 'inside'>): string {
  const countsText = countedAll(counts);
  const liveText = countsText === '' ? say('backups:nothing') : countsText;
  const extraTexts = (['sandbox', 'golden'] as const).flatMap((kind) => {
    const count = inside.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : say(`backups:besides.${kind}`, { count });
  });
  return extraTexts.length === 0
    ? liveText
    : say('backups:besides.also', { live: liveText, besides: joinWithAnd(extraTexts) });
}

export async function backUpNow(): Promise<void> {
  await runWithNotice({
    id: 'backup',
    title: say('transfer:step.copying'),
    start: (signal) => api.backups.create(chosenContents(), { signal }),
    resultNotice: (backup) => {
      const more = say('backups:madeMore', {
        what: backupContents(backup),
        whole: bytesText(backup.bytes),
        stored: bytesText(backup.stored),
      });
      if (backup.damaged.length === 0) return { title: say('backups:made'), more };
      return {
        title: say('backups:withoutFiles'),
        more: `${more} ${backup.damaged.map(({ name, sha256 }) => name || sha256).join(', ')}`,
        tone: 'bad',
        action: { label: say('documents:repair.command'), run: () => void repairDocuments() },
      };
    },
  });
  await refreshBackups();
}

/** Checks a backup as a restore would, and shows the result. */
export async function checkBackup({ id }: Backup): Promise<void> {
  await runWithNotice({
    id: 'backup-check',
    title: say('backups:checking'),
    start: (signal) => api.backups.verify({ id }, { signal }),
    resultNotice: ({ ok, reason, problems }) =>
      ok
        ? { title: say('backups:good') }
        : {
            title: say(reason === 'documents' ? 'backups:withoutFiles' : 'backups:bad'),
            more: problems.map(reasonText).join(' '),
            tone: 'bad',
          },
  });
  await refreshBackups();
}

export const compareWithNow = (kind: SideKind, id: string | number): void =>
  navigate({ kind: 'moments', from: `${kind}:${id}`, to: 'now' });
