import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormEvent } from 'react';
import type { SheetProblem } from '#shared/contract/sheets.ts';
import { withCell, withSame, withValue, withoutLines } from './choices.ts';
import { decide } from './run.ts';
import type { Table } from './state.ts';

/** What every way of mending a value needs: the problem, and the column that it is in. */
export interface ToolProps {
  problem: SheetProblem;
  column: number;
  table: Table;
}

/** How many cells of a column say a value only because another was read as it. */
function readInto({ choices, preview }: Table, column: number, value: string): number {
  const said = choices.values.filter((one) => one.column === column && one.becomes === value);
  const used = preview?.values_used.filter((one) => one.column === column) ?? [];
  return used
    .filter((one) => said.some((rule) => rule.value === one.value))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Decides what the value of a problem means wherever it is in its column; `create` as a rule about a value has it. */
export function readAs({ problem, column, table }: ToolProps, becomes: string, create = false): void {
  const { value, count } = problem;
  const written = count > readInto(table, column, value);
  decide((now) => withValue(now, { column, value, becomes, create }, written));
}

interface LikelyProps {
  /** What it is called that is proposed. */
  label: string;
  /** Rows that have the value. */
  count: number;
  onUse: () => void;
}

/** What a value most likely means, said as what would be done. */
export function Likely({ label, count, onUse }: LikelyProps) {
  const { t } = useTranslation('sheets');
  return (
    <Button size="xs" variant="outline" onClick={onUse}>
      {count === 1 ? t('mend.likely', { value: label }) : t('mend.likelyAll', { value: label, count })}
    </Button>
  );
}

/** The way that every value has: nothing comes of it. */
export function LeaveEmpty({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('sheets');
  return (
    <Button size="xs" variant="subtle" color="gray" onClick={onLeave}>
      {t('mend.leaveEmpty')}
    </Button>
  );
}

/** It is right as it stands. */
export function KeepIt(props: ToolProps) {
  const { t } = useTranslation('sheets');
  return (
    <Button size="xs" variant="default" onClick={() => readAs(props, props.problem.value, true)}>
      {t('mend.keep')}
    </Button>
  );
}

interface Props extends ToolProps {
  /** What one begins with; nothing where nobody says so. A text of several lines cannot be begun with. */
  from?: string;
  /** What is written is made where it is not here. */
  create?: boolean;
}

/** What a value should be read as, everywhere in its column. */
export function MendText({ from = '', create = false, ...props }: Props) {
  const { t } = useTranslation('sheets');
  const { value, count, field } = props.problem;
  const [text, setText] = useState(from.includes('\n') ? '' : from);
  const use = (event: FormEvent): void => {
    event.preventDefault();
    readAs(props, text.trim(), create);
  };
  return (
    <form className="mend-text" data-saved onSubmit={use}>
      <TextInput
        size="xs"
        label={t('mend.allRows', { count })}
        value={text}
        placeholder={value.slice(0, 40)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        type="submit"
        disabled={text.trim() === '' || text.trim() === value}
      >
        {t('mend.use')}
      </Button>
      {field !== 'name' && <LeaveEmpty onLeave={() => readAs(props, '')} />}
    </form>
  );
}

function Line({ line, problem, column, table }: ToolProps & { line: number }) {
  const { t } = useTranslation('sheets');
  const [text, setText] = useState(problem.value);
  const use = (event: FormEvent): void => {
    event.preventDefault();
    if (text !== problem.value) decide((now) => withCell(now, { line, column, value: text }));
  };
  return (
    <li>
      <form className="mend-line" data-saved onSubmit={use}>
        <span className="num dim">{t('mend.line', { line })}</span>
        <TextInput
          size="xs"
          aria-label={t('mend.lineValue', { line, column: table.view.columns[column]?.name ?? '' })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" type="submit" disabled={text === problem.value}>
          {t('mend.use')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => decide((now) => withoutLines(now, [line]))}
        >
          {t('mend.skip', { count: 1 })}
        </Button>
      </form>
    </li>
  );
}

/** The cells with one problem, to be mended each by itself. */
export function MendLines(props: ToolProps) {
  return (
    <ul className="mend-lines">
      {props.problem.lines.map((line) => (
        <Line key={line} {...props} line={line} />
      ))}
    </ul>
  );
}

/** Whether two names that are nearly the same mean one record, and by which name, or two. One decision settles the pair. */
export function MendAlike({ problem, column }: ToolProps) {
  const { t } = useTranslation('sheets');
  const { value, count, suggestions } = problem;
  const [other] = suggestions;
  const nameRows = (name: string, rows: number): string =>
    t('mend.same', { value: name, rows: t('mend.rows', { count: rows }) });
  return (
    <>
      {other && (
        <>
          <Button
            size="xs"
            variant="default"
            onClick={() => decide((now) => withSame(now, column, value, other.value))}
          >
            {nameRows(other.label, other.rows ?? 0)}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => decide((now) => withSame(now, column, other.value, value))}
          >
            {nameRows(value, count)}
          </Button>
        </>
      )}
      <Button
        size="xs"
        variant="default"
        onClick={() => decide((now) => withValue(now, { column, value, becomes: value, create: true }))}
      >
        {t('mend.bothRight')}
      </Button>
    </>
  );
}
