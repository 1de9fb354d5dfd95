import { create } from 'zustand';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/progress.ts';
import { say } from '../../../i18n/setup.ts';
import { numberText } from '../../../text/values.ts';
import { dropNotice, notice } from '../../../ui/notices.tsx';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { counted, fieldName, joined } from '../../../text/names.ts';
import type { Selection } from './selection.ts';

const useWork = create<Readonly<Record<string, Progress>>>()(() => ({}));

/** Work that is done sooner says nothing, in milliseconds. */
const patience = 400;

function Line({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation('grid');
  const progress = useWork((work) => work[id]);
  if (!progress) return <>{text}</>;
  const { done, total } = progress;
  const counts =
    total === null ? numberText(done) : t('some', { shown: numberText(done), all: numberText(total) });
  return (
    <>
      {text} <span className="num">{counts}</span>
    </>
  );
}

/**
 * Does something that may take long: after a moment a notice says what is done, how far it has come, and offers to cancel it. Throws
 * what the work throws.
 */
export async function withProgress<T>(
  text: string,
  work: (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const id = crypto.randomUUID();
  const stopping = new AbortController();
  const timer = setTimeout(() => {
    notice({
      id,
      title: <Line id={id} text={text} />,
      passing: true,
      action: { label: say('common:cancel'), run: () => stopping.abort() },
    });
  }, patience);
  try {
    return await work((progress) => useWork.setState({ [id]: progress }), stopping.signal);
  } finally {
    clearTimeout(timer);
    dropNotice(id);
    useWork.setState((work) => Object.fromEntries(Object.entries(work).filter(([key]) => key !== id)), true);
  }
}

/** Fields to set, and fields to take out. */
export interface FieldEdit {
  data: JsonObject;
  unset: readonly string[];
}

/** Sets the same fields in many records as one undoable change, and says so with the way back. Throws what core throws. */
export async function editMany(
  type: EntityType,
  { count, which }: Selection,
  { data, unset }: FieldEdit,
): Promise<void> {
  const what = counted(type, count);
  const { op_id, changed, unchanged } = await whileSaving(() =>
    withProgress(say('grid:bulk.changing', { what }), (onProgress, signal) =>
      follow(api.entities.edit({ type, which, data, unset: [...unset] }, { signal }), onProgress, signal),
    ),
  );
  const fields = joined([...Object.keys(data), ...unset].map(fieldName));
  if (changed === 0) {
    notice({ title: say('grid:bulk.alreadySo', { what }) });
    return;
  }
  notice({
    ...undoable(op_id),
    title: say('grid:bulk.changed', { fields, what: counted(type, changed) }),
    ...(unchanged > 0 ? { more: say('grid:bulk.unchanged', { count: unchanged }) } : {}),
  });
}
