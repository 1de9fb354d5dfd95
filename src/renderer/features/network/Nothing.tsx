import { Button } from '@mantine/core';
import { IconTopologyStar3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '#shared/address/network.ts';
import { run } from '../../commands/registry.ts';
import { adjustNetwork } from '../../stores/address.ts';
import { useMayChange } from '../../stores/profile.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** Stands in the place of a network that shows nothing, and leads on: `gone` where the record in its middle is no more. */
export function Nothing({ view, gone }: { view: NetworkView; gone: boolean }) {
  const { t } = useTranslation('network');
  const mayChange = useMayChange();
  if (gone)
    return (
      <EmptyState icon={IconTopologyStar3} text={t('empty.gone')}>
        <Button onClick={() => adjustNetwork({ focus: '', panel: null })}>{t('aroundLeave')}</Button>
      </EmptyState>
    );
  return view.filters.length > 0 ? (
    <EmptyState icon={IconTopologyStar3} text={t('empty.narrow')}>
      <Button onClick={() => adjustNetwork({ filters: [] })}>{t('empty.narrowAction')}</Button>
    </EmptyState>
  ) : (
    <EmptyState icon={IconTopologyStar3} text={t('empty.text')}>
      {mayChange && <Button onClick={() => run('new.team')}>{t('empty.action')}</Button>}
    </EmptyState>
  );
}
