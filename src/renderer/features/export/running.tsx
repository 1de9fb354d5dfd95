import { Button } from '@mantine/core';
import { create } from 'zustand';
import type { Progress } from '#shared/contract/progress.ts';
import { isCancelled } from '../../api/failures.ts';
import { shell } from '../../api/shell.ts';
import { follow } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { dropNotice, notice, report } from '../../ui/notices.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import './export.css';

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

/** Writes a file in view of the person: how far it is, a way to cancel, and at the end exactly what was written. */
export async function writing<R>(
  name: string,
  start: (signal: AbortSignal) => Events<R>,
  written: (result: R) => Written,
): Promise<void> {
  const ending = new AbortController();
  const title = say('transfer:export.progress', { name });
  useExport.setState({ progress: null });
  notice({
    id: noticeId,
    title,
    more: <Running label={title} onCancel={() => ending.abort()} />,
    stays: false,
    passing: true,
  });
  try {
    const tell = (progress: Progress): void => useExport.setState({ progress });
    const result = await follow(start(ending.signal), tell, ending.signal);
    notice({ id: noticeId, ...written(result), stays: 15_000 });
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
