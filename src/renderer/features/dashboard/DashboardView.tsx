import { useRef } from 'react';
import type { DashboardView as View } from '#shared/address/view.ts';
import type { Question } from '#shared/contract/analysis.ts';
import { useView } from '../../stores/address.ts';
import { useStatus } from '../../stores/shown.ts';
import { useKeptScroll } from '../../stores/tabs/scroll.ts';
import { InsightsBar } from '../insights/InsightsBar.tsx';
import { ShareButton, useShareCommand } from '../share/commands.tsx';
import { Universities } from './Universities.tsx';
import { University } from './University.tsx';
import { useActor, useWorkspace } from '../../stores/profile.ts';
import { queries } from '../../stores/queries.ts';
import { localDay } from '../../text/local-day.ts';
import { answerQuery } from '../insights/useAnswer.ts';
import { askToShare } from '../share/ShareForm.tsx';
import { comparisonPage, universityPage } from './dashboard-page.ts';
import { useLeaving, useUniversities } from './useDashboard.ts';

const questions: readonly Question[] = ['leavers', 'degrading', 'undocumented', 'cohorts'];
const mostItems = 10;

/** Shares the comparison of all universities (''), or the dashboard of one. Undefined until it can be shared. */
function useShareDashboard(university: string): (() => void) | undefined {
  const workspace = useWorkspace().data?.name ?? '';
  const author = useActor()?.name ?? '';
  const { data } = useUniversities();
  const leaving = useLeaving(university, university !== '').data;
  const row = data?.universities.find(({ id }) => id === university);
  const canShare = data && data.universities.length > 0 && (university === '' || (row && leaving));
  const share = (): void => {
    if (!data) return;
    askToShare({
      suggested: `frames-dashboard-${localDay(new Date())}.html`,
      parts: ['people', 'universities'],
      people: [author],
      make: async (kept) => {
        const about = { workspace, author: kept.people ? author : '', head: data.head };
        if (!row || !leaving) return { page: comparisonPage(data, about) };
        const answers = await Promise.all(
          questions.map((question) =>
            queries.fetchQuery(answerQuery({ question, university, limit: mostItems })),
          ),
        );
        return { page: universityPage(row, leaving, answers, about) };
      },
    });
  };
  const offered = canShare ? share : undefined;
  useShareCommand(offered);
  return offered;
}

export default function DashboardView() {
  const { university } = useView() as View;
  const scroller = useRef<HTMLDivElement>(null);
  useKeptScroll(scroller, true);
  useStatus('');
  const share = useShareDashboard(university);
  return (
    <div className="fill column">
      <InsightsBar current="universities" university={university}>
        <ShareButton disabled={!share} onClick={() => share?.()} />
      </InsightsBar>
      <div className="fill scroll-y line-above mt-12 px-16 pt-12 pb-32" ref={scroller} key={university}>
        {university === '' ? <Universities /> : <University id={university} />}
      </div>
    </div>
  );
}
