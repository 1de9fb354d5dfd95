import { Button } from '@mantine/core';
import { IconPhotoOff, IconTopologyStar3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import { run } from '../../commands/registry.ts';
import { adjustNetwork, go } from '../../stores/address.ts';
import { useMayChange } from '../../stores/profile.ts';
import { inSentence, typeNames } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import styles from './network.module.css';

/** Shown where there is nothing to draw; `notFound` where the record in the centre does not exist. */
export function EmptyNetwork({ view, notFound }: { view: NetworkView; notFound: boolean }) {
  const { t } = useTranslation(['network', 'grid']);
  const canEdit = useMayChange();
  const [text, action] = notFound
    ? [t('empty.notFound'), { label: t('whole'), run: () => adjustNetwork({ focus: '', panel: null }) }]
    : view.filters.length > 0
      ? [t('empty.filtered'), { label: t('empty.clear'), run: () => adjustNetwork({ filters: [] }) }]
      : [t('empty.text'), canEdit ? { label: t('grid:new.team'), run: () => run('new.team') } : null];
  return (
    <EmptyState icon={IconTopologyStar3} text={text}>
      {action && <Button onClick={action.run}>{action.label}</Button>}
    </EmptyState>
  );
}

interface Props {
  view: NetworkView;
  /** The graphics card stopped drawing, and can draw again. */
  onRetry: (() => void) | undefined;
}

export function NoWebgl({ view: { types, filters }, onRetry }: Props) {
  const { t } = useTranslation('network');
  return (
    <div className={`state ${styles.noWebgl}`} role="alert">
      <IconPhotoOff className="state-icon" size={28} stroke={1.4} />
      <h2>{t(onRetry ? 'noWebgl.lost' : 'noWebgl.title')}</h2>
      <p>{t(onRetry ? 'noWebgl.lostText' : 'noWebgl.text')}</p>
      <div className={styles.choices}>
        {onRetry && <Button onClick={onRetry}>{t('noWebgl.again')}</Button>}
        {[...types, 'interface' as const].map((type) => (
          <Button
            key={type}
            variant="default"
            onClick={() =>
              go({
                ...listOf(type),
                filters: filters.filter((one) => one.type === type).map(({ filter }) => filter),
              })
            }
          >
            {t('noWebgl.open', { what: inSentence(typeNames(type)) })}
          </Button>
        ))}
      </div>
    </div>
  );
}
