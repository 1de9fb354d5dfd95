import { Button } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { api } from '../api/client.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { queryClient, queryKeys } from '../stores/queries.ts';
import { reasonText } from '../text/reasons.ts';
import { runWithNotice } from './long-work.tsx';
import type { NoticeText } from './long-work.tsx';
import { notice, reportError } from './notices.tsx';

type Repair = Awaited<ReturnType<typeof runRepair>>;

const runRepair = (id: string | undefined) =>
  runWithNotice({
    id: 'documents-repair',
    title: say('documents:repair.running'),
    start: (signal) => api.documents.repair(id === undefined ? {} : { id }, { signal }),
    resultNotice: (result): NoticeText => {
      const { repaired, damaged, problem } = result;
      if (damaged.length === 0) return { title: say('documents:repair.done', { count: repaired.length }) };
      const why = problem === null ? say('documents:repair.noCopy') : reasonText(problem);
      const names = damaged.map(({ name, sha256 }) => name || sha256.slice(0, 12)).join(', ');
      return {
        title: say('documents:repair.left', { count: damaged.length }),
        more: `${names}. ${why}`,
        tone: 'bad',
      };
    },
  });

/** Replaces wrong and missing files of documents by good copies, of one document or of all; null if it failed or was cancelled. */
export async function repairDocuments(id?: string): Promise<Repair> {
  const result = await runRepair(id);
  await queryClient.invalidateQueries();
  return result;
}

export function RepairDocumentsButton({ onRepaired }: { onRepaired?: () => unknown }) {
  const { t } = useTexts('documents');
  return (
    <Button size="xs" onClick={() => void repairDocuments().then(onRepaired)}>
      {t('repair.command')}
    </Button>
  );
}

/** Shows an error about a document; for a wrong or missing file with a button that repairs it. */
export function reportDocumentError(error: unknown, id: string): void {
  const fault = error instanceof ORPCError ? (error as ORPCError<string, unknown>) : null;
  const { reason, type } = (fault?.data ?? {}) as { reason?: string; type?: string };
  const isDifferent = fault?.code === 'BAD_FILE' && reason === 'document_differs';
  const isMissing = fault?.code === 'NOT_FOUND' && type === 'document file';
  if (!isDifferent && !isMissing) return reportError(error);
  void queryClient.invalidateQueries({ queryKey: queryKeys.record(id) });
  notice({
    id: `document-file-${id}`,
    tone: 'bad',
    title: say(isDifferent ? 'documents:file.different' : 'documents:file.missing'),
    action: { label: say('documents:repair.one'), run: () => void repairDocuments(id) },
  });
}
