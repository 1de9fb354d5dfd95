import { Checkbox } from '@mantine/core';
import type { Difference, FieldDifference } from '#shared/contract/compare.ts';
import { distinctName, distinctionOrUniversity, distinctionOf } from '../../../text/alike.ts';
import type { Distinctions } from '../../../text/alike.ts';
import { fieldName, titleOr, typeName } from '../../../text/names.ts';
import { isLeft, isOpen, promotableClasses, questionsOf } from './choices.ts';
import type { Choices, Step } from './choices.ts';
import { Decide } from './Decide.tsx';
import { OpenName } from './OpenName.tsx';
import type { Opens } from './opens.ts';
import { SideRecord } from './SideRecord.tsx';
import { SideValue } from './SideValue.tsx';
import { say, useTexts } from '../../../i18n/setup.ts';
import { changeOf } from './summary.ts';

const planned = { added: 'created', changed: 'updated', removed: 'removed' } as const;

const changeText = (change: keyof typeof signs): string =>
  change === 'conflict' ? say('compare:network.change.conflict') : say(`common:plan.deed.${planned[change]}`);

const signs = { added: '+', changed: '~', removed: '−', conflict: '⚠' } as const;

interface Props {
  row: Difference;
  choices: Choices;
  onChange: (step: Step) => void;
  onPick: (isSelected: boolean) => void;
  titles: ReadonlyMap<string, string>;
  distinctions: Distinctions;
  /** Whether records can be selected. */
  choosing: boolean;
  /** Whether conflicts can be decided. */
  deciding: boolean;
  sides: readonly Side[];
  opens: Opens;
}

export type Side = 'base' | 'live' | 'play';

/** Whether the record exists on all three sides, so that fields are compared. */
function isChanged({ play, live }: Difference): boolean {
  return [play, live].every((action) => action === null || action === 'updated');
}

function FieldCells({
  row,
  one,
  titles,
  sides,
}: Pick<Props, 'row' | 'titles' | 'sides'> & { one: FieldDifference }) {
  const { t } = useTexts('compare');
  return (
    <>
      <td>
        {fieldName(one.field)}
        {one.class === 'conflict' && (
          <>
            {' '}
            <span className="tiny nowrap compare-clash">
              <span aria-hidden>{signs.conflict}</span> {t('inConflict')}
            </span>
          </>
        )}
      </td>
      {sides.map((side) => (
        <td key={side} className={`compare-${side}`}>
          <SideValue type={row.type} field={one.field} value={one[side]} titles={titles} />
        </td>
      ))}
    </>
  );
}

/** A record created, deleted or restored on one side, as a whole. */
function WholeCells({ row, titles, sides }: Pick<Props, 'row' | 'titles' | 'sides'>) {
  const { t } = useTexts('compare');
  const here = (side: Side): boolean => row.fields.some((one) => one[side] !== undefined);
  return (
    <>
      <td className="dim">{t('whole')}</td>
      {sides.map((side) => {
        const action = side === 'base' ? null : row[side];
        return (
          <td key={side} className={`compare-${side}`}>
            {action === 'deleted' ? (
              t('history:action.delete')
            ) : here(side) ? (
              <SideRecord {...{ row, side, titles }} none={t('there')} />
            ) : (
              <span className="dim">{t('common:unknown')}</span>
            )}
          </td>
        );
      })}
    </>
  );
}

/** One differing record: a line for each field, with its conflicts. */
export function DifferenceRows(props: Props) {
  const { row, choices, onChange, onPick, titles, distinctions, choosing, deciding, sides, opens } = props;
  const { t } = useTexts('compare');
  const change = changeOf(row);
  const title = titleOr(row.title, row.type);
  const name = distinctName(row, distinctions);
  // Interfaces are named by their ends; other titles include fields that need not be listed.
  const distinction =
    row.type === 'interface' ? distinctionOf(row, distinctions) : distinctionOrUniversity(row, distinctions);
  const fields = isChanged(row) ? row.fields : [];
  const lines = Math.max(1, fields.length);
  const may = choosing && promotableClasses.includes(row.class);
  const questions = deciding ? questionsOf(row) : [];
  const span = lines + questions.length;
  const head = (
    <>
      {choosing && (
        <td rowSpan={span} className="compare-pick">
          {may && (
            <Checkbox
              size="xs"
              aria-label={t('pick', { title: name })}
              checked={!isLeft(choices, row)}
              onChange={(event) => onPick(event.currentTarget.checked)}
            />
          )}
        </td>
      )}
      <th scope="row" rowSpan={span}>
        <span className={`sign sign-${change}`} aria-hidden>
          {signs[change]}
        </span>
        <span className="unseen">{changeText(change)}:</span>
        <OpenName title={title} opening={opens(row)} />{' '}
        <span className="tiny nowrap dim">{typeName(row.type)}</span>
        {distinction != null && <span className="tiny dim"> · {distinction}</span>}
      </th>
    </>
  );
  return (
    <tbody className={`compare-record${isOpen(choices, row) ? ' compare-open' : ''}`}>
      {fields.length === 0 ? (
        <tr>
          {head}
          <WholeCells {...{ row, titles, sides }} />
        </tr>
      ) : (
        fields.map((one, at) => (
          <tr key={one.field} className={`compare-field-${one.class}`}>
            {at === 0 && head}
            <FieldCells row={row} one={one} titles={titles} sides={sides} />
          </tr>
        ))
      )}
      {questions.map((field) => (
        <tr key={field ?? ''} className="compare-question">
          <td colSpan={sides.length + 1}>
            <Decide {...{ row, field, choices, name, onChange }} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
