import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Beyond so many signs or lines a text is first shown in part. */
const most = { signs: 320, lines: 8 };

/** True when a text is too long to be shown whole at first. */
export function isLong(text: string): boolean {
  return text.length > most.signs || text.split('\n').length > most.lines;
}

/** Shows a part of something long, and all of it on request. */
export function LongText({ long, children }: { long: boolean; children: ReactNode }) {
  const { t } = useTranslation('history');
  const [all, setAll] = useState(false);
  if (!long) return children;
  return (
    <span className="diff-long">
      <span className={all ? 'diff-whole' : 'diff-part'}>{children}</span>
      <button type="button" className="diff-more" aria-expanded={all} onClick={() => setAll(!all)}>
        {t(all ? 'detail.less' : 'detail.more')}
      </button>
    </span>
  );
}
