import type { Progress } from '#shared/contract/progress.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { inNotice } from '../../ui/in-notice.tsx';
import { report } from '../../ui/notices.tsx';

type Events<R> = Promise<AsyncIterable<Progress | { kind: 'result'; result: R }>>;

/** What is said when a file was written. */
export interface Written {
  title: string;
  more: string;
  action: { label: string; run: () => void };
}

/** The button that shows a written file in its folder. */
export function revealing(grant: string): Written['action'] {
  return {
    label: say('transfer:export.reveal'),
    run: () => void shell.revealFile({ grant }).catch(report),
  };
}

/** Writes a file in view of the person, and says at the end exactly what was written. */
export async function writing<R>(
  name: string,
  start: (signal: AbortSignal) => Events<R>,
  written: (result: R) => Written,
): Promise<void> {
  await inNotice({
    id: 'export',
    title: say('transfer:export.progress', { name }),
    start,
    done: written,
    cancelled: { title: say('transfer:export.cancelled'), more: say('transfer:export.cancelledMore') },
    failed: say('transfer:export.failed'),
  });
}
