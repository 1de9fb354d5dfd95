import { useQueries, useIsMutating } from '@tanstack/react-query';
import { listOf } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../i18n/setup.ts';
import { api } from '../api/client.ts';
import { currentAddress, openRecordId, showPanel, openView } from '../stores/address.ts';
import { hasOnlyLinkDraft, useNewDraftTypes, useUnsavedRecords, useUnsavedCount } from '../stores/drafts.ts';
import { queryFor } from '../stores/queries.ts';
import { joinWithAnd, displayTitle, newName } from '../text/names.ts';
import { reportError } from '../ui/notices.tsx';
import { IconAlertTriangle, IconCheck, IconEye, IconPlugConnectedX } from '@tabler/icons-react';
import { Loader } from '@mantine/core';
import { Suspense } from 'react';
import { connectionStore } from '../api/connection.ts';
import { JobsChipSlot, NoticeSlot, SyncChipSlot } from './lazy-views.tsx';
import { useReadOnlyReason } from '../stores/profile.ts';
import { useSaving } from '../stores/saving.ts';
import { inPast, inSandbox, isLive } from '../stores/target.ts';
import { useFrontStatus } from '../stores/view-status.ts';

/** Maximum number of unsaved records that are named; more are only counted. */
const maxNamed = 2;

async function openUnsaved(id: string): Promise<void> {
  const { type } = await api.entities.find({ id });
  const { view } = currentAddress();
  if (view.kind !== 'list' || view.type !== type) openView(listOf(type));
  showPanel({ kind: 'record', id, tab: hasOnlyLinkDraft(id) ? 'links' : 'details' });
}

function openNewRecord(type: EntityType): void {
  openView(listOf(type));
  showPanel({ kind: 'new' });
}

/** Shows the number of unsaved changes and the names of their records; each click opens the next record. */
export function UnsavedButton({ count }: { count: number }) {
  const { t } = useTexts('frame');
  const ids = useUnsavedRecords();
  const newTypes = useNewDraftTypes();
  const records = useQueries({
    queries: ids.slice(0, maxNamed).map((id) => queryFor('entities.find', { id })),
  });
  const titles = [
    ...records.flatMap(({ data }) => (data ? displayTitle(data.title, data.type) : [])),
    ...newTypes.map(newName),
  ];
  const countText = t('frame:status.unsaved', { count });
  const openNext = (): void => {
    const { view } = currentAddress();
    const isNewOpen = view.kind === 'list' && view.panel?.kind === 'new';
    const newTypeIndex = isNewOpen ? newTypes.indexOf(view.type) : -1;
    // The existing records come before the new ones; -1 if none of them is open.
    const openIndex = newTypeIndex >= 0 ? ids.length + newTypeIndex : ids.indexOf(openRecordId() ?? '');
    const nextIndex = (openIndex + 1) % (ids.length + newTypes.length);
    const type = newTypes[nextIndex - ids.length];
    if (type) openNewRecord(type);
    else void openUnsaved(ids[nextIndex] ?? '').catch(reportError);
  };
  return (
    <button
      type="button"
      className="warn status-button cut"
      title={t('network:command.open')}
      onClick={openNext}
    >
      {titles.length === 0 || ids.length + newTypes.length > maxNamed
        ? countText
        : `${countText}: ${joinWithAnd(titles)}`}
    </button>
  );
}

function SaveState() {
  const { t } = useTexts('frame');
  const mutationCount = useIsMutating();
  const isSaving = useSaving((state) => state.count) + mutationCount > 0;
  const unsavedCount = useUnsavedCount();
  const readOnlyReason = useReadOnlyReason();
  const isLost = connectionStore((state) => state.state === 'lost');
  const hasShellGivenUp = connectionStore((state) => state.failure !== null);
  if (inPast() && !isLost) {
    return (
      <span>
        <IconEye size={15} stroke={1.6} />
        {t('status.readOnly')}
      </span>
    );
  }
  if (isLost) {
    return (
      <span className="bad">
        <IconPlugConnectedX size={15} stroke={1.6} />
        {t(hasShellGivenUp ? 'faults:unreached.title' : 'status.lost')}
      </span>
    );
  }
  if (readOnlyReason !== null) {
    return (
      <>
        <span className="bad" title={readOnlyReason}>
          <IconAlertTriangle size={15} stroke={1.6} />
          {t('status.closed')}
        </span>
        {unsavedCount > 0 && <UnsavedButton count={unsavedCount} />}
      </>
    );
  }
  if (isSaving) {
    return (
      <span>
        <Loader size={11} color="gray" />
        {t('status.saving')}
      </span>
    );
  }
  if (unsavedCount > 0) return <UnsavedButton count={unsavedCount} />;
  return (
    <span>
      <IconCheck size={15} stroke={1.6} />
      {t(inSandbox() ? 'status.savedInPlay' : 'status.saved')}
    </span>
  );
}

export function StatusBar() {
  const { t } = useTexts('frame');
  const { summary, selectedCount } = useFrontStatus();
  return (
    <footer className="status-bar" aria-label={t('records:field.status')}>
      <output className="flex status-saved">
        <SaveState />
      </output>
      {isLive() && (
        <Suspense fallback={null}>
          <SyncChipSlot />
          <JobsChipSlot />
        </Suspense>
      )}
      <span className="num">{summary}</span>
      {selectedCount > 1 && <span className="num">{t('grid:selected', { count: selectedCount })}</span>}
      <span className="row rigid push gap-8">
        <Suspense fallback={null}>
          <NoticeSlot />
        </Suspense>
      </span>
    </footer>
  );
}
