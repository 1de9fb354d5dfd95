import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { inSentence, typeName } from '../../../text/names.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { RecordName } from '../../../ui/RecordName.tsx';
import { useRecord } from '../../records/data/record.ts';
import styles from '../dashboard.module.css';

/** Type and university, because names alone are often ambiguous. */
function TypeAndUniversity({ id }: { id: string }) {
  const { data } = useRecord(id);
  const universities = useUniversityNames();
  if (!data) return null;
  const university = universities.get(data.university_id ?? '') ?? '';
  return (
    <span className="dim">
      {[inSentence(typeName(data.type)), university].filter((part) => part !== '').join(' · ')}
    </span>
  );
}

const expandStep = 20;

function ExpandableList<T>({
  items,
  initialCount,
  className,
  children,
}: {
  items: readonly T[];
  initialCount: number;
  className: string;
  children: (item: T) => ReactNode;
}) {
  const { t } = useTexts('structure');
  const [shownCount, setShownCount] = useState(initialCount);
  const hiddenCount = items.length - shownCount;
  return (
    <>
      <ul className={className}>{items.slice(0, shownCount).map(children)}</ul>
      {hiddenCount > 0 && (
        <p className={styles.more}>
          <LinkButton onClick={() => setShownCount(shownCount + expandStep)}>
            {t('insights:more', { count: hiddenCount })}
          </LinkButton>
        </p>
      )}
    </>
  );
}

export function RecordList({ ids, initialCount = 6 }: { ids: readonly string[]; initialCount?: number }) {
  return (
    <ExpandableList items={ids} initialCount={initialCount} className={`small ${styles.plain}`}>
      {(id) => (
        <li className="py-4" key={id}>
          <RecordName id={id} /> <TypeAndUniversity id={id} />
        </li>
      )}
    </ExpandableList>
  );
}

export function PairList({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <ExpandableList items={pairs} initialCount={6} className={`small ${styles.plain}`}>
      {([idA, idB]) => (
        <li className="py-4" key={`${idA} ${idB}`}>
          <RecordName id={idA} /> – <RecordName id={idB} />
        </li>
      )}
    </ExpandableList>
  );
}

export interface RankedRecord {
  id: string;
  value: string;
  note: string;
}

export function RankedList({ items }: { items: readonly RankedRecord[] }) {
  return (
    <ExpandableList items={items} initialCount={6} className={`small ${styles.items}`}>
      {({ id, value, note }) => (
        <li key={id}>
          <span className="flex baseline apart gap-12 medium">
            <RecordName id={id} />
            <span className="num">{value}</span>
          </span>
          <span className="dim">
            <TypeAndUniversity id={id} /> · {note}
          </span>
        </li>
      )}
    </ExpandableList>
  );
}
