import { Button } from '@mantine/core';
import { IconPlus, IconSearchOff, IconTrashOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import { greyed } from '../../commands/greyed.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { inPast } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Elsewhere } from './filters/Elsewhere.tsx';
import { iconOf } from '../../ui/icons.ts';

/** A list without rows: nothing yet, nothing that fits, or nothing deleted; each with the one thing to do. */
export function ListEmpty({ view }: { view: ListView }) {
  const { t } = useTranslation('grid');
  const adding = useCommand('record.new');
  if (view.deleted === 'only' && view.search === '')
    return (
      <EmptyState icon={IconTrashOff} text={t(view.filters.length > 0 ? 'noDeletedMatch' : 'emptyDeleted')}>
        <Button variant="default" onClick={() => run('list.deleted')}>
          {t('emptyDeletedAction')}
        </Button>
      </EmptyState>
    );
  if (view.search !== '' || view.filters.length > 0) {
    return (
      <EmptyState icon={IconSearchOff} text={t('noMatch')}>
        {view.search !== '' && view.deleted === 'without' && <Elsewhere view={view} />}
        <Button variant="default" onClick={() => run('list.clear')}>
          {t('noMatchAction')}
        </Button>
      </EmptyState>
    );
  }
  // Nothing can be added to the past.
  if (inPast()) return <EmptyState icon={iconOf[view.type]} text={t('emptyThen')} />;
  return (
    <EmptyState icon={iconOf[view.type]} text={t(`empty.${view.type}`)}>
      <Button
        leftSection={<IconPlus size={16} stroke={1.8} />}
        {...greyed(adding)}
        onClick={() => run('record.new')}
      >
        {t(`new.${view.type}`)}
      </Button>
    </EmptyState>
  );
}
