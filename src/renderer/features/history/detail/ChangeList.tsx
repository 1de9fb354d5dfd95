import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { queryFor, queryKeys } from '../../../stores/queries.ts';
import type { Fact } from '../../../text/system-event-facts.ts';
import { fieldName, displayTitle, typeName } from '../../../text/names.ts';
import type { FieldChange } from '../../../text/diff.ts';
import { FieldValue, FieldDiff } from './FieldDiff.tsx';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronRight, IconHistory } from '@tabler/icons-react';
import { historyOf, listWithRecord } from '#shared/address/view.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { navigate } from '../../../stores/address.ts';
import { settingsFacts } from '../../../text/system-event-facts.ts';
import { diffOf, isWholeRecord } from '../../../text/diff.ts';
import { iconOf } from '../../../ui/icons.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import diffStyles from './diff.module.css';
import historyStyles from '../history.module.css';

const pageSize = 50;

interface LoadedChanges {
  at: (row: number) => AuditChange | undefined;
  error: unknown;
  retry: () => void;
}

function useChanges(id: number, firstRow: number, lastRow: number): LoadedChanges {
  const client = useQueryClient();
  const from = Math.floor(Math.max(0, firstRow - 5) / pageSize);
  const to = Math.floor((lastRow + 5) / pageSize);
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const results = useQueries({
    queries: pages.map((page) =>
      queryFor(
        'history.changes',
        { id, offset: page * pageSize, limit: pageSize },
        queryKeys.changes(id, page),
      ),
    ),
  });
  // Subscribes to every page, so that new data renders the rows.
  const loadedPages = new Map(results.map(({ data }, index) => [from + index, data]));
  return {
    at: (row) => loadedPages.get(Math.floor(row / pageSize))?.rows[row % pageSize],
    error: results.find((result) => result.error && !result.data)?.error ?? null,
    retry: () => void client.refetchQueries({ queryKey: queryKeys.history }),
  };
}

/** The facts of a transaction, one a line; ids are muted. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className={`card stack gap-2 on-bg ${diffStyles.record}`}>
      {facts.map(({ label, value, id }, index) => (
        <div key={`${index} ${label}`}>
          <dt>{label}</dt>
          <dd>
            {value !== '' && <span>{value}</span>}
            {id !== undefined && <code className={`tiny faint ${diffStyles.factId}`}>{id}</code>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function WholeRecord({ type, fields }: { type: string; fields: readonly FieldChange[] }) {
  return (
    <dl className={`card stack gap-2 on-bg ${diffStyles.record}`}>
      {fields.map(({ key, before, after }) => (
        <div key={key}>
          <dt>{fieldName(key)}</dt>
          <dd>
            <FieldValue type={type} field={key} value={after === undefined ? before : after} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface Props {
  change: AuditChange;
  isUnfolded: boolean;
  onToggle: (isUnfolded: boolean) => void;
}

const kindOfAction = { create: 'added', restore: 'added', update: 'changed', delete: 'removed' } as const;
const signOfKind = { added: '+', changed: '~', removed: '−' } as const;

function Title({ change }: { change: AuditChange }) {
  const { type, entity_id, title } = change;
  const name = displayTitle(title, type);
  if (!isEntityType(type)) return <strong className="cut">{name}</strong>;
  return (
    <button
      type="button"
      className={`link-button ${diffStyles.changeTitle} cut`}
      title={name}
      onClick={() => navigate(listWithRecord(type, entity_id))}
    >
      {name}
    </button>
  );
}

/** The fields of one record before and after; those of created and deleted records can be folded. */
function ChangeBlock({ change, isUnfolded, onToggle }: Props) {
  const { t } = useTexts('history');
  const { type, action, entity_id } = change;
  // The first change of a workspace is logged as a creation, but shown as an update, because the workspace existed before.
  const shownAction = type === 'workspace' ? 'update' : action;
  const kind = kindOfAction[shownAction];
  const Icon = iconOf[type];
  const fields = diffOf(change);
  const isWhole = isWholeRecord(action);
  const isErased = change.before === null && change.after === null;
  const facts = type === 'workspace' ? settingsFacts(entity_id, change.before, change.after) : null;
  return (
    <article className={`small line-below ${diffStyles.changeBlock}`}>
      <header>
        <span className={`rigid strong text-center ${diffStyles.sign} sign-${kind}`} aria-hidden>
          {signOfKind[kind]}
        </span>
        <Icon size={15} stroke={1.6} className="rigid faint" />
        <Title change={change} />
        <span className="dim rigid tiny">
          {typeName(type)} {t(`action.${shownAction}`)}
        </span>
        <span className="row rigid push gap-4">
          {isWhole && facts === null && fields.length > 0 && (
            <button
              type="button"
              className={diffStyles.changeFold}
              aria-expanded={isUnfolded}
              title={t(isUnfolded ? 'detail.fold' : 'detail.unfold')}
              onClick={() => onToggle(!isUnfolded)}
            >
              <IconChevronRight size={14} stroke={1.8} className={isUnfolded ? 'turned' : ''} />
              {t('detail.fields', { count: fields.length })}
            </button>
          )}
          <Tooltip label={t('detail.only')}>
            <ActionIcon
              size={24}
              aria-label={t('detail.only')}
              onClick={() => navigate(historyOf({ record: entity_id }))}
            >
              <IconHistory size={15} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </span>
      </header>
      {facts !== null && <Facts facts={facts} />}
      {isWhole && facts === null && isUnfolded && <WholeRecord type={type} fields={fields} />}
      {!isWhole && facts === null && fields.length > 0 && (
        <ul className="mt-2">
          {fields.map((field) => (
            <FieldDiff key={field.key} type={type} change={field} />
          ))}
        </ul>
      )}
      {fields.length === 0 && (
        <p className={`dim ${diffStyles.changeNote}`}>{t(isErased ? 'detail.erased' : 'detail.same')}</p>
      )}
    </article>
  );
}

const maxAutoUnfolded = 1;

export function ChangeList({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('history');
  const scrollBox = useRef<HTMLDivElement>(null);
  const { id, changes: count } = transaction;
  const [unfoldedByIndex, setUnfolded] = useState<ReadonlyMap<number, boolean>>(new Map());
  // oxlint-disable-next-line react/incompatible-library -- the virtualizer is not passed to memoised components
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scrollBox.current,
    estimateSize: () => 44,
    overscan: 4,
  });
  const changes = useChanges(id, virtualizer.range?.startIndex ?? 0, virtualizer.range?.endIndex ?? 10);
  if (changes.error) return <ErrorState error={changes.error} onRetry={changes.retry} />;
  if (count === 0) return <p className={`dim ${historyStyles.detailNote}`}>{t('detail.empty')}</p>;
  return (
    <div ref={scrollBox} className={`shrink-y scroll-y ${historyStyles.changes}`}>
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const change = changes.at(index);
          return (
            <div
              key={index}
              ref={virtualizer.measureElement}
              data-index={index}
              className={historyStyles.change}
              style={{ transform: `translateY(${start}px)` }}
            >
              {change ? (
                <ChangeBlock
                  change={change}
                  isUnfolded={unfoldedByIndex.get(index) ?? count <= maxAutoUnfolded}
                  onToggle={(isUnfolded) => setUnfolded(new Map(unfoldedByIndex).set(index, isUnfolded))}
                />
              ) : (
                <div
                  className={`small line-below ${diffStyles.changeBlock} stack high-24 ${diffStyles.changeComing}`}
                >
                  <span className={`block on-hover ${historyStyles.coming}`} />
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
