import { useTranslation } from 'react-i18next';
import type { SheetChoices, ValueRule } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName } from '../../../text/names.ts';
import { DeedLine } from '../../../ui/DeedLine.tsx';
import { RecordName } from '../../../ui/RecordName.tsx';
import { decide } from './run.ts';
import type { Table } from './state.ts';

/** Something that was decided about a table, in words, and how it is taken back. */
export interface Correction {
  key: string;
  text: string;
  /** The record that a name was pointed to. */
  record?: string;
  back: (now: SheetChoices) => SheetChoices;
}

/** What a choice about a value says. */
export function valueCorrection(rule: ValueRule, { choices, view }: Table): Correction {
  const { column: at, value, becomes, create } = rule;
  const target = choices.columns[at];
  const kind = target?.to === 'field' ? fieldOf(choices.type, target.field)?.kind : undefined;
  const column = view.columns[at]?.name ?? '';
  const back = (now: SheetChoices) => ({ ...now, values: now.values.filter((one) => one !== rule) });
  const made = { key: `value ${at} ${value}`, back };
  if (create && becomes === value && kind === 'reference')
    return { ...made, text: say('sheets:mended.create', { value }) };
  if (becomes === '') return { ...made, text: say('sheets:mended.empty', { column, value }) };
  if (kind === 'reference' && !create)
    return { ...made, text: say('sheets:mended.record', { column, value }), record: becomes };
  return { ...made, text: say('sheets:mended.value', { column, value, becomes: choiceName(becomes) }) };
}

/** Values of a column that were said to be right as they stand, as one. */
export function keptCorrections(
  values: readonly ValueRule[],
  { choices, view }: Table,
): { kept: readonly Correction[]; others: readonly ValueRule[] } {
  const isKept = ({ column: at, value, becomes, create }: ValueRule): boolean => {
    const target = choices.columns[at];
    const field = target?.to === 'field' ? fieldOf(choices.type, target.field) : undefined;
    return create && becomes === value && field?.kind !== 'reference';
  };
  const columns = new Map<number, ValueRule[]>();
  for (const rule of values) {
    if (isKept(rule)) columns.set(rule.column, [...(columns.get(rule.column) ?? []), rule]);
  }
  const kept = [...columns].map(([at, rules]) => ({
    key: `kept ${at}`,
    text: say('sheets:mended.kept', {
      count: rules.length,
      column: view.columns[at]?.name ?? '',
      value: rules[0]?.value ?? '',
    }),
    back: (now: SheetChoices) => ({ ...now, values: now.values.filter((one) => !rules.includes(one)) }),
  }));
  return { kept, others: values.filter((rule) => !isKept(rule)) };
}

/** What was decided, one to a line, each to be taken back. */
export function CorrectionLines({ all }: { all: readonly Correction[] }) {
  const { t } = useTranslation('sheets');
  return (
    <ul>
      {all.map(({ key, text, record, back }) => (
        <DeedLine key={key} text={text} deed={t('mended.back')} onDeed={() => decide(back)} quiet>
          {record !== undefined && (
            <>
              {' '}
              <RecordName id={record} />
            </>
          )}
        </DeedLine>
      ))}
    </ul>
  );
}
