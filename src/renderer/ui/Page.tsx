import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useStatus } from '../stores/shown.ts';
import { useKeptScroll } from '../stores/tabs/scroll.ts';
import { ViewHeader } from './ViewHeader.tsx';
import './page.css';

interface Props {
  title: string;
  beside?: ReactNode;
  actions?: ReactNode;
  /** How wide it may become: for lines to be read (the default), for a form with columns, or as wide as the window. */
  width?: 'text' | 'form' | 'wide';
  /** Nothing in it takes the focus: it does itself, so that arrow keys scroll it. */
  still?: boolean;
  children: ReactNode;
}

export function Page({ title, beside, actions, width = 'text', still = false, children }: Props) {
  const scroller = useRef<HTMLElement>(null);
  useKeptScroll(scroller, true);
  useStatus('');
  return (
    <>
      <ViewHeader title={title} actions={actions}>
        {beside}
      </ViewHeader>
      <section className="page" ref={scroller} aria-label={title} {...(still ? { tabIndex: 0 } : {})}>
        <div className={`page-body page-${width}`}>{children}</div>
      </section>
    </>
  );
}
