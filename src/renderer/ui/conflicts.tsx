import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UndoConflict } from '#shared/contract/faults.ts';
import { say } from '../i18n/setup.ts';
import { factsOf } from './conflict-facts.ts';
import type { ConflictFacts } from './conflict-facts.ts';
import { ConflictList } from './ConflictList.tsx';
import { askDialog } from './dialog.tsx';

type Direction = 'undo' | 'redo';
/** The rest only, all of it, nothing but go on to the change before, or nothing at all. */
type Choice = 'leave' | 'overwrite' | 'pass' | null;

interface Props {
  direction: Direction;
  what: string;
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  close: (choice: Choice) => void;
}

function Conflicts({ direction, what, conflicts, facts, close }: Props) {
  const { t } = useTranslation(['frame', 'common']);
  return (
    <div className="conflicts">
      <p>{t(`conflict.${direction}`, { what })}</p>
      <ConflictList conflicts={conflicts} facts={facts} />
      {!facts.rest && <p>{t('conflict.noRest')}</p>}
      <div className="dialog-buttons">
        <Button variant="default" onClick={() => close(null)}>
          {t('common:cancel')}
        </Button>
        <Button variant="default" color="red" onClick={() => close('overwrite')}>
          {t('conflict.overwrite')}
        </Button>
        {facts.rest ? (
          <Button data-autofocus onClick={() => close('leave')}>
            {t(direction === 'undo' ? 'conflict.leaveUndo' : 'conflict.leaveRedo')}
          </Button>
        ) : (
          <Button data-autofocus onClick={() => close('pass')}>
            {t('passOver')}
          </Button>
        )}
      </div>
    </div>
  );
}

/**
 * Lists what was changed since, by whom and how, and lets the person decide: the rest only, all of it, nothing of this change
 * but the one before it, or nothing (null).
 */
export async function askAboutConflicts(
  direction: Direction,
  what: string,
  opId: string,
  conflicts: readonly UndoConflict[],
): Promise<Choice> {
  // Without its facts the question can be asked all the same.
  const facts = await factsOf(opId, conflicts).catch((): ConflictFacts => ({ since: new Map(), rest: true }));
  return askDialog<Choice>({ title: say('frame:conflict.title') }, null, (close) => (
    <Conflicts direction={direction} what={what} conflicts={conflicts} facts={facts} close={close} />
  ));
}
