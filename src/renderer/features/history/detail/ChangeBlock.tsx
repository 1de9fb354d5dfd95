import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronRight, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { historyOf, recordIn } from '#shared/address/view.ts';
import type { AuditChange } from '#shared/contract/history.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { go } from '../../../stores/address.ts';
import { upkeepFacts } from '../../../text/act-facts.ts';
import { diffOf, isWhole } from '../../../text/diff.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { iconOf } from '../../../ui/icons.ts';
import { Facts } from './Facts.tsx';
import { FieldDiff } from './FieldDiff.tsx';
import { WholeRecord } from './WholeRecord.tsx';

interface Props {
  change: AuditChange;
  unfolded: boolean;
  onFold: (unfolded: boolean) => void;
}

const kinds = { create: 'added', restore: 'added', update: 'changed', delete: 'removed' } as const;
const signs = { added: '+', changed: '~', removed: '−' } as const;

function Title({ change }: { change: AuditChange }) {
  const { type, entity_id, title } = change;
  const name = titleOr(title, type);
  if (!isEntityType(type)) return <strong className="cut">{name}</strong>;
  return (
    <button
      type="button"
      className="link-button change-title cut"
      title={name}
      onClick={() => go(recordIn(type, entity_id))}
    >
      {name}
    </button>
  );
}

/** What happened to one record: its fields before and after; a record that came or went is folded. */
export function ChangeBlock({ change, unfolded, onFold }: Props) {
  const { t } = useTranslation('history');
  const { type, action, entity_id } = change;
  // A workspace is there before it is first named anew.
  const did = type === 'workspace' ? 'update' : action;
  const kind = kinds[did];
  const Icon = iconOf[type];
  const fields = diffOf(change);
  const whole = isWhole(action);
  const erased = change.before === null && change.after === null;
  const facts = type === 'workspace' ? upkeepFacts(entity_id, change.before, change.after) : null;
  return (
    <article className={`change-block diff-${kind}`}>
      <header>
        <span className="diff-sign" aria-hidden>
          {signs[kind]}
        </span>
        <Icon size={15} stroke={1.6} className="change-icon" />
        <Title change={change} />
        <span className="dim change-action">
          {typeName(type)} {t(`action.${did}`)}
        </span>
        <span className="change-tools">
          {whole && facts === null && fields.length > 0 && (
            <button
              type="button"
              className="change-fold"
              aria-expanded={unfolded}
              title={t(unfolded ? 'detail.fold' : 'detail.unfold')}
              onClick={() => onFold(!unfolded)}
            >
              <IconChevronRight size={14} stroke={1.8} className={unfolded ? 'turned' : ''} />
              {t('detail.fields', { count: fields.length })}
            </button>
          )}
          <Tooltip label={t('detail.only')}>
            <ActionIcon
              size={24}
              aria-label={t('detail.only')}
              onClick={() => go(historyOf({ record: entity_id }))}
            >
              <IconHistory size={15} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </span>
      </header>
      {facts !== null && <Facts facts={facts} />}
      {whole && facts === null && unfolded && <WholeRecord type={type} fields={fields} />}
      {!whole && facts === null && fields.length > 0 && (
        <ul className="diff-lines">
          {fields.map((field) => (
            <FieldDiff key={field.key} type={type} change={field} />
          ))}
        </ul>
      )}
      {fields.length === 0 && (
        <p className="dim change-note">{t(erased ? 'detail.erased' : 'detail.same')}</p>
      )}
    </article>
  );
}
