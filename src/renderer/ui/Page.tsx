import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useStatus } from '../stores/view-status.ts';
import { useScrollRestore } from '../stores/tabs/scroll.ts';
import { ViewHeader } from './ViewHeader.tsx';
import './page.css';

interface Props {
  title: string;
  titleNote?: ReactNode;
  actions?: ReactNode;
  /** The maximum width: of text (the default), of a form with columns, or of the window. */
  width?: 'text' | 'form' | 'wide';
  /** Makes the page focusable, so that arrow keys scroll it, because nothing in it is. */
  isFocusable?: boolean;
  children: ReactNode;
}

export function Page({ title, titleNote, actions, width = 'text', isFocusable = false, children }: Props) {
  const scroller = useRef<HTMLElement>(null);
  useScrollRestore(scroller, true);
  useStatus('');
  return (
    <>
      <ViewHeader title={title} actions={actions}>
        {titleNote}
      </ViewHeader>
      <section className="page" ref={scroller} aria-label={title} {...(isFocusable ? { tabIndex: 0 } : {})}>
        <div className={`stack single px-12 pt-16 pb-32 page-body page-${width}`}>{children}</div>
      </section>
    </>
  );
}
