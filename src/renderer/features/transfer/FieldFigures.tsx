import type { SheetOutcome, SheetPreview } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { say } from '../../i18n/setup.ts';
import { fieldName, typeNames } from '../../text/names.ts';
import { valueText } from '../../text/values.ts';
import { outcomesOf } from './sentences.ts';

function figureTexts({ type, figures }: SheetOutcome): string[] {
  return figures.flatMap(({ field: key, empty, min, max, full }) => {
    const field = fieldOf(type, key);
    const name = fieldName(key);
    const text = (value: number): string => (field ? valueText(value, field) : String(value));
    const range =
      min === null || max === null
        ? []
        : [
            min === max
              ? say('sheets:figure.same', { name, value: text(min) })
              : say('sheets:figure.range', { name, min: text(min), max: text(max) }),
          ];
    return [
      ...range,
      ...(key === 'documented' && full > 0 ? [say('sheets:figure.full', { count: full })] : []),
      ...(empty > 0 ? [say('sheets:figure.without', { count: empty, name })] : []),
    ];
  });
}

/** The numbers and missing values of the records after the import, where a wrong reading shows at once. */
export function FieldFigures({ preview }: { preview: SheetPreview }) {
  const outcomes = outcomesOf(preview);
  const lines = outcomes.flatMap((outcome) => {
    const texts = figureTexts(outcome);
    if (texts.length === 0) return [];
    return [
      {
        key: `${outcome.sheet} ${outcome.type}`,
        text: outcomes.length > 1 ? `${typeNames(outcome.type)}: ${texts.join(' · ')}` : texts.join(' · '),
      },
    ];
  });
  return lines.map(({ key, text }) => (
    <p key={key} className="small dim">
      {text}
    </p>
  ));
}
