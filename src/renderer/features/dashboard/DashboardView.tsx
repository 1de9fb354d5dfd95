import { useRef } from 'react';
import type { DashboardView as View } from '#shared/address/view.ts';
import { useView } from '../../stores/address.ts';
import { useStatus } from '../../stores/shown.ts';
import { useKeptScroll } from '../../stores/tabs/scroll.ts';
import { InsightsBar } from '../insights/InsightsBar.tsx';
import { ShareButton } from '../share/commands.tsx';
import { Universities } from './Universities.tsx';
import { University } from './University.tsx';
import { useShareDashboard } from './useShareDashboard.ts';

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
