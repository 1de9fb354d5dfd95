import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCircleCheck,
  IconShieldCheck,
} from '@tabler/icons-react';
import { historyOf, listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import type { SheetType } from '#shared/contract/sheets.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { numericFormat } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { customFieldKey } from '#shared/domain/custom-fields.ts';
import { entityTypes, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { runCommand, useCommand } from '../../commands/registry.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate, openTab } from '../../stores/address.ts';
import { useTransaction } from '../../stores/transaction.ts';
import { useReverseOption } from '../../stores/undo-obstacle.ts';
import { takeStep, revertChange, undoOp } from '../../stores/undo.ts';
import { countedRecords, countedAll, fieldName } from '../../text/names.ts';
import { exactTime } from '../../text/time.ts';
import { ActionLine } from '../../ui/ActionLine.tsx';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { iconOf } from '../../ui/icons.ts';
import { Problems } from './Problems.tsx';
import { Notices } from './ReportNotices.tsx';
import type { PreviewedFile, Table } from './state.ts';
import { Disclosure } from './Disclosure.tsx';
import {
  writtenCounts,
  fieldWord,
  fieldsInRows,
  emptyFieldCounts,
  problemText,
  locationText,
} from './sentences.ts';
import importStyles from './import.module.css';
import sheetStyles from './sheet.module.css';

/** The time of a backup from the stamp that names its folder (20261120T130946696Z); another name is returned unchanged. */
export function backupTime(id: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z(?:-\d+)?$/.exec(id);
  if (!parts) return id;
  const [, year, month, day, hour, minute, second, thousandth] = parts;
  return exactTime(`${year}-${month}-${day}T${hour}:${minute}:${second}.${thousandth}Z`);
}

function Assurances({ backup }: Pick<ImportResult, 'backup'>) {
  const { t } = useTexts('transfer');
  const canReveal = useCommand('workspace.backups') !== undefined;
  return (
    <ul className={importStyles.sure}>
      <li className="row gap-8 small dim target">
        <IconCircleCheck size={17} stroke={1.7} />
        {t('done.verified')}
      </li>
      {backup !== null && (
        <li className="row gap-8 small dim target">
          <IconShieldCheck size={17} stroke={1.7} />
          {t('done.backup', { when: backupTime(backup) })}
          {canReveal && (
            <Button size="xs" onClick={() => runCommand('workspace.backups')}>
              {t('workspace.backups')}
            </Button>
          )}
        </li>
      )}
    </ul>
  );
}

/** Undoes, reverts or redoes the import; disabled with a reason if none is possible. Hidden if it is undone for good. */
function UndoButton({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('transfer');
  const { action: reverseAction, why } = useReverseOption(transaction);
  const isRedo = reverseAction === 'redo';
  if (transaction.undone && !isRedo) return null;
  const ButtonIcon = isRedo ? IconArrowForwardUp : IconArrowBackUp;
  const run = (): Promise<void> => {
    if (isRedo) return takeStep('redo');
    return reverseAction === 'undo' ? undoOp(transaction.op_id) : revertChange(transaction);
  };
  return (
    <Button
      disabled={reverseAction === null}
      {...(why === null ? {} : { title: t(`history:alone.why.${why}`) })}
      leftSection={<ButtonIcon size={16} stroke={1.6} />}
      onClick={() => void run()}
    >
      {t(isRedo ? 'transfer:done.redo' : 'transfer:done.undo')}
    </Button>
  );
}

function listWrittenSince(type: EntityType, since: string, filters: readonly Filter[] = []): ListView {
  return { ...listOf(type), filters: [...filters, { field: 'updated_at', op: 'gte', value: since }] };
}

function ImportedRecords({ result }: { result: ImportResult }) {
  const { t } = useTexts('transfer');
  const counts = writtenCounts(result);
  return (
    <ul className={importStyles.links}>
      {entityTypes.map((type) => {
        const Icon = iconOf[type];
        const count = counts[tableOf[type]] ?? 0;
        const recordsText = countedRecords(type, count);
        return (
          count > 0 && (
            <li key={type}>
              <Icon className="faint" size={17} stroke={1.6} />
              <span className="num">{recordsText}</span>
              <Button size="xs" onClick={() => openTab(listWrittenSince(type, result.started_at))}>
                {t('home:show', { what: recordsText })}
              </Button>
            </li>
          )
        );
      })}
    </ul>
  );
}

/** Imported values that need fixing, each with the list of its records. */
export function linesToFix(
  problems: readonly SheetProblem[],
  type: SheetType,
  since: string,
): { text: string; view: ListView }[] {
  const valueLines = problems.flatMap((problem) => {
    const { field, value, came } = problem;
    const view = came > 0 && field !== null ? listOfProblem(problem, field, type, since) : null;
    return view
      ? [{ text: say('sheets:done.kept', { value, field: fieldWord(field), count: came }), view }]
      : [];
  });
  const emptyLines = [...emptyFieldCounts(problems)].map(([field, count]) => ({
    text: say('sheets:done.empty', { field: fieldName(field), count }),
    view: listWrittenSince(type, since, [{ field, op: 'empty' }]),
  }));
  return [...valueLines, ...emptyLines];
}

function listOfProblem(
  problem: SheetProblem,
  field: string,
  type: SheetType,
  since: string,
): ListView | null {
  const { action, code, value, suggestions } = problem;
  const knownField = fieldOf(type, field);
  if (code === 'reference_alike' && knownField?.to && isEntityType(knownField.to)) {
    const names = [value, ...suggestions.map(({ label }) => label)];
    return { ...listOf(knownField.to), filters: [{ field: 'name', op: 'in', value: names }] };
  }
  if (action !== 'kept' || code === 'unlikely_number') return null;
  const filteredField = knownField ? field : customFieldKey(field);
  const separator = code === 'date_order' ? numericFormat(value)?.separator : undefined;
  if (separator !== undefined)
    return listWrittenSince(type, since, [{ field: filteredField, op: 'contains', value: separator }]);
  const filterValue = field === 'energy_loss' ? Number.parseFloat(value) : value;
  return listWrittenSince(type, since, [{ field: filteredField, op: 'is', value: filterValue }]);
}

const maxLines = 20;

/** The skipped rows, each with its reason. Rows that the person skipped are only counted. */
function SkippedRows({ table, count }: { table: Table; count: number }) {
  const { t } = useTexts('sheets');
  const { preview, view, others } = table;
  const sheets = preview ? [preview, ...preview.others] : [];
  const views = [view, ...others.map((other) => other.view)];
  const lines = sheets.flatMap(({ problems, type, sheet }) => {
    const names = views.find((candidate) => candidate.sheet === sheet)?.columns.map(({ name }) => name) ?? [];
    return problems
      .filter(({ action }) => action === 'skipped')
      .map((problem) => ({ text: problemText(problem, type), where: locationText(problem, names) }));
  });
  if (lines.length === 0) return <p>{t('lead.skipped', { count })}</p>;
  return (
    <Disclosure title={t('lead.skipped', { count })} open={lines.length <= maxLines}>
      <ul className={`small ${importStyles.problemsList}`}>
        {lines.slice(0, maxLines).map(({ text, where }) => (
          <li key={`${text} ${where}`}>
            <p>{text}</p>
            <small className="dim">{where}</small>
          </li>
        ))}
      </ul>
      {lines.length > maxLines && (
        <p className="dim">{t('common:plan.more', { count: lines.length - maxLines })}</p>
      )}
    </Disclosure>
  );
}

function ValuesToFix({ table: { preview }, since }: { table: Table; since: string }) {
  const { t } = useTexts('sheets');
  const sheets = preview ? [preview, ...preview.others] : [];
  const emptyFields = emptyFieldCounts(sheets.flatMap(({ problems }) => problems));
  const lines = sheets.flatMap(({ problems, type }) => linesToFix(problems, type, since));
  return (
    <>
      {emptyFields.size > 0 && (
        <p className={`row gap-8 small dim mt-8 ${sheetStyles.sheetNotice}`}>
          <IconAlertTriangle size={17} stroke={1.7} className={`warn ${sheetStyles.stateWarn}`} aria-hidden />
          {t('lead.empty', { what: fieldsInRows(emptyFields) })}
        </p>
      )}
      {lines.length > 0 && (
        <section aria-labelledby="sheet-left">
          <h2 id="sheet-left">{t('done.left')}</h2>
          <ul className={`${importStyles.links} ${importStyles.left}`}>
            {lines.slice(0, maxLines).map(({ text, view }) => (
              <ActionLine key={text} text={text} action={t('common:show')} onAction={() => openTab(view)} />
            ))}
          </ul>
          {lines.length > maxLines && (
            <p className="dim">{t('common:plan.more', { count: lines.length - maxLines })}</p>
          )}
        </section>
      )}
    </>
  );
}

export function ImportResultPage({
  previewedFile,
  result,
}: {
  previewedFile: PreviewedFile;
  result: ImportResult;
}) {
  const { t } = useTexts('transfer');
  const { op_id: opId, skipped } = result;
  const { data: transaction = null } = useTransaction(opId);
  const isUndone = transaction?.undone === true;
  const totalText = countedAll(writtenCounts(result));
  const { name } = previewedFile.file;
  return (
    <>
      <ViewHeader
        title={t(isUndone ? 'done.undone' : 'done.title', { name })}
        actions={
          <>
            {opId !== '' && (
              <Button onClick={() => navigate(historyOf({ open: opId }))}>
                {t('panel:history.openAll')}
              </Button>
            )}
            {transaction && <UndoButton transaction={transaction} />}
            <Button onClick={() => runCommand('file.import')}>{t('done.another')}</Button>
          </>
        }
      />
      <div className={`shrink shrink-y scroll-y relative ${importStyles.what} import-result column sheet`}>
        {isUndone ? (
          <p className="normal prose">{t('done.undoneText')}</p>
        ) : (
          <>
            <p className="normal prose">
              {totalText === '' ? t('done.nothing') : `${totalText}.`}{' '}
              {skipped > 0 && previewedFile.kind !== 'table' && t('sheets:lead.skipped', { count: skipped })}
            </p>
            {skipped > 0 && previewedFile.kind === 'table' && (
              <SkippedRows table={previewedFile} count={skipped} />
            )}
            {previewedFile.kind === 'table' && (
              <ValuesToFix table={previewedFile} since={result.started_at} />
            )}
            <ImportedRecords result={result} />
            <Assurances backup={result.backup} />
            {previewedFile.kind === 'table' && <Notices notices={result.report.notices} />}
            {previewedFile.kind === 'frames' && !result.report.complete && (
              <Problems plan={{ ...previewedFile.plan, report: result.report }} />
            )}
          </>
        )}
      </div>
    </>
  );
}
