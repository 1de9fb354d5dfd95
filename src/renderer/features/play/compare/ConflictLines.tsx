import type { Difference } from '#shared/contract/compare.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { distinctName, distinctionsOf } from '../../../text/distinctions.ts';
import type { Distinctions } from '../../../text/distinctions.ts';
import { fieldName } from '../../../text/names.ts';
import type { Direction } from './merge.ts';
import type { Choices } from './choices.ts';
import { resolvedConflicts } from './resolved-conflicts.ts';
import type { ResolvedConflict } from './resolved-conflicts.ts';
import { SideRecord } from './SideRecord.tsx';
import { SideValue } from './SideValue.tsx';

const maxListedConflicts = 8;

/** One side of a conflict: the value of a field, or what happened to the record. */
function SideText({
  conflict: { row, field },
  side,
  titles,
}: {
  conflict: ResolvedConflict;
  side: 'play' | 'live';
  titles: Titles;
}) {
  const { t } = useTexts('compare');
  if (field === null) {
    if (row[side] === 'deleted') return <>{t('history:action.delete')}</>;
    return <SideRecord {...{ row, side, titles }} emptyText={t('history:action.update')} />;
  }
  const value = row.fields.find((difference) => difference.field === field)?.[side];
  return <SideValue {...{ type: row.type, field, value, titles }} />;
}

type Titles = ReadonlyMap<string, string>;

interface LinesProps {
  heading: string;
  conflicts: readonly ResolvedConflict[];
  titles: Titles;
  distinctions: Distinctions;
}

function ConflictGroup({ heading, conflicts, titles, distinctions }: LinesProps) {
  const { t } = useTexts('compare');
  if (conflicts.length === 0) return null;
  return (
    <li>
      {heading}
      <ul className="stack gap-2 tiny dim breaks bullets conflict-lines">
        {conflicts.slice(0, maxListedConflicts).map((conflict) => {
          const { row, field, kept, dropped } = conflict;
          const title = distinctName(row, distinctions);
          return (
            <li key={JSON.stringify([row.type, row.id, field])}>
              <span className="conflict-what">
                {field === null ? title : `${title}: ${fieldName(field)}`}:
              </span>{' '}
              <SideText conflict={conflict} side={kept} titles={titles} /> {t('conflicts.instead')}{' '}
              <SideText conflict={conflict} side={dropped} titles={titles} />
            </li>
          );
        })}
        {conflicts.length > maxListedConflicts && (
          <li>{t('common:plan.more', { count: conflicts.length - maxListedConflicts })}</li>
        )}
      </ul>
    </li>
  );
}

interface Props {
  direction: Direction;
  rows: readonly Difference[];
  choices: Choices;
  fallback: 'ask' | 'play' | 'live';
}

/** For every conflict decided by a choice or by `fallback`: which value is overwritten or not taken over. */
export function ConflictLines({ direction, rows, choices, fallback }: Props) {
  const { t } = useTexts('compare');
  const { overwritten, dropped } = resolvedConflicts(rows, { direction, choices, fallback });
  if (overwritten.length + dropped.length === 0) return null;
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  const distinctions = distinctionsOf(rows);
  return (
    <ul className="plan-lines">
      <ConflictGroup
        heading={t(`conflicts.${direction}.overwritten`)}
        conflicts={overwritten}
        {...{ titles, distinctions }}
      />
      <ConflictGroup
        heading={t(`conflicts.${direction}.dropped`)}
        conflicts={dropped}
        {...{ titles, distinctions }}
      />
    </ul>
  );
}
