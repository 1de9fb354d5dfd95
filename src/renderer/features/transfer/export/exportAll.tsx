import { Button } from '@mantine/core';
import type { Progress } from '#shared/contract/progress.ts';
import type { SaveHandle } from '#shared/shell/files.ts';
import { create } from 'zustand';
import { api } from '../../../api/client.ts';
import { isCancelled } from '../../../api/failures.ts';
import { shell } from '../../../api/shell.ts';
import { follow } from '../../../api/stream.ts';
import { say } from '../../../i18n/setup.ts';
import { bytesText } from '../../../text/bytes.ts';
import { countedAll } from '../../../text/names.ts';
import { dropNotice, notice, report } from '../../../ui/notices.tsx';
import { sumOf } from '../import/plan.ts';
import { ProgressLine } from '../ProgressLine.tsx';

const noticeId = 'export';
const useExport = create<{ progress: Progress | null }>()(() => ({ progress: null }));

function Running({ label, onCancel }: { label: string; onCancel: () => void }) {
  const progress = useExport((state) => state.progress);
  return (
    <div className="export-running">
      <ProgressLine progress={progress} label={label} />
      <Button size="xs" variant="default" onClick={onCancel}>
        {say('common:cancel')}
      </Button>
    </div>
  );
}

/** Day and time of day would not sort in a folder; the day does. */
function suggestedName(now: Date): string {
  const two = (figure: number): string => String(figure).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return say('transfer:export.suggested', { day });
}

/** Writes every record to a file that the person chooses, and says exactly what was written. */
export async function exportAll(): Promise<void> {
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested: suggestedName(new Date()) });
  if (target) await write(target);
}

async function write({ grant, name }: SaveHandle): Promise<void> {
  const ending = new AbortController();
  const title = say('transfer:export.progress', { name });
  useExport.setState({ progress: null });
  notice({
    id: noticeId,
    title,
    more: <Running label={title} onCancel={() => ending.abort()} />,
    stays: false,
  });
  try {
    const stream = api.transfer.exportFile({ grant }, { signal: ending.signal });
    const written = await follow(stream, (progress) => useExport.setState({ progress }), ending.signal);
    const count = sumOf(written.counts);
    const what = countedAll(written.counts);
    const size = bytesText(written.bytes);
    notice({
      id: noticeId,
      title: say(count === 0 ? 'transfer:export.doneEmpty' : 'transfer:export.done', {
        count,
        name: written.file,
      }),
      more: count === 0 ? size : say('transfer:export.what', { what, size }),
      action: {
        label: say('transfer:export.reveal'),
        run: () => void shell.revealFile({ grant }).catch(report),
      },
      stays: 15_000,
    });
  } catch (error) {
    if (isCancelled(error)) {
      notice({
        id: noticeId,
        title: say('transfer:export.cancelled'),
        more: say('transfer:export.cancelledMore'),
      });
      return;
    }
    dropNotice(noticeId);
    report(error, say('transfer:export.failed'));
  }
}
