import { useQueries, useIsMutating } from '@tanstack/react-query';
import { listOf } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../i18n/setup.ts';
import { api } from '../api/client.ts';
import { currentAddress, openRecord, showPanel, openView } from '../stores/address.ts';
import { onlyLinkBegun, useBegunTypes, useUnsavedRecords, useUnsavedCount } from '../stores/drafts.ts';
import { queryFor } from '../stores/queries.ts';
import { joinWithAnd, titleOr, newName } from '../text/names.ts';
import { reportError } from '../ui/notices.tsx';
import { IconAlertTriangle, IconCheck, IconEye, IconPlugConnectedX } from '@tabler/icons-react';
import { Loader } from '@mantine/core';
import { Suspense } from 'react';
import { connectionStore } from '../api/connection.ts';
import { JobsChipSlot, NoticeSlot, SyncChipSlot } from './views.tsx';
import { useReadOnly } from '../stores/profile.ts';
import { useSaving } from '../stores/saving.ts';
import { inPast, inPlay, isLive } from '../stores/target.ts';
import { useShown } from '../stores/shown.ts';

/** The most unsaved records that are named; more are counted. */
const named = 2;

async function open(id: string): Promise<void> {
  const { type } = await api.entities.find({ id });
  const { view } = currentAddress();
  if (view.kind !== 'list' || view.type !== type) openView(listOf(type));
  showPanel({ kind: 'record', id, tab: onlyLinkBegun(id) ? 'links' : 'details' });
}

function openNew(type: EntityType): void {
  openView(listOf(type));
  showPanel({ kind: 'new' });
}

/** Unsaved changes and their records; each click opens the next one. */
export function Unsaved({ count }: { count: number }) {
  const { t } = useTexts('frame');
  const ids = useUnsavedRecords();
  const begun = useBegunTypes();
  const records = useQueries({
    queries: ids.slice(0, named).map((id) => queryFor('entities.find', { id })),
  });
  const titles = [
    ...records.flatMap(({ data }) => (data ? titleOr(data.title, data.type) : [])),
    ...begun.map(newName),
  ];
  const text = t('frame:status.unsaved', { count });
  const openNext = (): void => {
    const { view } = currentAddress();
    const now = view.kind === 'list' && view.panel?.kind === 'new' ? begun.indexOf(view.type) : -1;
    const places = [...ids, ...begun];
    const at = now >= 0 ? ids.length + now : ids.indexOf(openRecord() ?? '');
    const next = (at + 1) % places.length;
    const type = begun[next - ids.length];
    if (type) openNew(type);
    else void open(ids[next] ?? '').catch(reportError);
  };
  return (
    <button
      type="button"
      className="warn status-button cut"
      title={t('network:command.open')}
      onClick={openNext}
    >
      {titles.length === 0 || ids.length + begun.length > named ? text : `${text}: ${joinWithAnd(titles)}`}
    </button>
  );
}

function Saved() {
  const { t } = useTexts('frame');
  const mutating = useIsMutating();
  const saving = useSaving((state) => state.count) + mutating > 0;
  const unsaved = useUnsavedCount();
  const closed = useReadOnly();
  const lost = connectionStore((state) => state.state === 'lost');
  const given = connectionStore((state) => state.failure !== null);
  if (inPast() && !lost) {
    return (
      <span>
        <IconEye size={15} stroke={1.6} />
        {t('status.readOnly')}
      </span>
    );
  }
  if (lost) {
    return (
      <span className="bad">
        <IconPlugConnectedX size={15} stroke={1.6} />
        {t(given ? 'faults:unreached.title' : 'status.lost')}
      </span>
    );
  }
  if (closed !== null) {
    return (
      <>
        <span className="bad" title={closed}>
          <IconAlertTriangle size={15} stroke={1.6} />
          {t('status.closed')}
        </span>
        {unsaved > 0 && <Unsaved count={unsaved} />}
      </>
    );
  }
  if (saving) {
    return (
      <span>
        <Loader size={11} color="gray" />
        {t('status.saving')}
      </span>
    );
  }
  if (unsaved > 0) return <Unsaved count={unsaved} />;
  return (
    <span>
      <IconCheck size={15} stroke={1.6} />
      {t(inPlay() ? 'status.savedInPlay' : 'status.saved')}
    </span>
  );
}

export function StatusBar() {
  const { t } = useTexts('frame');
  const { summary, selected } = useShown();
  return (
    <footer className="status-bar" aria-label={t('records:field.status')}>
      <output className="flex status-saved">
        <Saved />
      </output>
      {isLive() && (
        <Suspense fallback={null}>
          <SyncChipSlot />
          <JobsChipSlot />
        </Suspense>
      )}
      <span className="num">{summary}</span>
      {selected > 1 && <span className="num">{t('grid:selected', { count: selected })}</span>}
      <span className="row rigid push gap-8">
        <Suspense fallback={null}>
          <NoticeSlot />
        </Suspense>
      </span>
    </footer>
  );
}
