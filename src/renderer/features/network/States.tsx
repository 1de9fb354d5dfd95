import { Button } from '@mantine/core';
import { IconTopologyStar3 } from '@tabler/icons-react';
import type { NetworkView } from '#shared/address/network.ts';
import { useTexts } from '../../i18n/setup.ts';
import { run } from '../../commands/registry.ts';
import { adjustNetwork } from '../../stores/address.ts';
import { useMayChange } from '../../stores/profile.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { newName } from '../../text/names.ts';
import type { SceneState } from './stage/useScene.ts';

/** The empty network; `notFound`: the centre record does not exist. */
export function EmptyNetwork({ view, notFound }: { view: NetworkView; notFound: boolean }) {
  const { t } = useTexts('network');
  const canEdit = useMayChange();
  const [text, action] = notFound
    ? [
        `${t('faults:NOT_FOUND.title')}.`,
        { label: t('whole'), run: () => adjustNetwork({ focus: '', panel: null }) },
      ]
    : view.filters.length > 0
      ? [t('empty.filtered'), { label: t('common:clearFilters'), run: () => adjustNetwork({ filters: [] }) }]
      : [t('empty.text'), canEdit ? { label: newName('team'), run: () => run('new.team') } : null];
  return (
    <EmptyState icon={IconTopologyStar3} text={text}>
      {action && <Button onClick={action.run}>{action.label}</Button>}
    </EmptyState>
  );
}

/** Reports that the network is drawn without WebGL. */
export function WebglNotice({ webgl, onRetry }: Omit<SceneState, 'scene'>) {
  const { t } = useTexts('network');
  if (webgl === 'found') return null;
  return (
    <output className="row rigid gap-8 small line-below on-info high-24 px-12 py-2">
      {t(`webgl.${webgl}`)}
      {webgl === 'lost' && (
        <Button size="compact-xs" variant="default" onClick={onRetry}>
          {t('webgl.retry')}
        </Button>
      )}
    </output>
  );
}
