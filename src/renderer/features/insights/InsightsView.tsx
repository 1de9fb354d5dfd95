import { Button, Menu, SegmentedControl, Switch } from '@mantine/core';
import { IconBulb, IconFileText, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { InsightsView as View } from '#shared/address/view.ts';
import { insightsOf, listOf } from '#shared/address/view.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import type { Answer } from '#shared/contract/analysis.ts';
import { rankingVerdict } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate, useView } from '../../stores/address.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { useStatus } from '../../stores/view-status.ts';
import { openListName, typeNames } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Explained } from '../../ui/Explained.tsx';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { ShareButton, useShareCommand } from '../share/commands.tsx';
import { ItemDetails, PendingProgress } from './ItemDetails.tsx';
import { AnswerList } from './AnswerList.tsx';
import { Formula } from './Formula.tsx';
import { InsightsBar } from './InsightsBar.tsx';
import { useEvidence } from './useEvidence.ts';
import {
  defaultCount,
  isAbout,
  matchesView,
  subjectOf,
  useAnswer,
  useLiveAnswer,
  useNamesPeople,
} from './useAnswer.ts';
import type { AnswerState } from './useAnswer.ts';
import { headingText, percentText, caveatText } from './sentences.ts';
import { api } from '../../api/client.ts';
import { useMe, useReadOnlyReason } from '../../stores/profile.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { whyNotLive } from '../../stores/target.ts';
import { denialText } from '../../text/faults.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import styles from './insights.module.css';

function NamingSwitch() {
  const { t } = useTexts('insights');
  const namesPeople = useNamesPeople();
  const me = useMe();
  const readOnlyReason = useReadOnlyReason();
  const refusal = whyNotLive() ?? readOnlyReason ?? denialText(me && rankingVerdict(me));
  const saveSetting = async (isOn: boolean): Promise<void> => {
    await api.analysis.setRanking({ people: isOn });
    notice({ id: 'ranking', title: t(isOn ? 'naming.saved' : 'naming.savedOff') });
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: queryKeys.ranking }),
      queryClient.invalidateQueries({ queryKey: queryKeys.insights({}).slice(0, 1) }),
    ]);
  };
  return (
    <Explained label={t('naming.label')} term={t(namesPeople ? 'naming.on' : 'naming.off')}>
      <Switch
        label={t('naming.label')}
        checked={namesPeople}
        disabled={refusal !== null}
        onChange={(event) => void saveSetting(event.currentTarget.checked).catch(reportError)}
      />
      <p className="small mt-8">{t('naming.what')}</p>
      {refusal !== null && <p className="dim small mt-8">{refusal}</p>}
    </Explained>
  );
}

function UniversityFilter({ view }: { view: View }) {
  const { t } = useTexts('insights');
  const name = useUniversityNames().get(view.university) ?? view.university;
  return (
    <QuietButton icon={IconX} onClick={() => navigate({ ...view, university: '' }, { replace: true })}>
      {t('only', { name })}
    </QuietButton>
  );
}

const whoOptions = ['all', 'people', 'teams'] as const;

