import { shell } from '../../../api/shell.ts';
import type { FileContent } from '#shared/shell/files.ts';
import { say } from '../../../i18n/setup.ts';
import { localDay } from '../../../text/local-day.ts';
import { notice, report } from '../../../ui/notices.tsx';

/** `frames-network-2026-11-20.svg` */
export function suggestedName(now: Date, ending: 'png' | 'svg'): string {
  return `frames-network-${localDay(now)}.${ending}`;
}

/** Asks where to, makes the picture, writes it there and says so. */
export async function savePicture(ending: 'png' | 'svg', make: () => Promise<FileContent>): Promise<void> {
  const target = await shell.chooseSaveFile({
    purpose: 'export',
    suggested: suggestedName(new Date(), ending),
  });
  if (!target) return;
  const { grant, name } = target;
  try {
    if (!(await shell.saveFile({ grant, content: await make() }))) {
      notice({ tone: 'bad', title: say('network:exportFailed'), stays: 12_000 });
      return;
    }
    notice({
      title: say('network:exported', { name }),
      action: { label: say('network:reveal'), run: () => void shell.revealFile({ grant }).catch(report) },
      stays: 15_000,
    });
  } catch (error) {
    report(error, say('network:exportFailed'));
  }
}
