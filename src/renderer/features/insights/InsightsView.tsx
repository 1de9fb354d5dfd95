import { Button, Menu, SegmentedControl, Switch } from '@mantine/core';
import { IconBulb, IconFileText, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { InsightsView as View } from '#shared/address/view.ts';
import { insightsOf, listOf } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { mayNamePeople } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate, useView } from '../../stores/address.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { useStatus } from '../../stores/shown.ts';
import { openListName, typeNames } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Explained } from '../../ui/Explained.tsx';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { ShareButton, useShareCommand } from '../share/commands.tsx';
import { Evidence, Pending } from './Evidence.tsx';
import { Formula } from './Formula.tsx';
import { InsightsBar } from './InsightsBar.tsx';
import { useEvidence } from './useEvidence.ts';
import { isNamedBy, subjectOf, useAnswer, useLiveAnswer, useNaming } from './useAnswer.ts';
import type { AnswerState } from './useAnswer.ts';
import {
  headingText,
  percentText,
  unknownText,
  confidenceText,
  reasonText,
  titleText,
  valueText,
} from './sentences.ts';
import { api } from '../../api/client.ts';
import { useMe, useReadOnly } from '../../stores/profile.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { whyNotLive } from '../../stores/target.ts';
import { permissionText } from '../../text/faults.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { aboutText } from './evidence-page.ts';
import { Ranking } from './Ranking.tsx';
import styles from './insights.module.css';

interface Props {
  answer: Answer;
  selected: number;
  onSelect: (at: number) => void;
  isPending: boolean;
}

interface ItemProps {
  answer: Answer;
  item: Insight;
  at: number;
  isPending: boolean;
}

function Item({ answer, item, at, isPending }: ItemProps) {
  const { t } = useTexts('insights');
  const value = valueText(item);
  const sure = confidenceText(answer, item) ?? (isPending ? t('checking') : null);
  const most = Math.max(...answer.items.map((one) => Math.abs(one.value)), Number.EPSILON);
  return (
    <>
      <span className="faint num">{at + 1}</span>
      <span className={`breaks ${styles.title}`}>
        <strong>{titleText(item)}</strong> <span className="dim">{aboutText(item)}</span>
      </span>
      <span
        className={`normal strong bad ${styles.value} num`}
        data-better={isBetter(answer, item) ? '' : undefined}
      >
        {value}
      </span>
      <span className={styles.bar} aria-hidden>
        <span style={{ width: `${(100 * Math.abs(item.value)) / most}%` }} />
      </span>
      <span className={`dim ${styles.reason}`}>{reasonText(item)}</span>
      {sure !== null && <span className={`tiny ${styles.sure} dim`}>{sure}</span>}
    </>
  );
}

/** A possible gain, or an improvement. */
const isBetter = ({ question }: Answer, { value }: Insight): boolean =>
  question === 'weak' || (question === 'changes' && value >= 0);

function AnswerList({ answer, selected, onSelect, isPending }: Props) {
  const { t } = useTexts('insights');
  const { items, ranked } = answer;
  return (
    <Ranking
      label={t('ranking')}
      rows={items.map((item, at) => ({
        key: `${item.id ?? item.ids?.join() ?? ''} ${reasonText(item)}`,
        content: <Item answer={answer} item={item} at={at} isPending={isPending} />,
      }))}
      selected={selected}
      onSelect={onSelect}
      foot={
        <>
          {ranked > items.length && t('shown', { shown: items.length, all: ranked })} {unknownText(answer)}{' '}
          {answer.runs > 0 && t('tests')}
        </>
      }
    />
  );
}

