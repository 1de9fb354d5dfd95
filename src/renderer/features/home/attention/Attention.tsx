import { useQueries, useQuery } from '@tanstack/react-query';
import type { Answer } from '#shared/contract/analysis.ts';
import { api } from '../../../api/client.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { answerQuery, askQuestion } from '../../insights/useAnswer.ts';
import { attentionQuestions, attentionKinds, openFields, unknownValuesOf } from './sentences.ts';
import type { RecordCheck, Findings, UnknownValues, Matter } from './sentences.ts';
import { useAcceptedValues, acceptValues } from '../../../stores/accepted-values.ts';
import type { AcceptedValues } from '../../../stores/accepted-values.ts';
import { ActionIcon, Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconBolt, IconCheck, IconChevronDown, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { say, useTexts } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { inSentence } from '../../../text/names.ts';
import { notice } from '../../../ui/notices.tsx';
import { Term } from '../../help/Term.tsx';
import { termWord } from '../../help/terms.ts';
import styles from '../home.module.css';

async function readFindings(
  signal: AbortSignal,
  acceptedValues: readonly AcceptedValues[],
): Promise<Findings> {
  const countOf = async ({ type, filters }: RecordCheck): Promise<number> =>
    (await api.entities.list({ type, filters: [...filters], limit: 0 }, { signal })).matched;
  const [counts, unknownValues] = await Promise.all([
    Promise.all(attentionKinds.map(({ checks }) => Promise.all(checks.map(countOf)))),
    Promise.all(
      openFields.map(async (openField) => {
        const { type, field } = openField;
        const storedValues = await api.entities.values({ type, field, limit: 200 }, { signal });
        const acceptedOfField = acceptedValues.find(
          (candidate) => candidate.type === type && candidate.field === field,
        );
        return unknownValuesOf(openField, storedValues, acceptedOfField?.values);
      }),
    ),
  ]);
  return { counts, unknown: unknownValues.filter((entry) => entry !== null) };
}

export function useFindings() {
  const acceptedValues = useAcceptedValues(useWorkspace().data?.id ?? '');
  return useQuery({
    queryKey: [...queryKeys.attention, 'found', acceptedValues],
    queryFn: ({ signal }) => readFindings(signal, acceptedValues),
    placeholderData: (previous) => previous,
  });
}

const questions = attentionQuestions.map(({ question }) => ({ question, university: '' }));
/** The checked answer if it is of the same log head as the quick one; otherwise the quick one. */
const bestAnswer = (
  quickAnswer: Answer | undefined,
  checkedAnswer: Answer | undefined,
): Answer | undefined =>
  checkedAnswer && checkedAnswer.head.hash === quickAnswer?.head.hash ? checkedAnswer : quickAnswer;

const keepPrevious = (previous: Answer | undefined): Answer | undefined => previous;

/** The answers that can need attention: first the rankings, then with confidence and repairs when computed. */
export function useAnswers() {
  const quickQueries = useQueries({
    queries: questions.map((input) => ({ ...answerQuery(input), placeholderData: keepPrevious })),
  });
  const headHashes = quickQueries.map(({ data }) => data?.head.hash);
  // The questions are checked one after the other, and after the rankings, so that other queries are not delayed.
  const { data: checkedAnswers, isFetching: isChecking } = useQuery({
    queryKey: queryKeys.insights({ checked: headHashes }),
    queryFn: async ({ signal }) => {
      const answers: Answer[] = [];
      for (const input of questions) answers.push(await askQuestion(input, () => {}, signal));
      return answers;
    },
    enabled: quickQueries.every(({ data, isFetching }) => data && !isFetching),
  });
  return {
    data: quickQueries.every(({ data }) => data)
      ? quickQueries.flatMap(({ data }, index) => bestAnswer(data, checkedAnswers?.[index]) ?? [])
      : undefined,
    isChecking,
    error: quickQueries.find(({ error }) => error)?.error ?? null,
    refetch: () => void Promise.all(quickQueries.map(({ refetch }) => refetch())),
  };
}

const icons = { bad: IconBolt, warn: IconAlertTriangle, info: IconInfoCircle } as const;
/** Items shown at first, plus one if it is the last: it takes no more room than the button. */
const maxCollapsed = 3;

function acceptWithUndo(workspace: string, values: readonly UnknownValues[]): void {
  const undo = acceptValues(workspace, values);
  notice({ title: say('home:unknown.accepted'), action: { label: say('common:undo'), run: undo } });
}

function MatterRow({ matter }: { matter: Matter }) {
  const { t } = useTexts('home');
  const workspace = useWorkspace().data?.id ?? '';
  const { tone, title, text, links, values } = matter;
  const Icon = icons[tone];
  const [firstLink, ...otherLinks] = links;
  return (
    <li className={`stack center gap-16 px-16 py-8 ${styles.matter}`}>
      <Icon size={20} stroke={1.6} className={tone} />
      <div className={styles.matterWords}>
        <h2 className="normal medium">{title}</h2>
        <p className="small dim">
          {text}
          {otherLinks.map(({ label, view }) => (
            <button key={label} type="button" className="link-button accent" onClick={() => navigate(view)}>
              {label}
            </button>
          ))}
        </p>
      </div>
      <Group gap={6} wrap="nowrap">
        {firstLink && <Button onClick={() => navigate(firstLink.view)}>{firstLink.label}</Button>}
        {values && (
          <ActionIcon
            aria-label={t('unknown.meant')}
            title={t('unknown.meant')}
            onClick={() => acceptWithUndo(workspace, values)}
          >
            <IconCheck size={15} stroke={1.6} />
          </ActionIcon>
        )}
      </Group>
    </li>
  );
}

export function Attention({ matters, isChecking }: { matters: readonly Matter[]; isChecking: boolean }) {
  const { t } = useTexts('home');
  const [isExpanded, setExpanded] = useState(false);
  const hiddenCount = matters.length > maxCollapsed + 1 ? matters.length - maxCollapsed : 0;
  const hasAnswers = matters.some(({ id }) => attentionQuestions.some(({ question }) => question === id));
  return (
    <>
      {hasAnswers && (
        <p className="dim small mb-8">
          {t('need.order')} <Term id="flow">{inSentence(termWord('flow'))}</Term>
        </p>
      )}
      <ul className="card" aria-busy={isChecking}>
        {(isExpanded || hiddenCount === 0 ? matters : matters.slice(0, maxCollapsed)).map((matter) => (
          <MatterRow key={matter.id} matter={matter} />
        ))}
      </ul>
      {hiddenCount > 0 && (
        <button
          type="button"
          className={`inline gap-8 dim px-8 pointer rounded target ${styles.quiet}`}
          aria-expanded={isExpanded}
          onClick={() => setExpanded(!isExpanded)}
        >
          <IconChevronDown size={15} stroke={1.7} className={isExpanded ? 'turned' : ''} />
          {isExpanded ? t('views:fewer') : t('insights:more', { count: hiddenCount })}
        </button>
      )}
    </>
  );
}