function Controls({
  view,
  answer,
  onFindWorst,
  isSearching,
  isWorstShown,
  onShowWorst,
}: {
  view: View;
  answer: Answer;
  onFindWorst: () => void;
  isSearching: boolean;
  /** The worst set is shown as evidence. */
  isWorstShown: boolean;
  onShowWorst: () => void;
}) {
  const { t } = useTexts('insights');
  const { worst } = answer;
  const namesPeople = useNamesPeople();
  return (
    <div className={`row wrap small ${styles.controls}`}>
      <Formula text={t(`formula.${view.question}`)} />
      {view.university !== '' && <UniversityFilter view={view} />}
      {view.area !== '' && !answer.items.some(matchesView(view)) && (
        <span>{t('areaUnlisted', { area: view.area })}</span>
      )}
      {['leaving', 'leavers', 'expertise', 'code'].includes(view.question) && <NamingSwitch />}
      {view.question === 'leavers' && (
        <>
          {namesPeople && (
            <SegmentedControl
              aria-label={t('who.label')}
              value={view.who}
              data={whoOptions.map((value) => ({
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
              aria-pressed={isWorstShown}
              onClick={onShowWorst}
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
            <Button size="xs" loading={isSearching} onClick={onFindWorst}>
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
          <Button size="xs" leftSection={<IconFileText size={16} stroke={1.6} />}>
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

function NoItems({ answer }: { answer: Answer }) {
  const caveat = caveatText(answer);
  const type = answer.question === 'code' ? 'repository' : 'interface';
  return (
    <EmptyState icon={IconBulb} text={[headingText(answer), caveat ?? ''].join(' ').trim()}>
      <Button onClick={() => navigate(listOf(type))}>{openListName(type)}</Button>
    </EmptyState>
  );
}

/** The selection value for the worst set of records; no subject of an item has this form. */
const worstKey = '*';

function AnswerView({
  view,
  state,
  onFindWorst,
  onShowMore,
  isWorstRequested,
}: {
  view: View;
  state: AnswerState;
  onShowMore: () => void;
  onFindWorst: () => void;
  isWorstRequested: boolean;
}) {
  const { t } = useTexts('insights');
  const [selectedKey, setSelected] = useState<string | null>(null);
  const { data: liveAnswer } = useLiveAnswer(view);
  const { answer, error, pending, retry } = state;
  const { pendingExport, save, share } = useEvidence(view, answer);
  useShareCommand(answer && pending === null && answer.items.length > 0 ? share : undefined);
  useStatus(
    answer && answer.ranked > 0 ? t('shown', { shown: answer.items.length, all: answer.ranked }) : '',
  );
  if (!answer) return <QueryView query={{ data: answer, error, refetch: retry }} />;
  const isWorstShown = selectedKey === worstKey && answer.worst !== null;
  const foundIndex = answer.items.findIndex(
    selectedKey === null ? matchesView(view) : (candidate) => isAbout(candidate, selectedKey),
  );
  const chosenSubject = selectedKey ?? view.item;
  // If the sandbox no longer lists a repaired item, the item of live is shown.
  const liveItem =
    foundIndex < 0 && chosenSubject === view.item
      ? liveAnswer?.items.find((other) => isAbout(other, chosenSubject))
      : undefined;
  const itemIndex = isWorstShown || liveItem ? -1 : Math.max(0, foundIndex);
  const item = isWorstShown ? answer.worst : (liveItem ?? answer.items[itemIndex]);
  if (!item) return <NoItems answer={answer} />;
  return (
    <>
      <header className="rigid line-below px-16 py-12">
        <p className="small dim">{t(`question.${view.question}`)}</p>
        <h1 className="title strong breaks mb-4">{headingText(answer)}</h1>
        <div className={`flex top apart gap-12 ${styles.line}`}>
          <Controls
            view={view}
            answer={answer}
            onFindWorst={onFindWorst}
            isSearching={isWorstRequested && pending !== null}
            isWorstShown={isWorstShown}
            onShowWorst={() => setSelected(worstKey)}
          />
          <EvidenceMenu isPending={pending !== null} onSave={(scope) => void save(scope)} onShare={share} />
        </div>
        {view.item !== '' && foundIndex < 0 && !liveItem && selectedKey === null && (
          <p className="dim">{t('itemNotListed')}</p>
        )}
        {pendingExport && <PendingProgress pending={pendingExport} label={t('evidence.making')} />}
      </header>
      <div className={`fill stack ${styles.body}`}>
        <AnswerList
          answer={answer}
          selectedIndex={itemIndex}
          onSelect={(index) => setSelected(subjectOf(answer.items[index] ?? item))}
          onShowMore={onShowMore}
          isPending={pending !== null}
        />
        <ItemDetails item={item} pending={pending} isUnlisted={liveItem !== undefined} />
      </div>
    </>
  );
}

function QuestionBar({ view: { question, university } }: { view: View }) {
  const { t } = useTexts('insights');
  return (
    <nav className={`flex wrap rigid gap-4 px-16 pt-8 ${styles.questions}`} aria-label={t('chooseQuestion')}>
      {questions.options.map((option) => (
        <button
          className="small px-8 on-bg pointer rounded"
          key={option}
          type="button"
          aria-current={option === question ? 'page' : undefined}
          title={t(`question.${option}`)}
          onClick={() => navigate(insightsOf(option, university), { replace: true })}
        >
          {t(`tab.${option}`)}
        </button>
      ))}
    </nav>
  );
}

export default function InsightsView() {
  const view = useView() as View;
  const [isWorstRequested, setWorstRequested] = useState(false);
  const key = `${view.question} ${view.who} ${view.university} ${view.area}`;
  const [longer, setLonger] = useState({ key, count: defaultCount });
  const count = longer.key === key ? longer.count : defaultCount;
  const state = useAnswer(view, { isWorstRequested: isWorstRequested && view.question === 'leavers', count });
  return (
    <div className={`fill column ${styles.insights}`}>
      <InsightsBar currentPage="questions" university={view.university} />
      <QuestionBar view={view} />
      <AnswerView
        key={key}
        view={view}
        state={state}
        isWorstRequested={isWorstRequested}
        onFindWorst={() => setWorstRequested(true)}
        onShowMore={() => setLonger({ key, count: count + defaultCount })}
      />
    </div>
  );
}
