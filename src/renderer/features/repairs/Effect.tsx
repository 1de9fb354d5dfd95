import { Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { insightsOf, recordIn } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { titleOr } from '../../text/names.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { effectText, isDone, valueOf } from './effect.ts';
import { markDone } from './mark-done.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import styles from './repairs.module.css';

const stringsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const mostNamed = 6;

/** The subjects of a repair. For expertise, areas are among the records. */
function Concerns({ ids }: { ids: readonly string[] }) {
  const { t } = useTexts('repairs');
  const found = useQueries({
    queries: ids.slice(0, mostNamed).map((id) => queryFor('entities.find', { id })),
  });
  return (
    <p>
      <span className="dim">{t('effect.concerns')}</span>
      {found.map(({ data, isError }, at) => {
        const id = ids[at] ?? '';
        if (isError) return <span key={id}>{/^[a-z]+_\S+$/.test(id) ? t('effect.gone') : id}</span>;
        if (!data) return null;
        const name = titleOr(data.title, data.type);
        return (
          <LinkButton key={id} onClick={() => navigate(recordIn(data.type, id))}>
            {data.deleted_at === null ? name : t('records:deletedEnd', { title: name })}
          </LinkButton>
        );
      })}
      {ids.length > mostNamed && (
        <span className="dim">{t('insights:more', { count: ids.length - mostNamed })}</span>
      )}
    </p>
  );
}

/** The effect of a repair, or the current value of its item, and the next action. `isLocked`: the actor may not change it. */
export function Effect({ record, isLocked }: { record: EntityRecord; isLocked: boolean }) {
  const { t } = useTexts('repairs');
  const { id, payload } = record;
  const [progress, setProgress] = useState<Progress | null>(null);
  const [isBusy, setBusy] = useState(false);
  const done = isDone(payload);
  const isMeasured = done && valueOf(payload, 'after') !== null;
  const { data: measured, isLoading } = useQuery({
    queryKey: queryKeys.insights({ repair: id }),
    queryFn: ({ signal }) => follow(api.repairs.measure({ id }, { signal }), setProgress, signal),
    enabled: !isMeasured && record.deleted_at === null,
    placeholderData: (before) => before,
  });
  const question = questions.safeParse(payload['question']).data;
  const subjects = stringsIn(payload['subjects']);
  const text = effectText(payload, measured);
  const gap = isMeasured ? null : (measured?.gap ?? null);
  const mark = async (): Promise<void> => {
    setBusy(true);
    await markDone(record);
    setBusy(false);
  };
  const action =
    isLocked || (done && gap !== null)
      ? null
      : !done
        ? 'action'
        : isMeasured
          ? 'again'
          : measured
            ? 'measure'
            : null;
  const isSame = isMeasured && valueOf(payload, 'after') === valueOf(payload, 'before');
  return (
    <section
      className={`stack gap-4 small mb-12 px-12 py-8 sunken rounded ${styles.effect}`}
      aria-label={t('effect.title')}
    >
      {text !== '' && <p className="strong">{text}</p>}
      {question !== undefined && question !== 'changes' && (
        <p className="dim">{t('effect.what', { question: t(`insights:question.${question}`) })}</p>
      )}
      {isLoading &&
        (progress ? (
          <ProgressLine progress={progress} label={t('effect.measuring')} />
        ) : (
          <p className="dim">{t('effect.measuring')}</p>
        ))}
      {isSame && <p>{t('effect.unchanged')}</p>}
      {gap !== null && <p>{t(`gap.${gap}`)}</p>}
      {subjects.length > 0 && <Concerns ids={subjects} />}
      <div className="row wrap gap-4-12">
        {action !== null && (
          <Button size="xs" variant="default" loading={isBusy} onClick={() => void mark()}>
            {t(`done.${action}`)}
          </Button>
        )}
        {question !== undefined && subjects.length > 0 && gap !== 'deleted' && (
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              navigate({ ...insightsOf(question, measured?.university ?? ''), item: subjects[0] ?? '' })
            }
          >
            {t('effect.show')}
          </Button>
        )}
      </div>
    </section>
  );
}
