import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import { api } from '../api/client.ts';
import { here, openRecord, showPanel, visit } from '../stores/address.ts';
import { onlyLinkBegun, useUnsavedRecords } from '../stores/drafts.ts';
import { keys } from '../stores/queries.ts';
import { joined, titleOr } from '../text/names.ts';
import { report } from '../ui/notices.tsx';

/** Records that are named; of more only how many changes there are. */
const named = 2;

async function open(id: string): Promise<void> {
  const { type } = await api.entities.find({ id });
  const { view } = here();
  if (view.kind !== 'list' || view.type !== type) visit(listOf(type));
  showPanel({ kind: 'record', id, tab: onlyLinkBegun(id) ? 'links' : 'details' });
}

/** What is not saved yet and in which records; it opens them, one after the other. */
export function Unsaved({ count }: { count: number }) {
  const { t } = useTranslation('frame');
  const ids = useUnsavedRecords();
  const records = useQueries({
    queries: ids.slice(0, named).map((id) => ({
      queryKey: keys.record(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.entities.find({ id }, { signal }),
    })),
  });
  const titles = records.flatMap(({ data }) => (data ? titleOr(data.title, data.type) : []));
  const text = t('status.unsaved', { count });
  const next = ids[(ids.indexOf(openRecord() ?? '') + 1) % ids.length];
  return (
    <button
      type="button"
      className="status-warn status-button cut"
      title={t('status.openUnsaved')}
      onClick={() => next !== undefined && void open(next).catch(report)}
    >
      {titles.length === 0 || ids.length > named ? text : `${text}: ${joined(titles)}`}
    </button>
  );
}
