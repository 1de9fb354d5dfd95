import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ShownRequest } from '#shared/contract/ask.ts';
import type { NewWording } from '#shared/contract/repairs.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { faultData } from '../../text/faults.ts';
import { fieldName, typeName } from '../../text/names.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ModelRequest } from '../../ui/ModelRequest.tsx';
import { notice } from '../../ui/notices.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useDialogWork } from '../../ui/useDialogWork.ts';
import { useSubmit } from '../../ui/useSubmit.ts';
import styles from './repairs.module.css';

export const openWording = (id: string): void =>
  openDialog({ title: say('repairs:wording.title'), size: 820 }, (close) => (
    <WordingForm id={id} onDone={close} />
  ));

/** Shows the request for a better wording; after sending it, the new texts next to the old ones. */
function WordingForm({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTexts('repairs');
  const { begin, end } = useDialogWork();
  const improve = (sent: ShownRequest | null) => {
    const signal = begin();
    return awaitResult(api.repairs.improveWording({ id, sent }, { signal }), () => {}, signal);
  };
  const prepared = useQuery({ queryKey: ['wording', id], queryFn: () => improve(null), gcTime: 0 });
  const sending = useMutation({ mutationFn: improve });
  const { request, wording } = sending.data ?? prepared.data ?? {};
  const changed = wording?.filter(({ before, after }) => before !== after) ?? [];
  const { onEdit: _, ...submit } = useSubmit(async () => {
    const changes = changed.map(({ type, id: record, field, after }) => ({
      kind: 'update' as const,
      type,
      id: record,
      data: { [field]: after },
    }));
    const { op_id } = await whileSaving(() => api.entities.applyChanges({ changes }));
    onDone();
    notice({ ...undoAction(op_id), title: say('repairs:wording.taken', { count: changed.length }) });
  });
  const error = sending.error ?? prepared.error;
  const reason = faultData(error, 'MODEL')?.reason;
  const openSettings = (): void => {
    onDone();
    navigate({ kind: 'preferences' });
  };
  return (
    <DialogForm {...submit} saveLabel={t('wording.take')} blocked={changed.length === 0} onCancel={onDone}>
      {error && (
        <ErrorState error={error}>
          {(reason === 'off' || reason === 'level') && (
            <Button onClick={openSettings}>{t('ask:setUp')}</Button>
          )}
        </ErrorState>
      )}
      {request && !wording && !sending.isPending && (
        <ModelRequest
          request={request}
          contents={t('wording.contents')}
          isBusy={false}
          onSend={() => sending.mutate(request)}
        />
      )}
      {sending.isPending && <ProgressLine progress={null} label={t('wording.waiting')} onCancel={end} />}
      {wording && <p>{t(changed.length === 0 ? 'wording.same' : 'wording.proposed')}</p>}
      <ul className={`stack gap-12 ${styles.wording}`}>
        {changed.map((text) => (
          <Rewording key={`${text.id} ${text.field}`} {...text} />
        ))}
      </ul>
    </DialogForm>
  );
}

const Rewording = ({ type, field, before, after }: NewWording) => (
  <li>
    <span className="tiny dim">
      {typeName(type)} · {fieldName(field)}
    </span>
    <p className="dim lines">{before}</p>
    <p className="lines">{after}</p>
  </li>
);
