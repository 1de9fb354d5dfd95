import { Checkbox } from '@mantine/core';
import type { Difference, FieldDifference } from '#shared/contract/compare.ts';
import { distinctName, distinctionOrUniversity, distinctionOf } from '../../../text/distinctions.ts';
import type { Distinctions } from '../../../text/distinctions.ts';
import { fieldName, displayTitle, typeName } from '../../../text/names.ts';
import { conflictsOf, hasOpenConflicts, includeRecords, isLeftOut, promotableClasses } from './choices.ts';
import type { Picking } from './choices.ts';
import { ConflictButtons } from './ConflictButtons.tsx';
import type { FindOpening, Opening } from './openings.ts';
import { SideRecord, SideValue } from './SideValue.tsx';
import { say, useTexts } from '../../../i18n/setup.ts';
import { changeOf } from './summary.ts';
import type { Side } from './summary.ts';

const actionByChange = { added: 'created', changed: 'updated', removed: 'removed' } as const;

const changeText = (change: keyof typeof changeSigns): string =>
  change === 'conflict'
    ? say('compare:network.change.conflict')
    : say(`common:plan.deed.${actionByChange[change]}`);

const changeSigns = { added: '+', changed: '~', removed: '−', conflict: '⚠' } as const;

interface Props {
  row: Difference;
  picking: Picking;
  titles: ReadonlyMap<string, string>;
  distinctions: Distinctions;
  sides: readonly Side[];
  findOpening: FindOpening;
}

/** Whether the record exists on all three sides, so that fields are compared. */
function isOnAllSides({ play, live }: Difference): boolean {
  return [play, live].every((action) => action === null || action === 'updated');
}

function FieldCells({
  row,
  difference,
  titles,
  sides,
}: Pick<Props, 'row' | 'titles' | 'sides'> & { difference: FieldDifference }) {
  const { t } = useTexts('compare');
  return (
    <>
      <td>
        {fieldName(difference.field)}
        {difference.class === 'conflict' && (
          <>
            {' '}
            <span className="tiny nowrap compare-clash">
              <span aria-hidden>{changeSigns.conflict}</span> {t('inConflict')}
            </span>
          </>
        )}
      </td>
      {sides.map((side) => (
        <td key={side} className={`compare-${side}`}>
          <SideValue type={row.type} field={difference.field} value={difference[side]} titles={titles} />
        </td>
      ))}
    </>
  );
}

/** A record created, deleted or restored on one side, as a whole. */
function WholeRecordCells({ row, titles, sides }: Pick<Props, 'row' | 'titles' | 'sides'>) {
  const { t } = useTexts('compare');
  const hasFields = (side: Side): boolean => row.fields.some((difference) => difference[side] !== undefined);
  return (
    <>
      <td className="dim">{t('whole')}</td>
      {sides.map((side) => {
        const action = side === 'base' ? null : row[side];
        return (
          <td key={side} className={`compare-${side}`}>
            {action === 'deleted' ? (
              t('history:action.delete')
            ) : hasFields(side) ? (
              <SideRecord {...{ row, side, titles }} emptyText={t('there')} />
            ) : (
              <span className="dim">{t('common:unknown')}</span>
            )}
          </td>
        );
      })}
    </>
  );
}

interface PickProps {
  row: Difference;
  picking: Picking;
  label?: string;
  ariaLabel?: string;
}

/** Selects a record to be promoted, if that is possible. */
export function PickBox({ row, picking: { choices, onChange, canSelect }, label, ariaLabel }: PickProps) {
  if (!canSelect || !promotableClasses.includes(row.class)) return null;
  return (
    <Checkbox
      label={label}
      aria-label={ariaLabel}
      checked={!isLeftOut(choices, row)}
      onChange={({ currentTarget: { checked } }) => onChange((now) => includeRecords(now, [row], checked))}
    />
  );
}

/** One differing record: a line for each field, with its conflicts. */
export function DifferenceRows({ row, picking, titles, distinctions, sides, findOpening }: Props) {
  const { choices, onChange, canSelect, canDecide } = picking;
  const { t } = useTexts('compare');
  const change = changeOf(row);
  const title = displayTitle(row.title, row.type);
  const name = distinctName(row, distinctions);
  // Interfaces are named by their ends; other titles include fields that need not be listed.
  const distinction =
    row.type === 'interface' ? distinctionOf(row, distinctions) : distinctionOrUniversity(row, distinctions);
  const fields = isOnAllSides(row) ? row.fields : [];
  const lineCount = Math.max(1, fields.length);
  const conflicts = canDecide ? conflictsOf(row) : [];
  const rowSpan = lineCount + conflicts.length;
  const head = (
    <>
      {canSelect && (
        <td rowSpan={rowSpan} className="compare-pick">
          <PickBox {...{ row, picking }} ariaLabel={t('pick', { title: name })} />
        </td>
      )}
      <th scope="row" rowSpan={rowSpan}>
        <span className={`sign sign-${change}`} aria-hidden>
          {changeSigns[change]}
        </span>
        <span className="unseen">{changeText(change)}:</span>
        <TitleLink title={title} opening={findOpening(row)} />{' '}
        <span className="tiny nowrap dim">{typeName(row.type)}</span>
        {distinction != null && <span className="tiny dim"> · {distinction}</span>}
      </th>
    </>
  );
  return (
    <tbody className={`compare-record${hasOpenConflicts(choices, row) ? ' compare-open' : ''}`}>
      {fields.length === 0 ? (
        <tr>
          {head}
          <WholeRecordCells {...{ row, titles, sides }} />
        </tr>
      ) : (
        fields.map((difference, index) => (
          <tr key={difference.field} className={`compare-field-${difference.class}`}>
            {index === 0 && head}
            <FieldCells row={row} difference={difference} titles={titles} sides={sides} />
          </tr>
        ))
      )}
      {conflicts.map((field) => (
        <tr key={field ?? ''} className="compare-question">
          <td colSpan={sides.length + 1}>
            <ConflictButtons {...{ row, field, choices, name, onChange }} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}

/** A compared record's title; a link if it can be opened. */
export function TitleLink({ title, opening }: { title: string; opening: Opening | null }) {
  if (!opening)
    return (
      <span className="compare-title" title={title}>
        {title}
      </span>
    );
  return (
    <button
      type="button"
      className="link-button compare-title"
      title={`${title} · ${opening.label}`}
      onClick={opening.open}
    >
      {title}
    </button>
  );
}