function Naming() {
  const { t } = useTexts('insights');
  const people = useNaming();
  const me = useMe();
  const closed = useReadOnly();
  const verdict = me && mayNamePeople(me);
  const refusal =
    whyNotLive() ?? closed ?? (verdict?.allowed === false ? permissionText(verdict.rule) : null);
  const set = async (isOn: boolean): Promise<void> => {
    await api.analysis.setRanking({ people: isOn });
    notice({ id: 'ranking', title: t(isOn ? 'naming.saved' : 'naming.savedOff') });
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: queryKeys.ranking }),
      queryClient.invalidateQueries({ queryKey: queryKeys.insights({}).slice(0, 1) }),
    ]);
  };
  return (
    <Explained label={t('naming.label')} term={t(people ? 'naming.on' : 'naming.off')}>
      <Switch
        label={t('naming.label')}
        checked={people}
        disabled={refusal !== null}
        onChange={(event) => void set(event.currentTarget.checked).catch(reportError)}
      />
      <p className="small mt-8">{t('naming.what')}</p>
      {refusal !== null && <p className="dim small mt-8">{refusal}</p>}
    </Explained>
  );
}

function Only({ view }: { view: View }) {
  const { t } = useTexts('insights');
  const name = useUniversityNames().get(view.university) ?? view.university;
  return (
    <QuietButton icon={IconX} onClick={() => navigate({ ...view, university: '' }, { replace: true })}>
      {t('only', { name })}
    </QuietButton>
  );
}

const whos = ['all', 'people', 'teams'] as const;

