import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { useTexts } from '../../i18n/setup.ts';
import { numberText } from '../../text/values.ts';
import { Conflicts } from './Conflicts.tsx';
import { Differences } from './Differences.tsx';
import { Refused } from './Refused.tsx';
import styles from './sync.module.css';

const lists = ['conflicts', 'rejected', 'differences'] as const;
type List = (typeof lists)[number];

/** Lists that need a decision come first. */
const firstOf = ({ conflicts, quarantined }: SyncStatus): List =>
  conflicts > 0 ? 'conflicts' : quarantined > 0 ? 'rejected' : 'differences';

/** Conflicts, rejected changes, and differences from the server. */
export function Lists({ status }: { status: SyncStatus }) {
  const { t } = useTexts('sync');
  const [chosen, setChosen] = useState<List | null>(null);
  const [first, setFirst] = useState(() => firstOf(status));
  const urgent = firstOf(status);
  // A conflict that comes while the page is open is shown. The last one that is resolved does not change the list under the pointer.
  if (lists.indexOf(urgent) < lists.indexOf(first)) setFirst(urgent);
  const shown = chosen ?? first;
  const counts = { conflicts: status.conflicts, rejected: status.quarantined, differences: 0 };
  return (
    <section className={`gap-12 line-above pt-16 ${styles.lists}`} aria-label={t('list.label')}>
      <SegmentedControl
        size="xs"
        aria-label={t('list.label')}
        value={shown}
        onChange={setChosen}
        data={lists.map((value) => ({
          value,
          label:
            counts[value] > 0 ? `${t(`list.${value}`)} (${numberText(counts[value])})` : t(`list.${value}`),
        }))}
      />
      {shown === 'conflicts' && <Conflicts />}
      {shown === 'rejected' && <Refused />}
      {shown === 'differences' && <Differences />}
    </section>
  );
}
