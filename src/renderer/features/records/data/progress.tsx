import { create } from 'zustand';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/progress.ts';
import { say } from '../../../i18n/setup.ts';
import { numberText } from '../../../text/values.ts';
import { dropNotice, notice } from '../../../ui/notices.tsx';

/** How far each long piece of work has come, by the id of its notice. */
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
