import './factors.css';
import { ActionIcon, Button, Checkbox, Input, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useRiskFactors } from '../../../stores/factors.ts';
import { numberLocale } from '../../../text/formats.ts';
import { BlockInput } from './BlockInput.tsx';
import type { InputProps } from './BlockInput.tsx';
import { formatNumber, typedNumber } from './values.ts';
import type { Raw } from './values.ts';

/** The JSON value of a control; undefined if it is empty or invalid. */
function parseRaw(raw: Raw): Json | undefined {
  if (typeof raw !== 'string' || raw.trim() === '') return undefined;
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return undefined;
  }
}

const parseRows = (raw: Raw): JsonObject[] => {
  const value = parseRaw(raw);
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
};

const rawOf = (value: Json): string => JSON.stringify(value, null, 2);

interface TableProps {
  label: string;
  headings: readonly string[];
  problem: string | undefined;
  children: ReactNode;
}

function Table({ label, headings, problem, children }: TableProps) {
  return (
    <div className="factors">
      <table className="small full" aria-label={label}>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {problem !== undefined && <Input.Error>{problem}</Input.Error>}
    </div>
  );
}

interface NumberCellProps {
  label: string;
  value: Json | undefined;
  max: number;
  onChange: (value: Json) => void;
  onLeave: (() => void) | undefined;
}

const numberInputText = (value: Json | undefined): string =>
  typeof value === 'number' ? formatNumber(value, numberLocale()) : typeof value === 'string' ? value : '';

/** A number from 0 to `max`. Invalid text is kept for the field's validation. */
function NumberCell({ label, value, max, onChange, onLeave }: NumberCellProps) {
  const [typedText, setTypedText] = useState<string | null>(null);
  const isInvalid = value !== null && value !== undefined && !(Number(value) >= 0 && Number(value) <= max);
  return (
    <TextInput
      aria-label={label}
      inputMode="decimal"
      value={typedText ?? numberInputText(value)}
      error={isInvalid}
      onChange={({ currentTarget }) => {
        setTypedText(currentTarget.value);
        const text = currentTarget.value.trim();
        onChange(text === '' ? null : (typedNumber(text, { min: 0, max }) ?? text));
      }}
      onBlur={() => {
        setTypedText(null);
        onLeave?.();
      }}
    />
  );
}

/** The form of a field, or a JSON input if the record has another structure. */
const formOrJson = (Form: ComponentType<InputProps>, fitsForm: (value: Json) => boolean) =>
  function FactorInput(props: InputProps) {
    const isText = typeof props.raw === 'string' && props.raw.trim() !== '';
    const value = parseRaw(props.raw) ?? null;
    return isText && value !== null && !fitsForm(value) ? <BlockInput {...props} /> : <Form {...props} />;
  };

function ValuesForm({ raw, label, problem, onChange, onChoose, onLeave }: InputProps) {
  const { t } = useTexts('models');
  const storedRows = parseRows(raw);
  // The empty row for a new value is not part of `raw`.
  const [isAdding, setAdding] = useState(false);
  const rows: JsonObject[] = isAdding || storedRows.length === 0 ? [...storedRows, {}] : storedRows;
  const updateRow = (index: number, part: JsonObject): void => {
    if (index === storedRows.length) setAdding(false);
    const changedRows = index === storedRows.length ? rows : storedRows;
    onChange(rawOf(changedRows.with(index, { ...rows[index], ...part })));
  };
  return (
    <Table
      label={label}
      headings={[t('records:field.value'), t('records:field.contribution'), '']}
      problem={problem}
    >
      {rows.map((row, index) => {
        const value = typeof row['value'] === 'string' ? row['value'] : '';
        const isNew = index === storedRows.length;
        const removeLabel = value === '' ? t('form.removeNew') : t('form.removeValue', { value });
        return (
          <tr key={index}>
            <td>
              <TextInput
                aria-label={t('records:field.value')}
                value={value}
                maxLength={200}
                error={!isNew && value.trim() === ''}
                onChange={({ currentTarget }) =>
                  updateRow(index, { value: currentTarget.value, contribution: row['contribution'] ?? 0 })
                }
                onBlur={() => onLeave?.()}
              />
            </td>
            <td className="factors-number">
              <NumberCell
                label={`${value} ${t('records:field.contribution')}`.trim()}
                value={row['contribution']}
                max={1}
                onChange={(contribution) => updateRow(index, { value, contribution })}
                onLeave={onLeave}
              />
            </td>
            <td className="factors-remove">
              <ActionIcon
                size={30}
                aria-label={removeLabel}
                title={removeLabel}
                onClick={() => (isNew ? setAdding(false) : onChoose(rawOf(storedRows.toSpliced(index, 1))))}
              >
                <IconX size={14} stroke={1.8} />
              </ActionIcon>
            </td>
          </tr>
        );
      })}
      <tr>
        <td colSpan={3}>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={13} stroke={1.7} />}
            onClick={() => setAdding(true)}
          >
            {t('form.addValue')}
          </Button>
        </td>
      </tr>
    </Table>
  );
}

