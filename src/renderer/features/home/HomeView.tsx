import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShown } from '../../stores/shown.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Attention } from './attention/Attention.tsx';
import { mattersOf, needText } from './attention/sentences.ts';
import { useFindings } from './attention/useFindings.ts';
import { Empty } from './Empty.tsx';
import { GoOn } from './GoOn.tsx';
import { hereText } from './greeting.ts';
import { Kept } from './kept/Kept.tsx';
import { Recent } from './recent/Recent.tsx';
import { SampleNote } from './SampleNote.tsx';
import './home.css';

/** Three lines in the shape of what comes. */
function Coming() {
  return (
    <ul className="matters" aria-hidden>
      {[0, 1, 2].map((line) => (
        <li key={line} className="matter">
          <span className="home-bar" />
        </li>
      ))}
    </ul>
  );
}

function useSummary(records: number | null): void {
  const { t } = useTranslation('common');
  const summary = records === null ? '' : t('count', { count: records });
  useEffect(() => {
    useShown.setState({ summary, selected: 0 });
    return () => useShown.setState({ summary: '', selected: 0 });
  }, [summary]);
}

/** What is here, what needs attention, what changed, how it is kept, where to go on. */
export default function HomeView() {
  const { t } = useTranslation('home');
  const { data: workspace, error, refetch } = useWorkspace();
  const findings = useFindings();
  const [now] = useState(() => new Date());
  const counts = workspace?.counts;
  const records = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : null;
  useSummary(records);
  if (error && !workspace) return <ErrorState error={error} onRetry={() => void refetch()} />;

  const matters = findings.data ? mattersOf(findings.data) : null;
  const empty = records === 0;
  const title = empty ? t('empty.title') : matters ? needText(matters.length) : t('need.looking');
  return (
    <div className="home">
      <div className="home-page">
        <p className="home-here">{workspace ? hereText(workspace.name, workspace.counts, now) : ' '}</p>
        <h1>{title}</h1>
        {workspace?.sample && !empty && <SampleNote />}
        {empty && <Empty />}
        {!empty && findings.error && (
          <ErrorState error={findings.error} onRetry={() => void findings.refetch()} />
        )}
        {!empty && !matters && !findings.error && <Coming />}
        {!empty && matters?.length === 0 && <p className="dim home-calm">{t('need.noneText')}</p>}
        {!empty && matters && matters.length > 0 && <Attention matters={matters} />}
        <div className="home-columns">
          <Recent />
          <Kept />
        </div>
        {!empty && <GoOn />}
      </div>
    </div>
  );
}
