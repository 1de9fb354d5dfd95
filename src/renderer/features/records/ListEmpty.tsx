import { Button } from '@mantine/core';
import { IconSearchOff, IconTrashOff } from '@tabler/icons-react';
import type { ListView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { run } from '../../commands/registry.ts';
import { inPast } from '../../stores/target.ts';
import { inSentence, lookUp, typeNames } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Elsewhere } from './filters/Elsewhere.tsx';
import { iconOf } from '../../ui/icons.ts';

/** An empty list: no records, no matches or nothing deleted, each with one action. */
export function ListEmpty({ view }: { view: ListView }) {
  const { t } = useTexts('grid');
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
  // The past is read-only.
  if (inPast()) return <EmptyState icon={iconOf[view.type]} text={`${t('home:emptyThen.title')}.`} />;
  return (
    <EmptyState
      icon={iconOf[view.type]}
      text={
        lookUp(`grid:emptyOf.${view.type}`) ?? t('emptyText', { types: inSentence(typeNames(view.type)) })
      }
    >
      <CommandButton primary signed id="record.new" />
    </EmptyState>
  );
}
