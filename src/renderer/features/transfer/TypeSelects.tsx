import { Select } from '@mantine/core';
import { nodeType } from '#shared/contract/network.ts';
import type { SheetLayout } from '#shared/contract/sheets.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { useTexts } from '../../i18n/setup.ts';
import { typeName } from '../../text/names.ts';
import { changeChoices, changeSheetLayout } from './run.ts';
import type { Table } from './state.ts';

/** The type of a new record at the end of a link. */
export function EndTypeSelect({ problem: { value, becomes } }: { problem: SheetProblem }) {
  const { t } = useTexts('sheets');
  return (
    <Select
      size="xs"
      label={t('records:field.type')}
      aria-label={t('decide.endType', { value })}
      allowDeselect={false}
      value={nodeType.options.find((type) => type === becomes) ?? null}
      data={nodeType.options.map((type) => ({ value: type, label: typeName(type) }))}
      onChange={(type) =>
        type !== null &&
        changeChoices((current) => ({ ...current, end_types: { ...current.end_types, [value]: type } }))
      }
    />
  );
}

/** The type of rows whose word in the column of types names none. */
export function RowTypeSelect({
  problem: { value, becomes },
  table,
}: {
  problem: SheetProblem;
  table: Table;
}) {
  const { t } = useTexts('sheets');
  const { layout, choices } = table;
  const types = [...new Set([choices.type, ...choices.elsewhere, ...nodeType.options])];
  const decide = (type: NonNullable<SheetLayout['word_types']>[string]): void =>
    void changeSheetLayout({ ...layout, word_types: { ...layout.word_types, [value]: type } });
  return (
    <Select
      size="xs"
      label={t('decide.rowType')}
      allowDeselect={false}
      value={becomes === null ? 'ignore' : (types.find((type) => type === becomes) ?? null)}
      data={[
        ...types.map((type) => ({ value: type as string, label: typeName(type) })),
        { value: 'ignore', label: t('column.ignore') },
      ]}
      onChange={(chosen) => {
        const type = chosen === 'ignore' ? chosen : types.find((one) => one === chosen);
        if (type) decide(type);
      }}
    />
  );
}