function Controls({
  view,
  answer,
  onSet,
  isLooking,
  isWorst,
  onWorst,
}: {
  view: View;
  answer: Answer;
  onSet: () => void;
  isLooking: boolean;
  /** The worst set is shown as evidence. */
  isWorst: boolean;
  onWorst: () => void;
}) {
  const { t } = useTexts('insights');
  const { worst } = answer;
  const naming = useNaming();
  return (
    <div className={`row wrap small ${styles.controls}`}>
      <Formula text={t(`formula.${view.question}`)} />
      {view.university !== '' && <Only view={view} />}
      {view.area !== '' && !answer.items.some(isNamedBy(view)) && (
        <span>{t('areaUnlisted', { area: view.area })}</span>
      )}
      {(view.question === 'leavers' || view.question === 'expertise') && <Naming />}
      {view.question === 'leavers' && (
        <>
          {naming && (
            <SegmentedControl
              size="xs"
              aria-label={t('who.label')}
              value={view.who}
              data={whos.map((value) => ({
                value,
                label: value === 'teams' ? typeNames('team') : t(`who.${value}`),
              }))}
              onChange={(who) => navigate({ ...view, who }, { replace: true })}
            />
          )}
          {worst && (
            <button
              type="button"
              className={`bare pad-0 medium accent text-start target ${styles.worst}`}
              aria-pressed={isWorst}
              onClick={onWorst}
            >
              {t('worst', {
                count: worst.ids?.length ?? 0,
                title: worst.title,
                value: percentText(worst.value),
              })}{' '}
              {!worst.exact && (
                <span className="dim">{t('worstMost', { most: percentText(worst.at_most) })}</span>
              )}
            </button>
          )}
          {!worst && (
            <Button size="xs" variant="default" loading={isLooking} onClick={onSet}>
              {t('findWorst')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

interface EvidenceProps {
  isPending: boolean;
  onSave: (scope: 'one' | 'all') => void;
  onShare: () => void;
}

function EvidenceMenu({ isPending, onSave, onShare }: EvidenceProps) {
  const { t } = useTexts('insights');
  return (
    <div className="flex push gap-4">
      <ShareButton disabled={isPending} onClick={onShare} />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconFileText size={16} stroke={1.6} />}>
            {t('evidence.label')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={isPending} onClick={() => onSave('one')}>
            {t('evidence.one')}
          </Menu.Item>
          <Menu.Item onClick={() => onSave('all')}>{t('evidence.all')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Nothing({ answer }: { answer: Answer }) {
  const unknown = unknownText(answer);
  return (
    <EmptyState icon={IconBulb} text={[headingText(answer), unknown ?? ''].join(' ').trim()}>
      <Button variant="default" onClick={() => navigate(listOf('interface'))}>
        {openListName('interface')}
      </Button>
    </EmptyState>
  );
}

/** Selected in place of an item; no subject has this form. */
const worst = '*';

function Answered({
  view,
  state,
  onSet,
  set,
}: {
  view: View;
  state: AnswerState;
  onSet: () => void;
  set: boolean;
}) {
  const { t } = useTexts('insights');
  const [selected, setSelected] = useState<string | null>(null);
  const { data: live } = useLiveAnswer(view);
  const { answer, error, pending, retry } = state;
  const { making, save, share } = useEvidence(view, answer);
  useShareCommand(answer && pending === null && answer.items.length > 0 ? share : undefined);
  useStatus(
    answer && answer.ranked > 0 ? t('shown', { shown: answer.items.length, all: answer.ranked }) : '',
  );
  if (!answer) return <QueryView query={{ data: answer, error, refetch: retry }} />;
  const isWorst = selected === worst && answer.worst !== null;
  const found = answer.items.findIndex(
    selected === null ? isNamedBy(view) : (one) => subjectOf(one) === selected,
  );
  const chosen = selected ?? view.item;
  // A repaired item may no longer be listed here.
  const deleted = found < 0 && chosen === view.item && live?.items.find((one) => subjectOf(one) === chosen);
  const place = isWorst || deleted ? -1 : Math.max(0, found);
  const item = isWorst ? answer.worst : deleted || answer.items[place];
  if (!item) return <Nothing answer={answer} />;
  return (
    <>
      <header className="rigid line-below px-16 py-12">
        <p className="small dim">{t(`question.${view.question}`)}</p>
        <h1 className="title strong breaks mb-4">{headingText(answer)}</h1>
        <div className={`flex top apart gap-12 ${styles.line}`}>
          <Controls
            view={view}
            answer={answer}
            onSet={onSet}
            isLooking={set && pending !== null}
            isWorst={isWorst}
            onWorst={() => setSelected(worst)}
          />
          <EvidenceMenu isPending={pending !== null} onSave={(scope) => void save(scope)} onShare={share} />
        </div>
        {view.item !== '' && found < 0 && !deleted && selected === null && (
          <p className="dim">{t('itemNotListed')}</p>
        )}
        {making && <Pending pending={making} label={t('evidence.making')} />}
      </header>
      <div className={`fill stack ${styles.body}`}>
        <AnswerList
          answer={answer}
          selected={place}
          onSelect={(at) => setSelected(subjectOf(answer.items[at] ?? item))}
          isPending={pending !== null}
        />
        <Evidence item={item} pending={pending} isDeleted={Boolean(deleted)} />
      </div>
    </>
  );
}

function QuestionBar({ view: { question, university } }: { view: View }) {
  const { t } = useTexts('insights');
  return (
    <nav className={`flex wrap rigid gap-4 px-16 pt-8 ${styles.questions}`} aria-label={t('chooseQuestion')}>
      {questions.options.map((one) => (
        <button
          className="small px-8 on-bg pointer rounded"
          key={one}
          type="button"
          aria-current={one === question ? 'page' : undefined}
          title={t(`question.${one}`)}
          onClick={() => navigate(insightsOf(one, university), { replace: true })}
        >
          {t(`tab.${one}`)}
        </button>
      ))}
    </nav>
  );
}

export default function InsightsView() {
  const view = useView() as View;
  const [set, setSet] = useState(false);
  const state = useAnswer(view, set && view.question === 'leavers');
  return (
    <div className={`fill column ${styles.insights}`}>
      <InsightsBar current="questions" university={view.university} />
      <QuestionBar view={view} />
      <Answered
        key={`${view.question} ${view.who} ${view.university} ${view.area}`}
        view={view}
        state={state}
        set={set}
        onSet={() => setSet(true)}
      />
    </div>
  );
}
