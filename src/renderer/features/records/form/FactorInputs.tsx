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
import { formatNumber, parseNumber } from './values.ts';
import type { Raw } from './values.ts';

/** The JSON value of a control; undefined for none. */
function valueIn(raw: Raw): Json | undefined {
  if (typeof raw !== 'string' || raw.trim() === '') return undefined;
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return undefined;
  }
}

const rowsIn = (raw: Raw): JsonObject[] => {
  const value = valueIn(raw);
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
};

const rawOf = (value: Json): string => JSON.stringify(value, null, 2);

interface TableProps {
  label: string;
  heads: readonly string[];
  problem: string | undefined;
  children: ReactNode;
}

function Table({ label, heads, problem, children }: TableProps) {
  return (
    <div className="factors">
      <table className="small full" aria-label={label}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
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

const numberShown = (value: Json | undefined): string =>
  typeof value === 'number' ? formatNumber(value, numberLocale()) : typeof value === 'string' ? value : '';

/** A number from 0 to `max`. Invalid text is kept for the field's validation. */
function NumberCell({ label, value, max, onChange, onLeave }: NumberCellProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = value !== null && value !== undefined && !(Number(value) >= 0 && Number(value) <= max);
  return (
    <TextInput
      aria-label={label}
      inputMode="decimal"
      value={typed ?? numberShown(value)}
      error={isWrong}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const text = currentTarget.value.trim();
        onChange(text === '' ? null : (parseNumber(text, numberLocale()) ?? text));
      }}
      onBlur={() => {
        setTyped(null);
        onLeave?.();
      }}
    />
  );
}

/** The form of a field, or a JSON input if the record has another structure. */
const formOrJson = (Form: ComponentType<InputProps>, isOfForm: (value: Json) => boolean) =>
  function FactorInput(props: InputProps) {
    const isText = typeof props.raw === 'string' && props.raw.trim() !== '';
    const value = valueIn(props.raw) ?? null;
    return isText && value !== null && !isOfForm(value) ? <BlockInput {...props} /> : <Form {...props} />;
  };

function ValuesForm({ raw, label, problem, onChange, onChoose, onLeave }: InputProps) {
  const { t } = useTexts('models');
  const stored = rowsIn(raw);
  // An empty row is no part of the value.
  const [isAdding, setAdding] = useState(false);
  const rows: JsonObject[] = isAdding || stored.length === 0 ? [...stored, {}] : stored;
  const put = (at: number, part: JsonObject): void => {
    if (at === stored.length) setAdding(false);
    onChange(rawOf(rows.slice(0, Math.max(stored.length, at + 1)).with(at, { ...rows[at], ...part })));
  };
  return (
    <Table
      label={label}
      heads={[t('records:field.value'), t('records:field.contribution'), '']}
      problem={problem}
    >
      {rows.map((row, at) => {
        const value = typeof row['value'] === 'string' ? row['value'] : '';
        const isNew = at === stored.length;
        const remove = value === '' ? t('form.removeNew') : t('form.removeValue', { value });
        return (
          <tr key={at}>
            <td>
              <TextInput
                aria-label={t('records:field.value')}
                value={value}
                maxLength={200}
                error={!isNew && value.trim() === ''}
                onChange={({ currentTarget }) =>
                  put(at, { value: currentTarget.value, contribution: row['contribution'] ?? 0 })
                }
                onBlur={() => onLeave?.()}
              />
            </td>
            <td className="factors-number">
              <NumberCell
                label={`${value} ${t('records:field.contribution')}`.trim()}
                value={row['contribution']}
                max={1}
                onChange={(contribution) => put(at, { value, contribution })}
                onLeave={onLeave}
              />
            </td>
            <td className="factors-remove">
              <ActionIcon
                variant="subtle"
                color="gray"
                size={30}
                aria-label={remove}
                title={remove}
                onClick={() => (isNew ? setAdding(false) : onChoose(rawOf(stored.toSpliced(at, 1))))}
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
  const known = useRiskFactors() ?? [];
  const stored = rowsIn(raw);
  const others = known.filter(({ name }) => stored.every((one) => one['factor'] !== name));
  const rows = [...stored, ...others.map(({ name }): JsonObject => ({ factor: name, enabled: false }))];
  const put = (at: number, part: JsonObject): string => {
    const row = { weight: 1, enabled: true, ...rows[at], ...part };
    return rawOf(at < stored.length ? stored.with(at, row) : [...stored, row]);
  };
  return (
    <Table label={label} heads={[t('records:field.factor'), t('records:field.weight')]} problem={problem}>
      {rows.map((row, at) => {
        const name = typeof row['factor'] === 'string' ? row['factor'] : '';
        const factor = known.find((one) => one.name === name);
        const isEnabled = row['enabled'] !== false;
        return (
          <tr key={name}>
            <td>
              <Checkbox
                size="xs"
                label={factor?.shown ?? name}
                description={factor ? undefined : t('form.noSuchFactor')}
                checked={isEnabled}
                onChange={({ currentTarget }) => onChoose(put(at, { enabled: currentTarget.checked }))}
              />
            </td>
            <td className="factors-number">
              <NumberCell
                label={`${factor?.shown ?? name} ${t('records:field.weight')}`}
                value={row['weight'] ?? 1}
                max={2}
                onChange={(weight) => onChange(put(at, { weight }))}
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
  const known = useRiskFactors() ?? [];
  const value = valueIn(raw);
  const held = isJsonObject(value) ? value : {};
  const others = Object.keys(held).filter((name) => known.every((one) => one.name !== name));
  const choose = (name: string, chosen: string): void => {
    const { [name]: _, ...rest } = held;
    const next = chosen === '' ? rest : { ...held, [name]: chosen };
    if (!jsonEqual(next, held)) onChoose(Object.keys(next).length === 0 ? '' : rawOf(next));
  };
  return (
    <Table label={label} heads={[t('records:field.factor'), t('records:field.value')]} problem={problem}>
      {[...known, ...others.map((name) => ({ id: name, name, shown: name, values: [] }))].map(
        ({ id, name, shown, values }) => {
          const now = typeof held[name] === 'string' ? held[name] : '';
          const isKnown = now === '' || values.some((one) => one.value === now);
          return (
            <tr key={id}>
              <td>{shown}</td>
              <td>
                <NativeSelect
                  aria-label={shown}
                  value={now}
                  data={[
                    { value: '', label: t('unrated') },
                    ...values.map((one) => ({ value: one.value, label: one.value })),
                    ...(isKnown ? [] : [{ value: now, label: t('form.unknownValue', { value: now }) }]),
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
