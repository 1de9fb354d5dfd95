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
function About({ id }: { id: string }) {
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

const step = 20;

function Some<T>({
  items,
  first,
  className,
  children,
}: {
  items: readonly T[];
  first: number;
  className: string;
  children: (item: T) => ReactNode;
}) {
  const { t } = useTexts('structure');
  const [shown, setShown] = useState(first);
  const hidden = items.length - shown;
  return (
    <>
      <ul className={className}>{items.slice(0, shown).map(children)}</ul>
      {hidden > 0 && (
        <p className={styles.more}>
          <LinkButton onClick={() => setShown(shown + step)}>
            {t('insights:more', { count: hidden })}
          </LinkButton>
        </p>
      )}
    </>
  );
}

export function Names({ ids, first = 6 }: { ids: readonly string[]; first?: number }) {
  return (
    <Some items={ids} first={first} className={`small ${styles.plain}`}>
      {(id) => (
        <li className="py-4" key={id}>
          <RecordName id={id} /> <About id={id} />
        </li>
      )}
    </Some>
  );
}

export function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <Some items={pairs} first={6} className={`small ${styles.plain}`}>
      {([one, other]) => (
        <li className="py-4" key={`${one} ${other}`}>
          <RecordName id={one} /> – <RecordName id={other} />
        </li>
      )}
    </Some>
  );
}

export interface RankedRecord {
  id: string;
  value: string;
  note: string;
}

export function Ranked({ items }: { items: readonly RankedRecord[] }) {
  return (
    <Some items={items} first={6} className={`small ${styles.items}`}>
      {({ id, value, note }) => (
        <li key={id}>
          <span className="flex baseline apart gap-12 medium">
            <RecordName id={id} />
            <span className="num">{value}</span>
          </span>
          <span className="dim">
            <About id={id} /> · {note}
          </span>
        </li>
      )}
    </Some>
  );
}
