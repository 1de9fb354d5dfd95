import { Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { insightsOf, listWithRecord } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { textsIn } from '#shared/domain/json.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { displayTitle } from '../../text/names.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useBusy } from '../../ui/useBusy.ts';
import { Agreement } from './Agreement.tsx';
import { Tasks } from './Tasks.tsx';
import { effectText, isDone, repairValue } from './effect-text.ts';
import { markDone } from './mark-done.ts';
import { openWording } from './Wording.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import styles from './repairs.module.css';

const maxListed = 6;
const recordIdPattern = /^[a-z]+_\S+$/;

/** The subjects of a repair. For expertise, `ids` also has names of areas. */
function Subjects({ ids }: { ids: readonly string[] }) {
  const { t } = useTexts('repairs');
  const queries = useQueries({
    queries: ids.slice(0, maxListed).map((id) => queryFor('entities.find', { id })),
  });
  return (
    <p>
      <span className="dim">{t('effect.concerns')}</span>
      {queries.map(({ data, isError }, index) => {
        const id = ids[index] ?? '';
        if (isError) return <span key={id}>{recordIdPattern.test(id) ? t('effect.gone') : id}</span>;
        if (!data) return null;
        const name = displayTitle(data.title, data.type);
        return (
          <LinkButton key={id} onClick={() => navigate(listWithRecord(data.type, id))}>
            {data.deleted_at === null ? name : t('records:deletedEnd', { title: name })}
          </LinkButton>
        );
      })}
      {ids.length > maxListed && (
        <span className="dim">{t('insights:more', { count: ids.length - maxListed })}</span>
      )}
    </p>
  );
}

interface Props {
  record: EntityRecord;
  /** The actor is not allowed to change it. */
  isLocked: boolean;
  /** Chooses what the repair concerns. */
  subjectInput: ReactNode;
}

/** The effect of a repair, or the current value of its item, and the next action. */
export function RepairEffect({ record, isLocked, subjectInput }: Props) {
  const { t } = useTexts('repairs');
  const { id, payload } = record;
  const [progress, setProgress] = useState<Progress | null>(null);
  const [isBusy, completeOrMeasure] = useBusy(() => markDone(record));
  const isComplete = isDone(payload);
  const isMeasured = isComplete && repairValue(payload, 'after') !== null;
  const { data: measurement, isLoading } = useQuery({
    queryKey: queryKeys.insights({ repair: id }),
    queryFn: ({ signal }) => awaitResult(api.repairs.measure({ id }, { signal }), setProgress, signal),
    enabled: !isMeasured && record.deleted_at === null,
    placeholderData: (previous) => previous,
  });
  const question = questions.safeParse(payload['question']).data;
  const subjects = textsIn(payload['subjects']);
  const text = effectText(payload, measurement);
  const gap = isMeasured ? null : (measurement?.gap ?? null);
  const nextAction = (): 'action' | 'again' | 'measure' | null => {
    if (isLocked) return null;
    if (!isComplete) return 'action';
    if (gap !== null) return null;
    if (isMeasured) return 'again';
    return measurement ? 'measure' : null;
  };
  const actionKey = nextAction();
  const isUnchanged = isMeasured && repairValue(payload, 'after') === repairValue(payload, 'before');
  return (
    <section
      className={`stack gap-4 small mb-12 px-12 py-8 sunken rounded ${styles.effect}`}
      aria-label={t('effect.title')}
    >
      {text !== '' && <p className="strong">{text}</p>}
      {question !== undefined && question !== 'changes' && (
        <p className="dim">
          {t(question === 'code' ? 'effect.whatCode' : 'effect.what', {
            question: t(`insights:question.${question}`),
          })}
        </p>
      )}
      {isLoading &&
        (progress ? (
          <ProgressLine progress={progress} label={t('effect.measuring')} />
        ) : (
          <p className="dim">{t('effect.measuring')}</p>
        ))}
      {isUnchanged && <p>{t(question === 'code' ? 'effect.unchangedCode' : 'effect.unchanged')}</p>}
      {gap !== null && <p>{t(`gap.${gap}`)}</p>}
      {subjects.length > 0 && <Subjects ids={subjects} />}
      {subjects.length === 0 && !isLocked && !isComplete && subjectInput}
      <Agreement record={record} isLocked={isLocked} />
      <Tasks record={record} isLocked={isLocked} />
      <div className="row wrap gap-4-12">
        {actionKey !== null && (
          <Button size="xs" loading={isBusy} onClick={completeOrMeasure}>
            {t(`done.${actionKey}`)}
          </Button>
        )}
        {!isLocked && !isComplete && (
          <Button size="xs" onClick={() => openWording(id)}>
            {t('wording.action')}
          </Button>
        )}
        {question !== undefined && subjects.length > 0 && gap !== 'deleted' && (
          <Button
            size="xs"
            onClick={() =>
              navigate({ ...insightsOf(question, measurement?.university ?? ''), item: subjects[0] ?? '' })
            }
          >
            {t('effect.show')}
          </Button>
        )}
      </div>
    </section>
  );
}
