import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sumOf } from '#shared/domain/counts.ts';
import { useKeptScroll } from '../../stores/tabs/scroll.ts';
import { useStatus } from '../../stores/shown.ts';
import { useMe, useWorkspace } from '../../stores/profile.ts';
import { inPast } from '../../stores/target.ts';
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
  useStatus(summary);
}

/** What is here, what needs attention, what changed, how it is kept, where to go on. */
export default function HomeView() {
  const { t } = useTranslation('home');
  const { data: workspace, error, refetch } = useWorkspace();
  const me = useMe();
  const findings = useFindings();
  const [now] = useState(() => new Date());
  const counts = workspace?.counts;
  const records = counts ? sumOf(counts) : null;
  const scroller = useRef<HTMLDivElement>(null);
  useSummary(records);
  useKeptScroll(scroller, workspace !== undefined && findings.data !== undefined);
  if (error && !workspace) return <ErrorState error={error} onRetry={() => void refetch()} />;

  const role = me?.role;
  const past = inPast();
  // In the past nobody changes anything, whatever the role.
  const locked = !past && role !== 'admin' && role !== 'researcher';
  const matters = findings.data ? mattersOf(findings.data, locked) : null;
  const empty = records === 0;
  const known = matters !== null;
  const title = empty
    ? t(past ? 'emptyThen.title' : 'empty.title')
    : findings.error
      ? t('need.unread')
      : known
        ? needText(matters.length)
        : t('need.looking');
  return (
    <div className="home" ref={scroller}>
      <div className="home-page">
        <p className="home-here">{workspace ? hereText(workspace.name, workspace.counts, now) : ' '}</p>
        <h1>{title}</h1>
        {workspace?.sample && !empty && <SampleNote />}
        {empty && <Empty />}
        {!empty && findings.error && (
          <ErrorState error={findings.error} onRetry={() => void findings.refetch()} />
        )}
        {!empty && !known && !findings.error && <Coming />}
        {!empty && known && matters.length === 0 && <p className="dim home-calm">{t('need.noneText')}</p>}
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
