import { Select } from '@mantine/core';
import { nodeType } from '#shared/contract/network.ts';
import { wordType } from '#shared/contract/sheets.ts';
import type { WordType } from '#shared/contract/sheets.ts';
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
  const chosen = layout.word_types?.[value];
  const decide = (type: WordType): void =>
    void changeSheetLayout({ ...layout, word_types: { ...layout.word_types, [value]: type } });
  return (
    <Select
      size="xs"
      label={t('decide.rowType')}
      allowDeselect={false}
      value={chosen ?? (becomes === null ? 'ignore' : (types.find((type) => type === becomes) ?? null))}
      data={[
        ...types.map((type) => ({ value: type as string, label: typeName(type) })),
        { value: 'former', label: t('decide.formerStudent') },
        { value: 'ignore', label: t('column.ignore') },
      ]}
      onChange={(given) => {
        const type = wordType.options.find((one) => one === given);
        if (type) decide(type);
      }}
    />
  );
}
