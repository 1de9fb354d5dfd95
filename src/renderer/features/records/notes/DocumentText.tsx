import { useEffect, useMemo, useRef } from 'react';
import { marksOf } from '#shared/domain/word-marks.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { MarkedText } from '../../../ui/MarkedText.tsx';
import type { FoundPassage } from './found-passage.ts';
import styles from './notes.module.css';

interface Props {
  /** The text of each page. */
  text: readonly string[];
  hasPages: boolean;
  found: FoundPassage | null;
}

/** The text of a document with marked words, scrolled to the first one on the page of the hit. */
export function DocumentText({ text, hasPages, found }: Props) {
  const { t } = useTexts('documents');
  const box = useRef<HTMLElement>(null);
  const pages = useMemo(
    () => text.map((page) => ({ text: page, marks: found ? marksOf(page, found.words, found.atStart) : [] })),
    [text, found],
  );
  useEffect(() => {
    if (!found) return;
    const page = box.current?.children[(found.page ?? 1) - 1];
    const place = page?.querySelector('mark') ?? box.current?.querySelector('mark') ?? page;
    place?.scrollIntoView({ block: 'center' });
  }, [found]);
  return (
    // Focusable, so that it can be scrolled by keyboard.
    <section
      ref={box}
      className={`card scroll-y pad-8 on-bg most-280 ${styles.text}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={t('file.text')}
    >
      {pages.map((page, at) => (
        <div key={at}>
          {hasPages && <h3 className="tiny medium dim">{t('file.page', { page: at + 1 })}</h3>}
          <p className="breaks lines mb-8">
            <MarkedText before="" excerpt={page} />
          </p>
        </div>
      ))}
    </section>
  );
}
