import { Button, Radio, Select, Switch } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { nodeType, typeOrByName } from '#shared/contract/network.ts';
import { filledField, typesByTitle } from '#shared/contract/sheets.ts';
import type { SheetPreview, SheetRow } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { permissionText } from '../../text/faults.ts';
import { countedRecords, fieldName, inSentence, joinWithAnd, typeName } from '../../text/names.ts';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { Columns } from './Columns.tsx';
import { ImportPanel, UnitChoice } from './ImportPanel.tsx';
import { ShareUnitChoice } from './ShareUnitChoice.tsx';
import { hasOpenDoubts } from './choices.ts';
import { Doubts } from './Doubts.tsx';
import { FieldFigures } from './FieldFigures.tsx';
import { ChangedRecords } from './FramesPage.tsx';
import { FileContents } from './FileContents.tsx';
import { ProblemSection } from './ProblemSection.tsx';
import { startOver, changeChoices, changeSheetLayout, showPart } from './run.ts';
import type { Table } from './state.ts';
import { sumOverSheets, leadSentences, shownValue } from './sentences.ts';
import importStyles from './import.module.css';
import { DataTable } from '../../ui/DataTable.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import sheetStyles from './sheet.module.css';

const tones: Readonly<Record<SheetRow['effect'], string>> = {
  create: 'ok',
  update: 'plain',
  restore: 'plain',
  unchanged: 'plain',
  skipped: 'bad',
  undecided: 'warn',
};

