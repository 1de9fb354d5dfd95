import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import type { UndoConflict } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../i18n/setup.ts';
import { useMe } from '../stores/profile.ts';
import { fieldName, titleOr } from '../text/names.ts';
import { fieldNamed, valueText } from '../text/values.ts';
import { factsOf, keyOf } from './conflict-facts.ts';
import type { ConflictFacts, Since } from './conflict-facts.ts';
import { RecordName } from './RecordName.tsx';
import { When } from './When.tsx';

type Direction = 'undo' | 'redo';
/** The rest only, all of it, nothing but go on to the change before, or nothing at all. */
type Choice = 'leave' | 'overwrite' | 'pass' | null;

function sentence({ reason, field }: UndoConflict): string {
  return say(`faults:conflict.${reason}`, { field: field === null ? '' : fieldName(field) });
}

function Side({ type, field, value }: { type: string; field: string; value: Json | undefined }) {
  const info = fieldNamed(type, field);
  if (info?.kind === 'reference' && typeof value === 'string') return <RecordName id={value} plain />;
  return <span>{valueText(value, info)}</span>;
}

/** Who changed it since, when, and from what to what. */
function Meanwhile({ type, since: { actor, at, field } }: { type: string; since: Since }) {
  const { t } = useTranslation(['frame', 'common']);
  const me = useMe()?.id;
  return (
    <span className="conflict-since">
      {field && (
        <span className="num">
          <Side type={type} field={field.key} value={field.before} /> →{' '}
          <Side type={type} field={field.key} value={field.after} />
        </span>
      )}
      <span className="dim">
        {t('conflict.by', { who: actor.id === me ? t('common:you') : actor.name })} · <When at={at} />
      </span>
    </span>
  );
}

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
      <ul>
        {conflicts.map((conflict) => {
          const since = facts.since.get(keyOf(conflict));
          return (
            <li key={keyOf(conflict)}>
              <strong>{titleOr(conflict.title, conflict.type)}</strong> – {sentence(conflict)}
              {since && <Meanwhile type={conflict.type} since={since} />}
            </li>
          );
        })}
      </ul>
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
  return new Promise((resolve) => {
    const close = (choice: Choice): void => {
      resolve(choice);
      modals.close('conflicts');
    };
    modals.open({
      modalId: 'conflicts',
      title: say('frame:conflict.title'),
      onClose: () => resolve(null),
      children: (
        <Conflicts direction={direction} what={what} conflicts={conflicts} facts={facts} close={close} />
      ),
    });
  });
}
