import { Button } from '@mantine/core';
import { IconSearchOff, IconTrashOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { run } from '../../commands/registry.ts';
import { inPast } from '../../stores/target.ts';
import { typeNames } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Elsewhere } from './filters/Elsewhere.tsx';
import { iconOf } from '../../ui/icons.ts';

/** A list without rows: nothing yet, nothing that fits, or nothing deleted; each with the one thing to do. */
export function ListEmpty({ view }: { view: ListView }) {
  const { t } = useTranslation('grid');
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
        <CommandButton id="list.clear" />
      </EmptyState>
    );
  }
  // Nothing can be added to the past.
  if (inPast()) return <EmptyState icon={iconOf[view.type]} text={t('emptyThen')} />;
  return (
    <EmptyState icon={iconOf[view.type]} text={t('emptyText', { types: typeNames(view.type) })}>
      <CommandButton primary signed id="record.new" />
    </EmptyState>
  );
}