function RowsPreview({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTexts('sheets');
  const { choices, isChecking } = table;
  const { sample, titles, rows } = preview;
  const dateColumns = new Set(preview.date_columns.map(({ column }) => column));
  const fields = choices.columns.flatMap((target, index) => {
    const field = filledField(target);
    if (field !== null) return [{ key: field, label: fieldName(field), own: undefined }];
    const own = dateColumns.has(index) ? ('date' as const) : undefined;
    if (target.to === 'name_part' && choices.columns.findIndex(({ to }) => to === 'name_part') === index)
      return [{ key: 'name', label: fieldName('name'), own }];
    return target.to === 'own' ? [{ key: target.name, label: target.name, own }] : [];
  });
  return (
    <section className={sheetStyles.sheetPart} aria-labelledby="sheet-rows">
      <h2 id="sheet-rows">{t('step.rows')}</h2>
      {/* A wide table scrolls by itself; the page does not. Keys scroll the focused element. */}
      <section
        className={`scroll-x ${sheetStyles.sheetScroll}`}
        aria-label={t('step.rows')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reachable by keyboard
        tabIndex={0}
        aria-busy={isChecking}
      >
        <DataTable
          rows={sample}
          keyOf={({ line }) => line}
          className="sheet-rows"
          rowClass={({ effect }) => (effect === 'skipped' ? 'sheet-left' : undefined)}
          columns={[
            {
              key: 'line',
              title: t('rows.line'),
              kind: 'number',
              classOf: () => 'dim',
              renderCell: ({ line }) => line,
            },
            {
              key: 'effect',
              title: t('rows.effect'),
              renderCell: ({ effect }) => (
                <span className={`pill pill-${tones[effect]}`}>{t(`rows.${effect}`)}</span>
              ),
            },
            ...fields.map((field): DataColumn<(typeof sample)[number]> => {
              const cellText = ({ payload }: (typeof sample)[number]): string =>
                shownValue(choices.type, field.key, payload[field.key], titles, field.own);
              return {
                key: `field ${field.key}`,
                title: field.label,
                classOf: () => 'cut',
                hintOf: cellText,
                renderCell: (row) => (
                  <>
                    {row.flagged.includes(field.key) && (
                      <IconAlertTriangle
                        size={14}
                        stroke={1.8}
                        className={sheetStyles.sheetFlag}
                        aria-label={t('rows.flagged')}
                      />
                    )}
                    {cellText(row) || <span className="dim">–</span>}
                  </>
                ),
              };
            }),
          ]}
        />
      </section>
      {rows > sample.length && <p className="dim">{t('rows.more', { count: sample.length, rows })}</p>}
    </section>
  );
}

function MatchingChoice({ table: { choices }, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTexts('sheets');
  const { by_id, by_name } = preview.matched;
  if (by_id + by_name === 0) return null;
  const value = choices.matching === 'ask' ? (by_name > 0 ? '' : 'update') : choices.matching;
  return (
    <Radio.Group
      label={t('decide.matching', { count: by_id + by_name })}
      value={value}
      onChange={(chosen) => {
        const matching = (['update', 'skip', 'create'] as const).find((option) => option === chosen);
        if (matching) changeChoices({ matching });
      }}
    >
      <Radio value="update" label={t('transfer:decide.force')} description={t('decide.updateHint')} />
      <Radio value="skip" label={t('decide.skip')} />
      <Radio value="create" label={t('transfer:decide.create')} />
    </Radio.Group>
  );
}

function UniversityChoice({ table: { choices } }: { table: Table }) {
  const { t } = useTexts('sheets');
  const isOfEnds = choices.type === 'interface' && choices.missing_ends !== null;
  if (!isOfEnds && !fieldOf(choices.type, 'university_id')) return null;
  const label = t(isOfEnds ? 'universityOfEnds' : 'university');
  return (
    <div className="stack gap-8">
      <span>{label}</span>
      <LookupInput
        label={label}
        types={['university']}
        id={choices.university ?? ''}
        title={choices.new_university ?? undefined}
        optional
        onChoose={(id) => changeChoices({ university: id === '' ? null : id, new_university: null })}
        onCreate={(name) => changeChoices({ university: null, new_university: name })}
      />
    </div>
  );
}

function ProblemsButton({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTexts('sheets');
  const count = sumOverSheets(preview, ({ to_decide }) => to_decide);
  if (count === 0) return null;
  const { view, choices } = table;
  const part = preview.others.find(({ sheet, to_decide }) => sheet === view.sheet && to_decide > 0);
  const goToProblems = (): void => {
    if (preview.to_decide === 0 && part && part.type !== choices.type) {
      showPart(part.type);
      return;
    }
    // Issues of other sheets are counted under the file contents.
    const heading = document.getElementById(preview.to_decide > 0 ? 'sheet-mend' : 'sheet-holds');
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <Button
      fullWidth
      justify="flex-start"
      leftSection={
        <IconAlertTriangle size={16} stroke={1.7} className={`warn ${sheetStyles.stateWarn}`} aria-hidden />
      }
      onClick={goToProblems}
    >
      {t('issue.title', { count })}
    </Button>
  );
}

const leaveOut = 'none';

/** What becomes of names at the ends of links that no record has. */
function MissingEndsChoice({ table: { choices }, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTexts('sheets');
  const hasMissing =
    choices.missing_ends !== null || preview.problems.some(({ code }) => code === 'end_unknown');
  if (choices.type !== 'interface' || !hasMissing) return null;
  return (
    <Select
      label={t('decide.missingEnds')}
      allowDeselect={false}
      value={choices.missing_ends ?? leaveOut}
      data={[
        { value: leaveOut, label: t('decide.leaveOut') },
        { value: 'by_name', label: t('decide.createByName') },
        ...nodeType.options.map((value) => ({
          value,
          label: t('decide.createAs', { type: inSentence(typeName(value)) }),
        })),
      ]}
      onChange={(value) =>
        changeChoices({ missing_ends: typeOrByName.options.find((one) => one === value) ?? null })
      }
    />
  );
}

const undecidedCount = (preview: SheetPreview): number =>
  sumOverSheets(preview, ({ matched }) => matched.undecided);

const writeCount = (preview: SheetPreview): number => sumOverSheets(preview, ({ writes }) => writes);

const hasAmbiguousNumbers = ({ report }: SheetPreview): boolean => (report.problems['number_order'] ?? 0) > 0;

/** The decimal sign of numbers such as “1,250”: asked if nothing decides, and shown for a correction afterwards. */
function DecimalChoice({ table: { choices }, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTexts('sheets');
  if (choices.decimals === 'guess' && !hasAmbiguousNumbers(preview)) return null;
  return (
    <UnitChoice
      label={t('decide.decimals')}
      unit={choices.decimals === 'guess' ? '' : choices.decimals}
      units={['point', 'comma']}
      onChoose={(decimals) => changeChoices({ decimals })}
    />
  );
}

/** Why the import cannot start yet; '' if it can. */
function blockedReason(preview: SheetPreview | null, { view, choices }: Table): string {
  if (!preview) return '';
  const { forbidden, blocked } = preview;
  if (forbidden !== null) return permissionText(forbidden);
  if (hasOpenDoubts(view, choices)) return say('sheets:doubt.first');
  if (hasAmbiguousNumbers(preview)) return say('sheets:decide.chooseDecimals');
  if (undecidedCount(preview) > 0) return say('transfer:decide.choose');
  if (writeCount(preview) > 0) return '';
  return blocked !== null && blocked.names.length > 0
    ? say(`sheets:decide.blocked.${blocked.reason}`, { names: joinWithAnd(blocked.names) })
    : say('transfer:decide.none');
}

/** The label of the import button with the number of rows, undecided ones included; '' for none. */
function buttonText(preview: SheetPreview | null, { choices, others }: Table): string {
  if (!preview) return '';
  const undecidedRows = undecidedCount(preview);
  if (writeCount(preview) + undecidedRows === 0) return '';
  const sheetCount = preview.creates + preview.updates + preview.restores + undecidedRows;
  return others.length > 0 || sheetCount === 0
    ? say('transfer:decide.import', { count: writeCount(preview) + undecidedRows })
    : say('sheets:decide.import', { what: countedRecords(choices.type, sheetCount) });
}

export function TablePage({ table }: { table: Table }) {
  const { t } = useTexts('sheets');
  const { file, view, preview, isChecking } = table;
  return (
    <>
      <ViewHeader title={t('transfer:title', { name: file.name })}>
        <span className="dim num">{t('header', { size: bytesText(file.bytes), count: view.rows })}</span>
      </ViewHeader>
      <div className="fill stack import-preview">
        <div
          className={`shrink shrink-y scroll-y relative ${importStyles.what} column sheet`}
          aria-busy={preview === null}
        >
          <output className={`normal px-12 py-8 on-panel ${sheetStyles.sheetLead}`} aria-busy={isChecking}>
            {preview ? leadSentences(preview).join(' ') : t('common:loading')}
            {preview && <FieldFigures preview={preview} />}
          </output>
          {table.isResumed && (
            <output className={`row wrap small mt-8 ${sheetStyles.all}`}>
              <span>{t('returned')}</span>
              <Button size="xs" onClick={() => void startOver()}>
                {t('panel:create.startOver')}
              </Button>
            </output>
          )}
          <Doubts table={table} />
          <FileContents table={table} />
          <Columns table={table} />
          {preview && (
            <>
              <ProblemSection table={table} preview={preview} />
              <ChangedRecords records={preview.changed} count={preview.updates} />
              <RowsPreview table={table} preview={preview} />
            </>
          )}
        </div>
        <ImportPanel
          previewedFile={table}
          isEmpty={preview?.workspace_empty ?? true}
          blockedReason={blockedReason(preview, table)}
          buttonLabel={buttonText(preview, table)}
        >
          {preview && <ProblemsButton table={table} preview={preview} />}
          {preview && <MissingEndsChoice table={table} preview={preview} />}
          <UniversityChoice table={table} />
          {Object.keys(preview?.share_units ?? {}).map((field) => (
            <ShareUnitChoice key={field} field={field} table={table} />
          ))}
          {preview && <DecimalChoice table={table} preview={preview} />}
          {table.view.titled && isPerson(table.choices.type) && (
            <Switch
              label={t('decide.titled', table.view.titled)}
              checked={table.layout.type_column === typesByTitle}
              onChange={(event) =>
                void changeSheetLayout({
                  ...table.layout,
                  type_column: event.currentTarget.checked ? typesByTitle : undefined,
                })
              }
            />
          )}
          {preview?.name_order && (
            <Switch
              label={t('decide.turnNames', {
                count: preview.name_order.count,
                example: preview.name_order.example,
              })}
              checked={preview.name_order.order === 'family_first'}
              onChange={(event) =>
                changeChoices({ name_order: event.currentTarget.checked ? 'family_first' : 'given_first' })
              }
            />
          )}
          {preview && <MatchingChoice table={table} preview={preview} />}
        </ImportPanel>
      </div>
    </>
  );
}
