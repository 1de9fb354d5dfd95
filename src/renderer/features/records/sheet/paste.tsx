import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import type { FieldChange } from '#shared/contract/bulk.ts';
import { maxChanges } from '#shared/contract/bulk.ts';
import type { ListView } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { countedRecords, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { updatesOf, cellDiffers } from './changes.ts';
import type { PastePlan, PasteProblem } from './paste-plan.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { askDialog } from '../../../ui/dialog.tsx';
import { undoAction } from '../../../stores/undo.ts';
import { faultData, fieldOfPath, issueProblem } from '../../../text/faults.ts';
import { notice, reportError, reportErrors } from '../../../ui/notices.tsx';
import type { Column } from '../columns.ts';
import type { Rows } from '../data/rows.ts';
import { rangeOf } from '../grid/state.ts';
import type { GridState } from '../grid/state.ts';
import { newId } from '../data/create.ts';
import { layOutPaste, planPaste, findReferences } from './paste-plan.ts';
import { parseTsv } from './clipboard.ts';
import { writeChanges } from '../edit/save.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import styles from './sheet.module.css';

const maxProblems = 100;

function ProblemTable({ problems }: { problems: readonly PasteProblem[] }) {
  const { t } = useTexts('sheet');
  const hiddenCount = problems.length - maxProblems;
  return (
    <>
      <p>{t('preview.problems', { count: problems.length })}</p>
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <section
        className={`card scroll most-280 ${styles.problems}`}
        tabIndex={0}
        aria-label={t('preview.problems', { count: problems.length })}
      >
        {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex */}
        <DataTable
          rows={problems.slice(0, maxProblems)}
          keyOf={({ line, column }, index) => `${index}/${line}/${column}`}
          columns={[
            {
              key: 'row',
              title: t('preview.row'),
              kind: 'number',
              renderCell: ({ line }) => numberText(line),
            },
            { key: 'column', title: t('preview.column'), renderCell: ({ column }) => column },
            {
              key: 'text',
              title: t('preview.text'),
              classOf: () => `cut bad ${styles.text}`,
              renderCell: ({ text }) => text,
            },
            { key: 'reason', title: t('history:act.reason'), renderCell: ({ why }) => why },
          ]}
        />
      </section>
      {hiddenCount > 0 && <p className="dim">{say('common:plan.more', { count: hiddenCount })}</p>}
    </>
  );
}

interface PasteAnswer {
  createsRecords: boolean;
}

interface Props {
  type: EntityType;
  plan: PastePlan;
  onAnswer: (answer: PasteAnswer | null) => void;
}

/** The changes and additions of a paste, and the cells with problems. */
function PastePreview({ type, plan, onAnswer }: Props) {
  const { t } = useTexts('sheet');
  const { cells, newRecords, problems, skipped } = plan;
  const [createsRecords, setCreatesRecords] = useState(newRecords.length > 0);
  const changedCellCount = cells.filter(cellDiffers).length;
  const changedRecordCount = updatesOf(cells).length;
  const isUnchanged = changedCellCount === 0 && !(createsRecords && newRecords.length > 0);
  return (
    <div className="stack gap-12 small">
      <p>
        {changedCellCount === 0
          ? t('sheet:preview.noChanges')
          : t('sheet:preview.changes', {
              count: changedCellCount,
              what: countedRecords(type, changedRecordCount),
            })}
      </p>
      {newRecords.length > 0 && (
        <Checkbox
          checked={createsRecords}
          onChange={(event) => setCreatesRecords(event.currentTarget.checked)}
          label={t('sheet:preview.create', { count: newRecords.length })}
        />
      )}
      {problems.length > 0 && <ProblemTable problems={problems} />}
      {skipped.length > 0 && (
        <p className="dim">{t('sheet:preview.skipped', { columns: skipped.join(', ') })}</p>
      )}
      <div className="dialog-buttons">
        <Button onClick={() => onAnswer(null)}>{t('common:cancel')}</Button>
        <Button
          variant="filled"
          data-autofocus
          disabled={isUnchanged}
          onClick={() => onAnswer({ createsRecords })}
        >
          {t('commands:record.paste')}
        </Button>
      </div>
    </div>
  );
}

/** Previews a paste with its problems. Returns whether to create new records too; null if cancelled. */
function askAboutPaste(type: EntityType, plan: PastePlan): Promise<PasteAnswer | null> {
  const lines = new Set([
    ...plan.cells.map(({ line }) => line),
    ...plan.newRecords.map(({ line }) => line),
    ...plan.problems.map(({ line }) => line),
  ]);
  const title = say('sheet:preview.title', { count: lines.size, types: typeNames(type) });
  return askDialog<PasteAnswer | null>({ title, size: 560 }, null, (answer) => (
    <PastePreview type={type} plan={plan} onAnswer={answer} />
  ));
}

interface PasteTarget {
  view: ListView;
  rows: Rows;
  placed: readonly Column[];
  all: readonly Column[];
  state: GridState;
  university: string | null;
  refusalOf: (record: EntityRecord) => string | null;
}

/** The first `count` records from a row on, without the lines of groups; fewer at the end of the list. */
async function readRecords(rows: Rows, top: number, count: number): Promise<readonly EntityRecord[]> {
  const lastRow = (rows.count ?? 0) - 1;
  if (top > lastRow) return [];
  const groupCount = rows.groups?.lines.length ?? 0;
  return (await rows.read(top, Math.min(lastRow, top + count + groupCount - 1))).slice(0, count);
}

async function makePlan(target: PasteTarget, text: string): Promise<PastePlan> {
  const { view, rows, placed, all, state, university, refusalOf } = target;
  const range = rangeOf(state);
  const { lines, columns } = layOutPaste(parseTsv(text), range, placed, all);
  const records = await readRecords(rows, range.top, lines.length);
  const references = lines.flatMap((cells) =>
    cells.flatMap((cell, columnIndex) => {
      const field = columns[columnIndex]?.field;
      return field ? [{ field, text: cell }] : [];
    }),
  );
  return planPaste({
    type: view.type,
    lines,
    columns,
    records,
    createsRecords: rows.groups === null,
    filters: view.filters,
    university,
    references: await findReferences(references),
    refusalOf,
  });
}

function problemsIn(error: unknown, lines: readonly number[]): readonly PasteProblem[] {
  const issues = faultData(error, 'INVALID')?.issues ?? [];
  return issues.map((issue) => {
    const [, changeIndex = '', ...field] = issue.path.split('.');
    const column = fieldOfPath(field.join('.'));
    return { line: lines[Number(changeIndex)] ?? 1, column, text: '', why: issueProblem(issue) };
  });
}

function notifyPasted(
  target: PasteTarget,
  opId: string | null,
  changedCount: number,
  addedCount: number,
  skippedCount: number,
): void {
  const { type } = target.view;
  const more = skippedCount > 0 ? { more: say('sheet:leftOut', { count: skippedCount }) } : {};
  if (opId === null) {
    notice({ title: say('sheet:alreadySo'), ...more });
    return;
  }
  const title =
    addedCount === 0
      ? say('sheet:pasted', { what: countedRecords(type, changedCount) })
      : changedCount === 0
        ? say('audit:added', { what: countedRecords(type, addedCount) })
        : say('sheet:pastedAndAdded', { what: countedRecords(type, changedCount), more: String(addedCount) });
  notice({ ...undoAction(opId), title, ...more });
}

async function applyPaste(
  target: PasteTarget,
  plan: PastePlan,
  { createsRecords }: PasteAnswer,
): Promise<void> {
  const { type } = target.view;
  const updates = updatesOf(plan.cells);
  const newRecords = createsRecords ? plan.newRecords : [];
  const creates = newRecords.map(({ data }): FieldChange => ({
    kind: 'create',
    type,
    id: newId(type),
    data,
  }));
  const lineByRecord = new Map(plan.cells.map(({ record, line }) => [record.id, line]));
  try {
    const opId = await writeChanges([...updates, ...creates]);
    notifyPasted(target, opId, updates.length, creates.length, plan.problems.length);
  } catch (error) {
    const lines = [
      ...updates.map(({ id }) => lineByRecord.get(id) ?? 1),
      ...newRecords.map(({ line }) => line),
    ];
    const problems = problemsIn(error, lines);
    if (problems.length === 0) reportError(error);
    else await askAboutPaste(target.view.type, { ...plan, cells: [], newRecords: [], problems });
  }
}

/** Pastes at the active cell, as one undoable change. Asks first if a cell cannot be parsed or records would be created. */
export async function pasteText(target: PasteTarget, text: string): Promise<void> {
  if (text === '') {
    notice({ title: say('sheet:nothingToPaste'), more: say('sheet:nothingToPasteMore') });
    return;
  }
  await reportErrors(async () => {
    const plan = await makePlan(target, text);
    if (updatesOf(plan.cells).length + plan.newRecords.length > maxChanges) {
      notice({ tone: 'bad', title: say('sheet:tooManyToPaste', { count: maxChanges }) });
      return;
    }
    const needsQuestion = plan.problems.length > 0 || plan.newRecords.length > 0;
    const answer = needsQuestion ? await askAboutPaste(target.view.type, plan) : { createsRecords: false };
    if (answer) await applyPaste(target, plan, answer);
  });
}
