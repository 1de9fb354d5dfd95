import type { FileContent } from '#shared/shell/files.ts';
import { shell } from '../api/shell.ts';
import { say } from '../i18n/setup.ts';
import { notice, reportError, reportErrors } from './notices.tsx';

interface SaveOptions {
  suggested: string;
  createContent: () => Promise<FileContent>;
  failureTitle: string;
}

/** Asks for a file, creates its content in the window, and reports where it was saved. Does nothing if cancelled. */
export async function saveContent({ suggested, createContent, failureTitle }: SaveOptions): Promise<void> {
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  await reportErrors(async () => {
    if (!(await shell.saveFile({ grant, content: await createContent() }))) {
      notice({ tone: 'bad', title: failureTitle, stays: 12_000 });
      return;
    }
    notice({
      title: say('common:savedFile', { name }),
      action: {
        label: say('common:showInFolder'),
        run: () => void shell.revealFile({ grant }).catch(reportError),
      },
      stays: 15_000,
    });
  });
}