function WeightsForm({ raw, label, problem, onChange, onChoose, onLeave }: InputProps) {
  const { t } = useTexts('models');
  const factors = useRiskFactors() ?? [];
  const storedRows = parseRows(raw);
  const missingFactors = factors.filter(({ name }) => storedRows.every((row) => row['factor'] !== name));
  const rows = [
    ...storedRows,
    ...missingFactors.map(({ name }): JsonObject => ({ factor: name, enabled: false })),
  ];
  const rawWithRow = (index: number, part: JsonObject): string => {
    const row = { weight: 1, enabled: true, ...rows[index], ...part };
    return rawOf(index < storedRows.length ? storedRows.with(index, row) : [...storedRows, row]);
  };
  return (
    <Table label={label} headings={[t('records:field.factor'), t('records:field.weight')]} problem={problem}>
      {rows.map((row, index) => {
        const name = typeof row['factor'] === 'string' ? row['factor'] : '';
        const factor = factors.find((candidate) => candidate.name === name);
        const isEnabled = row['enabled'] !== false;
        return (
          <tr key={name}>
            <td>
              <Checkbox
                label={factor?.label ?? name}
                description={factor ? undefined : t('form.noSuchFactor')}
                checked={isEnabled}
                onChange={({ currentTarget }) =>
                  onChoose(rawWithRow(index, { enabled: currentTarget.checked }))
                }
              />
            </td>
            <td className="factors-number">
              <NumberCell
                label={`${factor?.label ?? name} ${t('records:field.weight')}`}
                value={row['weight'] ?? 1}
                max={2}
                onChange={(weight) => onChange(rawWithRow(index, { weight }))}
                onLeave={onLeave}
              />
            </td>
          </tr>
        );
      })}
      {rows.length === 0 && (
        <tr>
          <td colSpan={2} className="dim">
            {t('form.noFactors')}
          </td>
        </tr>
      )}
    </Table>
  );
}

/** The value of each risk factor for a link. */
function RatingsForm({ raw, label, problem, onChoose }: InputProps) {
  const { t } = useTexts('models');
  const factors = useRiskFactors() ?? [];
  const value = parseRaw(raw);
  const ratings = isJsonObject(value) ? value : {};
  const unknownNames = Object.keys(ratings).filter((name) => factors.every((factor) => factor.name !== name));
  const choose = (name: string, rating: string): void => {
    const { [name]: _, ...otherRatings } = ratings;
    const next = rating === '' ? otherRatings : { ...ratings, [name]: rating };
    if (!jsonEqual(next, ratings)) onChoose(Object.keys(next).length === 0 ? '' : rawOf(next));
  };
  return (
    <Table label={label} headings={[t('records:field.factor'), t('records:field.value')]} problem={problem}>
      {[...factors, ...unknownNames.map((name) => ({ id: name, name, label: name, values: [] }))].map(
        ({ id, name, label: factorLabel, values }) => {
          const rating = typeof ratings[name] === 'string' ? ratings[name] : '';
          const isKnown = rating === '' || values.some((factorValue) => factorValue.value === rating);
          return (
            <tr key={id}>
              <td>{factorLabel}</td>
              <td>
                <NativeSelect
                  aria-label={factorLabel}
                  value={rating}
                  data={[
                    { value: '', label: t('unrated') },
                    ...values.map((factorValue) => ({ value: factorValue.value, label: factorValue.value })),
                    ...(isKnown ? [] : [{ value: rating, label: t('form.unknownValue', { value: rating }) }]),
                  ]}
                  onChange={({ currentTarget }) => choose(name, currentTarget.value)}
                />
              </td>
            </tr>
          );
        },
      )}
    </Table>
  );
}

export const ValuesInput = formOrJson(ValuesForm, Array.isArray);
export const WeightsInput = formOrJson(WeightsForm, Array.isArray);
export const RatingsInput = formOrJson(RatingsForm, isJsonObject);
