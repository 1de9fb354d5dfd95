import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChartBar } from '@tabler/icons-react';
import { useState } from 'react';
import { dashboardOf, insightsOf } from '#shared/address/view.ts';
import type { Insight, Question } from '#shared/contract/analysis.ts';
import type { LeavingReport, UniversityRow } from '#shared/contract/dashboards.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { countedRecords, openListName } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LinkButton, TitleLink } from '../../ui/LinkButton.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Formula } from '../insights/Formula.tsx';
import { answerQuery } from '../insights/useAnswer.ts';
import { headingText, reasonText, valueText } from '../insights/sentences.ts';
import { Outcomes } from './Outcomes.tsx';
import { OverTerms } from './OverTerms.tsx';
import { useLeaving, useUniversities } from './useDashboard.ts';
import { lossShare, shareText, termText } from './figures.ts';
import styles from './dashboard.module.css';

const maxItems = 5;
const maxTeams = 6;

function Item({ item, value }: { item: Insight; value: string }) {
  const { id, type, title } = item;
  return (
    <li>
      <span className="flex baseline apart gap-12 medium">
        {id !== undefined && type !== null ? <TitleLink {...{ type, id, title }} /> : title}
        <span className="num">{value}</span>
      </span>
      <span className="dim">{reasonText(item)}</span>
    </li>
  );
}

function AnswerSection({ question, university }: { question: Question; university: string }) {
  const { t } = useTexts('insights');
  const input = { question, university, limit: maxItems };
  const query = useQuery(answerQuery(input));
  return (
    <section>
      <h2>{t(`insights:question.${question}`)}</h2>
      <QueryView query={query} label={null}>
        {(answer) =>
          answer.ranked === 0 ? (
            <p className="dim">{headingText(answer)}</p>
          ) : (
            <>
              <ol className={`small ${styles.items}`}>
                {answer.items.map((item) => (
                  <Item
                    key={`${item.id ?? item.title} ${reasonText(item)}`}
                    item={item}
                    value={valueText(item)}
                  />
                ))}
              </ol>
              <p className={styles.more}>
                <LinkButton onClick={() => navigate(insightsOf(question, university))}>
                  {t('dashboard:inInsights', { count: answer.ranked })}
                </LinkButton>
                <Formula text={t(`insights:formula.${question}`)} />
              </p>
            </>
          )
        }
      </QueryView>
    </section>
  );
}

function LeavingTeam({ group }: { group: LeavingReport['by_team'][number] }) {
  const { t } = useTexts('dashboard');
  const { team, members, leaving } = group;
  return (
    <li>
      <span className="flex baseline apart gap-12 medium">
        {team ? <TitleLink type="team" id={team.id} title={team.title} /> : t('leaving.noTeam')}
        <span className="num">
          {team
            ? t('grid:some', { shown: numberText(leaving.length), all: numberText(members) })
            : numberText(leaving.length)}
        </span>
      </span>
      <span className="flex wrap gap-2-12">
        {leaving.map(({ id, title, terms }) => (
          <span key={id}>
            <TitleLink type="student" id={id} title={title} />{' '}
            <span className="dim">
              {terms <= 0 ? t('leaving.over') : t('leaving.left', { count: terms })}
            </span>
          </span>
        ))}
      </span>
    </li>
  );
}

function LeavingSoon({ leaving }: { leaving: LeavingReport }) {
  const { t } = useTexts('dashboard');
  const [isExpanded, setExpanded] = useState(false);
  const { by_team: groups, by: termEnd } = leaving;
  const shownGroups = isExpanded ? groups : groups.slice(0, maxTeams);
  return (
    <section>
      <h2>{t('dashboard:leaving.title', { by: termText(termEnd, 'long') })}</h2>
      {groups.length === 0 && <p className="dim">{t('dashboard:leaving.none')}</p>}
      <ul className={`small ${styles.items}`}>
        {shownGroups.map((group) => (
          <LeavingTeam key={group.team?.id ?? ''} group={group} />
        ))}
      </ul>
      {groups.length > maxTeams && (
        <LinkButton
          className={styles.more ?? ''}
          aria-expanded={isExpanded}
          onClick={() => setExpanded(!isExpanded)}
        >
          {isExpanded ? t('views:fewer') : t('dashboard:leaving.more', { count: groups.length - maxTeams })}
        </LinkButton>
      )}
    </section>
  );
}

/** The counts and shares of a university, in one line. */
export function factsText(row: UniversityRow): string {
  const facts = [
    countedRecords('team', row.teams),
    countedRecords('faculty', row.faculty),
    say('dashboard:facts.students', { count: row.students }),
    countedRecords('project', row.projects),
    say('dashboard:facts.within', { count: row.links.within }),
    say('dashboard:facts.across', { count: row.links.across }),
    say('dashboard:facts.loss', { share: shareText(lossShare(row)) }),
    say('dashboard:facts.undocumented', { share: shareText(row.undocumented) }),
  ];
  return facts.join(' · ');
}

export function leavingHeading(leaving: LeavingReport): string {
  const { people, teams, by: termEnd } = leaving;
  const term = termText(termEnd, 'long');
  if (people === 0) return say('dashboard:heading.nobody', { by: term });
  return teams === 0
    ? say('dashboard:heading.leaveNoTeam', { count: people, by: term })
    : say('dashboard:heading.leave', { count: people, teams: countedRecords('team', teams), by: term });
}

export function University({ id }: { id: string }) {
  const { t } = useTexts('dashboard');
  const universitiesQuery = useUniversities();
  const leavingQuery = useLeaving(id);
  const error = universitiesQuery.error ?? leavingQuery.error;
  const row = universitiesQuery.data?.universities.find((candidate) => candidate.id === id);
  if (universitiesQuery.data && !row)
    return (
      <EmptyState icon={IconChartBar} text={t('gone')}>
        <Button onClick={() => navigate(dashboardOf())}>{openListName('university')}</Button>
      </EmptyState>
    );
  if (error && !(universitiesQuery.data && leavingQuery.data))
    return (
      <ErrorState
        error={error}
        onRetry={() => void Promise.all([universitiesQuery.refetch(), leavingQuery.refetch()])}
      />
    );
  if (!row || !leavingQuery.data) return <ProgressLine progress={null} label={t('common:loading')} />;
  return (
    <>
      <header className="mb-16">
        <p className="medium dim">
          <TitleLink type="university" id={id} title={row.name} />
        </p>
        <h1 className="title strong breaks mb-4">{leavingHeading(leavingQuery.data)}</h1>
        <p className="small dim">{factsText(row)}</p>
      </header>
      <div className={`stack top mt-24 ${styles.charts} print-flow`}>
        <LeavingSoon leaving={leavingQuery.data} />
        <AnswerSection question="leavers" university={id} />
        <AnswerSection question="degrading" university={id} />
        <AnswerSection question="undocumented" university={id} />
        <AnswerSection question="cohorts" university={id} />
        <Outcomes outcomes={row.outcomes} />
        <OverTerms university={id} />
      </div>
    </>
  );
}
