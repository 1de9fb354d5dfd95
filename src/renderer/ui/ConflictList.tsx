import { useTranslation } from 'react-i18next';
import type { UndoConflict } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../i18n/setup.ts';
import { useMe } from '../stores/profile.ts';
import { fieldName, titleOr } from '../text/names.ts';
import { whoIs } from '../text/who.ts';
import { fieldNamed, valueText } from '../text/values.ts';
import { keyOf } from './conflict-facts.ts';
import type { ConflictFacts, Since } from './conflict-facts.ts';
import { RecordName } from './RecordName.tsx';
import { When } from './When.tsx';

function sentence({ reason, field }: UndoConflict): string {
  if (reason === 'changed_since' && field === null) return say('faults:conflict.changedAsWhole');
  return say(`faults:conflict.${reason}`, { field: field === null ? '' : fieldName(field) });
}

function Side({ type, field, value }: { type: string; field: string; value: Json | undefined }) {
  const info = fieldNamed(type, field);
  if (info?.kind === 'reference' && typeof value === 'string') return <RecordName id={value} plain />;
  return <span>{valueText(value, info)}</span>;
}

/** Who changed it since, when, and from what to what. */
function Meanwhile({ type, since: { actor, at, field } }: { type: string; since: Since }) {
  const { t } = useTranslation('frame');
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
        {t('conflict.by', { who: whoIs(actor, me) })} · <When at={at} />
      </span>
    </span>
  );
}

interface Props {
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  /** Shows the later change that is in the way, by its op id. */
  onShow?: (opId: string) => void;
}

/** What stands in the way of undoing something: which field of which record, and who changed it since. */
export function ConflictList({ conflicts, facts, onShow }: Props) {
  const { t } = useTranslation('history');
  return (
    <ul>
      {conflicts.map((conflict) => {
        const since = facts.since.get(keyOf(conflict));
        return (
          <li key={keyOf(conflict)}>
            <strong>{titleOr(conflict.title, conflict.type)}</strong> – {sentence(conflict)}
            {since && <Meanwhile type={conflict.type} since={since} />}
            {since && onShow && (
              <button type="button" className="link-button link-plain" onClick={() => onShow(since.opId)}>
                {t('alone.show')}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
