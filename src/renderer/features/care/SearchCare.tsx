import { Button } from '@mantine/core';
import type { IndexStatus, MeaningStatus } from '#shared/contract/search.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { whyNotLive } from '../../stores/target.ts';
import { bytesText } from '../../text/bytes.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { clearIndex, train, useIndexStatus, useTraining } from './useTraining.ts';

function wordsText({ records, passages, bytes, behind }: IndexStatus): string {
  if (records === null || behind === null) return say('care:search.notBuilt');
  return say('care:search.words', { records, passages, size: bytes === null ? '–' : bytesText(bytes) });
}

function meaningText({ state, texts, trained, model, problem }: MeaningStatus): string {
  if (problem !== null) return say('care:search.problem', { model, problem });
  return say(`care:search.${state}`, { texts, trained, model });
}

/** The search index: its contents, and the switch for search by meaning. */
export function SearchCare() {
  const { t } = useTexts('care');
  const { data: status, error, refetch } = useIndexStatus();
  const running = useTraining((state) => state.running);
  const refusal = whyNotLive();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const meaning = status?.meaning;
  const isWhole = meaning?.state === 'ready' && meaning.trained >= meaning.texts;
  return (
    <section aria-label={t('search.title')}>
      <h2>{t('search.title')}</h2>
      {status && <p>{wordsText(status)}</p>}
      {meaning && !running && <p>{meaningText(meaning)}</p>}
      {running && (
        <ProgressLine progress={running.progress} label={t('search.running')} onCancel={running.stop} />
      )}
      <p className="dim tiny">{t('search.hint')}</p>
      <div className="flex wrap gap-8 mt-8">
        {!isWhole && (
          <Button
            variant="default"
            disabled={refusal !== null || running !== null || meaning?.state === 'training'}
            title={refusal ?? undefined}
            onClick={() => void train()}
          >
            {t(meaning?.state === 'partial' ? 'search.continue' : 'search.train')}
          </Button>
        )}
        <Button
          variant="default"
          disabled={refusal !== null || running !== null}
          title={refusal ?? undefined}
          onClick={() => void clearIndex()}
        >
          {t('search.clear')}
        </Button>
      </div>
    </section>
  );
}
