import { Button } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { sheetTypes } from '#shared/contract/sheets.ts';
import type { SheetType } from '#shared/contract/sheets.ts';
import { useTexts } from '../../i18n/setup.ts';
import { typeName } from '../../text/names.ts';
import { openDoubts } from './choices.ts';
import { chooseColumn, chooseRows } from './run.ts';
import type { Table } from './state.ts';

function Question({ title, hint, children }: { title: string; hint: string; children: React.ReactNode }) {
  return (
    <div className="stack gap-8">
      <p className="row gap-8 strong">
        <IconHelpCircle size={16} stroke={1.7} aria-hidden />
        {title}
      </p>
      <p className="small dim">{hint}</p>
      <div className="row wrap gap-8">{children}</div>
    </div>
  );
}

/** What the table does not tell: the type of its rows, and which column has their names. */
export function Doubts({ table: { view, choices } }: { table: Table }) {
  const { t } = useTexts('sheets');
  const { types, nameColumn } = openDoubts(view, choices);
  if (types === null && nameColumn === null) return null;
  const candidates: readonly SheetType[] = types?.length === 0 ? sheetTypes : (types ?? []);
  const columns = view.columns
    .map(({ name, samples }, index) => ({ name, samples, index }))
    .filter(({ samples }) => samples.some((sample) => /\p{L}/u.test(sample)));
  return (
    <section className="card stack gap-16 pad-16 mt-16" aria-label={t('doubt.title')}>
      {types !== null && (
        <Question title={t('doubt.type')} hint={t(types.length === 0 ? 'doubt.noType' : 'doubt.someTypes')}>
          {candidates.map((type) => (
            <Button key={type} size="xs" onClick={() => chooseRows(type)}>
              {typeName(type)}
            </Button>
          ))}
        </Question>
      )}
      {nameColumn !== null && (
        <Question
          title={t('doubt.name')}
          hint={t('doubt.nameHint', { column: view.columns[nameColumn]?.name ?? '' })}
        >
          {columns.map(({ name, samples, index }) => (
            <Button
              key={index}
              size="xs"
              title={samples.join('\n')}
              onClick={() => void chooseColumn(index, { to: 'field', field: 'name' })}
            >
              {t('doubt.column', { name, example: samples[0] ?? '' })}
            </Button>
          ))}
        </Question>
      )}
    </section>
  );
}
