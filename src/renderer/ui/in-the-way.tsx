import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { historyOf } from '#shared/address/view.ts';
import type { UndoConflict } from '#shared/contract/faults.ts';
import { say } from '../i18n/setup.ts';
import { go } from '../stores/address.ts';
import { factsOf } from './conflict-facts.ts';
import type { ConflictFacts } from './conflict-facts.ts';
import { ConflictList } from './ConflictList.tsx';
import { openDialog } from './dialog.tsx';

/** So many are listed; the rest is counted. */
const most = 12;

interface Props {
  what: string;
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  close: () => void;
}

function InTheWay({ what, conflicts, facts, close }: Props) {
  const { t } = useTranslation(['history', 'common']);
  const show = (opId: string): void => {
    close();
    go(historyOf({ open: opId }));
  };
  // A record that came with the change is set back by no value.
  const byHand = conflicts.some(({ field }) => field !== null);
  return (
    <div className="conflicts">
      <p>{t('alone.inTheWay', { what })}</p>
      <ConflictList conflicts={conflicts.slice(0, most)} facts={facts} onShow={show} />
      {conflicts.length > most && (
        <p className="dim">{t('alone.more', { count: conflicts.length - most })}</p>
      )}
      <p>{t(byHand ? 'alone.advice' : 'alone.adviceWhole')}</p>
      <div className="dialog-buttons">
        <Button data-autofocus onClick={close}>
          {t('alone.close')}
        </Button>
      </div>
    </div>
  );
}

/** Says why one change cannot be undone by itself: what was changed since, by whom, with the way to it. Nothing was undone. */
export async function tellInTheWay(
  what: string,
  opId: string,
  conflicts: readonly UndoConflict[],
): Promise<void> {
  // Without its facts it can be told all the same.
  const facts = await factsOf(opId, conflicts).catch((): ConflictFacts => ({ since: new Map(), rest: true }));
  openDialog({ title: say('history:alone.title') }, (close) => (
    <InTheWay what={what} conflicts={conflicts} facts={facts} close={close} />
  ));
}
