import { useQueries, useQuery } from '@tanstack/react-query';
import type { Answer } from '#shared/contract/analysis.ts';
import { api } from '../../../api/client.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { answerQuery, askQuestion } from '../../insights/useAnswer.ts';
import { attentionQuestions, attentionKinds, openFields, unknownValuesOf } from './sentences.ts';
import type { Check, Findings, UnknownValues, Matter } from './sentences.ts';
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

async function readFindings(signal: AbortSignal, accepted: readonly AcceptedValues[]): Promise<Findings> {
  const countOf = async ({ type, filters }: Check): Promise<number> =>
    (await api.entities.list({ type, filters: [...filters], limit: 0 }, { signal })).matched;
  const [counts, unknown] = await Promise.all([
    Promise.all(attentionKinds.map(({ checks }) => Promise.all(checks.map(countOf)))),
    Promise.all(
      openFields.map(async (open) => {
        const { type, field } = open;
        const storedValues = await api.entities.values({ type, field, limit: 200 }, { signal });
        const acceptedOfField = accepted.find((other) => other.type === type && other.field === field);
        return unknownValuesOf(open, storedValues, acceptedOfField?.values);
      }),
    ),
  ]);
  return { counts, unknown: unknown.filter((one) => one !== null) };
}

export function useFindings() {
  const accepted = useAcceptedValues(useWorkspace().data?.id ?? '');
  return useQuery({
    queryKey: [...queryKeys.attention, 'found', accepted],
    queryFn: ({ signal }) => readFindings(signal, accepted),
    placeholderData: (before) => before,
  });
}

const questions = attentionQuestions.map(({ question }) => ({ question, university: '' }));
/** The checked answer, or the quick one if the checked answer is of another state of the log. */
const bestAnswer = (quick: Answer | undefined, checked: Answer | undefined): Answer | undefined =>
  checked && checked.head.hash === quick?.head.hash ? checked : quick;

const keepPrevious = (before: Answer | undefined): Answer | undefined => before;

/** The answers that can need attention: rankings first; confidence and repairs when they are computed. */
export function useAnswers() {
  const quick = useQueries({
    queries: questions.map((one) => ({ ...answerQuery(one), placeholderData: keepPrevious })),
  });
  const heads = quick.map(({ data }) => data?.head.hash);
  // The questions are checked one after the other, and after the rankings, so that other queries are not delayed.
  const { data: checked, isFetching: isChecking } = useQuery({
    queryKey: queryKeys.insights({ checked: heads }),
    queryFn: async ({ signal }) => {
      const answers: Answer[] = [];
      for (const one of questions) answers.push(await askQuestion(one, () => {}, signal));
      return answers;
    },
    enabled: quick.every(({ data, isFetching }) => data && !isFetching),
  });
  return {
    data: quick.every(({ data }) => data)
      ? quick.flatMap(({ data }, index) => bestAnswer(data, checked?.[index]) ?? [])
      : undefined,
    isChecking,
    error: quick.find(({ error }) => error)?.error ?? null,
    refetch: () => void Promise.all(quick.map(({ refetch }) => refetch())),
  };
}

const icons = { bad: IconBolt, warn: IconAlertTriangle, info: IconInfoCircle } as const;
/** Items shown at first. One more item takes no more room than the button for the rest. */
const maxCollapsed = 3;

function accept(workspace: string, values: readonly UnknownValues[]): void {
  const undo = acceptValues(workspace, values);
  notice({ title: say('home:unknown.accepted'), action: { label: say('common:undo'), run: undo } });
}

function MatterRow({ matter }: { matter: Matter }) {
  const { t } = useTexts('home');
  const workspace = useWorkspace().data?.id ?? '';
  const { tone, title, text, places, values } = matter;
  const Icon = icons[tone];
  const [first, ...others] = places;
  return (
    <li className={`stack center gap-16 px-16 py-8 ${styles.matter}`}>
      <Icon size={20} stroke={1.6} className={tone} />
      <div className={styles.matterWords}>
        <h2 className="normal medium">{title}</h2>
        <p className="small dim">
          {text}
          {others.map(({ label, view }) => (
            <button key={label} type="button" className="link-button accent" onClick={() => navigate(view)}>
              {label}
            </button>
          ))}
        </p>
      </div>
      <Group gap={6} wrap="nowrap">
        {first && (
          <Button variant="default" onClick={() => navigate(first.view)}>
            {first.label}
          </Button>
        )}
        {values && (
          <ActionIcon
            aria-label={t('unknown.meant')}
            title={t('unknown.meant')}
            onClick={() => accept(workspace, values)}
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
  const isRanked = matters.some(({ id }) => attentionQuestions.some(({ question }) => question === id));
  return (
    <>
      {isRanked && (
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
