import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useStatus } from '../stores/shown.ts';
import { useKeptScroll } from '../stores/tabs/scroll.ts';
import { ViewHeader } from './ViewHeader.tsx';
import './page.css';

interface Props {
  title: string;
  titleNote?: ReactNode;
  actions?: ReactNode;
  /** The maximum width: of text (the default), of a form with columns, or of the window. */
  width?: 'text' | 'form' | 'wide';
  /** Nothing inside is focusable: the page itself is, so that arrow keys scroll it. */
  still?: boolean;
  children: ReactNode;
}

export function Page({ title, titleNote, actions, width = 'text', still = false, children }: Props) {
  const scroller = useRef<HTMLElement>(null);
  useKeptScroll(scroller, true);
  useStatus('');
  return (
    <>
      <ViewHeader title={title} actions={actions}>
        {titleNote}
      </ViewHeader>
      <section className="page" ref={scroller} aria-label={title} {...(still ? { tabIndex: 0 } : {})}>
        <div className={`stack single px-12 pt-16 pb-32 page-body page-${width}`}>{children}</div>
      </section>
    </>
  );
}
