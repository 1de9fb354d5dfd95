import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { SheetProblem, SheetType } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { ownFieldKey } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { openTab } from '../../../stores/address.ts';
import { DeedLine } from '../../../ui/DeedLine.tsx';
import type { SheetResult, Table } from './state.ts';
import { fieldWord, leftEmpty } from './words.ts';

/** Something that came in and is worth a look, with the records it is about. */
export interface LeftLine {
  text: string;
  view: ListView;
}

/** The list of what the import wrote, and nothing else, with what else it is narrowed to. */
export function writtenList(type: EntityType, since: string, filters: readonly Filter[] = []): ListView {
  return { ...listOf(type), filters: [...filters, { field: 'updated_at', op: 'gte', value: since }] };
}

/** What of an import is worth a look, each line with the list of its records. */
export function leftOf(problems: readonly SheetProblem[], type: SheetType, since: string): LeftLine[] {
  const kept = problems.filter(
    ({ action, code, field, came, held }) =>
      action === 'kept' && code !== 'date_order' && field !== null && came > 0 && !held,
  );
  return [
    ...kept.map(({ field, value, came }): LeftLine => {
      const key = field ?? '';
      const listed = fieldOf(type, key) ? key : ownFieldKey(key);
      return {
        text: say('sheets:done.leftKept', { value, field: fieldWord(field), count: came }),
        view: writtenList(type, since, [
          key === 'energy_loss'
            ? { field: listed, op: 'is', value: Number.parseFloat(value) }
            : { field: listed, op: 'is', value },
        ]),
      };
    }),
    ...[...leftEmpty(problems)].map(([field, count]): LeftLine => ({
      text: say('sheets:done.leftEmpty', { field: fieldWord(field), count }),
      view: writtenList(type, since, [{ field, op: 'empty' }]),
    })),
  ];
}

/** So many are listed. */
const shown = 20;

/** What came in and is worth a look, each line leading to its records. */
export function Left({ table, result }: { table: Table; result: SheetResult }) {
  const { t } = useTranslation('sheets');
  const lines = leftOf(table.preview?.problems ?? [], table.choices.type, result.started_at);
  if (lines.length === 0) return null;
  const rest = lines.length - shown;
  return (
    <section aria-labelledby="sheet-left">
      <h2 id="sheet-left">{t('done.left')}</h2>
      <ul className="import-links import-left">
        {lines.slice(0, shown).map(({ text, view }) => (
          <DeedLine key={text} text={text} deed={t('done.showLeft')} onDeed={() => openTab(view)} />
        ))}
      </ul>
      {rest > 0 && <p className="dim">{t('done.leftMore', { count: rest })}</p>}
    </section>
  );
}
