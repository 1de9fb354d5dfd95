import { useTranslation } from 'react-i18next';
import type { GoldenDifference } from '#shared/contract/golden.ts';
import { fieldName, titleOr, typeName } from '../../../text/names.ts';
import { OpenName } from '../../play/compare/OpenName.tsx';
import { openInLive } from '../../play/compare/opens.ts';
import { SideValue } from '../../play/compare/SideValue.tsx';
import { summaryOf } from '../../play/compare/summary.ts';
import { SavedAddress } from '../../view-words/SavedView.tsx';

const signs = { added: '+', changed: '~', removed: '−' } as const;
const sides = ['golden', 'live'] as const;

interface Props {
  row: GoldenDifference;
  titles: ReadonlyMap<string, string>;
}

/** A record that is on one side only: as a whole, with the first things there are to say of it. */
function WholeCells({ row: { type, change, fields } }: Props) {
  const { t } = useTranslation('compare');
  const here = change === 'added' ? 'live' : 'golden';
  const text = summaryOf(
    { type, fields: fields.map(({ field, [here]: base }) => ({ field, base })) },
    'base',
  );
  const leads = type === 'view' && fields.find(({ field }) => field === 'address')?.[here];
  return (
    <>
      <td className="dim">{t('whole')}</td>
      {sides.map((side) => (
        <td key={side} className={side === 'golden' ? 'compare-base' : 'compare-play'} title={text}>
          {side === here ? (
            typeof leads === 'string' ? (
              <SavedAddress address={leads} />
            ) : (
              <span className="cut compare-summary">{text === '' ? t('there') : text}</span>
            )
          ) : change === 'removed' ? (
            t('removed')
          ) : (
            <span className="dim">{t('absent')}</span>
          )}
        </td>
      ))}
    </>
  );
}

/** One record that is different: a line for each field. */
function Rows({ row, titles }: Props) {
  const { t } = useTranslation('compare');
  const { type, change } = row;
  const fields = change === 'changed' ? row.fields : [];
  const title = titleOr(row.title, type);
  const head = (
    <th scope="row" rowSpan={Math.max(1, fields.length)}>
      <span className={`sign sign-${change}`} aria-hidden>
        {signs[change]}
      </span>
      <span className="unseen">{t(`deed.${change}`)}</span>
      <OpenName title={title} opening={change === 'removed' ? null : openInLive(type, row.id)} />{' '}
      <span className="compare-type dim">{typeName(type)}</span>
    </th>
  );
  return (
    <tbody className="compare-record">
      {fields.length === 0 ? (
        <tr>
          {head}
          <WholeCells row={row} titles={titles} />
        </tr>
      ) : (
        fields.map((one, at) => (
          <tr key={one.field}>
            {at === 0 && head}
            <td>{fieldName(one.field)}</td>
            {sides.map((side) => (
              <td key={side} className={side === 'golden' ? 'compare-base' : 'compare-play'}>
                <SideValue type={type} field={one.field} value={one[side]} titles={titles} />
              </td>
            ))}
          </tr>
        ))
      )}
    </tbody>
  );
}

/** Records with what is different: in the golden version, and in live now. */
export function DifferenceTable({ rows, version }: { rows: readonly GoldenDifference[]; version: number }) {
  const { t } = useTranslation(['compare', 'golden']);
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  return (
    <table className="compare-table golden-table">
      <thead>
        <tr>
          <th>{t('column.record')}</th>
          <th>{t('column.field')}</th>
          <th>{t('golden:diff.golden', { version })}</th>
          <th>{t('column.live')}</th>
        </tr>
      </thead>
      {rows.map((row) => (
        <Rows key={`${row.type} ${row.id}`} row={row} titles={titles} />
      ))}
    </table>
  );
}
