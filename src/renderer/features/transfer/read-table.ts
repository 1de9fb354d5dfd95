import type {
  ColumnTarget,
  SheetChoices,
  SheetLayout,
  SheetType,
  SheetView,
} from '#shared/contract/sheets.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { chosenTargets, initialChoices, withDecidedColumns } from './choices.ts';
import { recallFile, recallHeadings, recallLayout, recallPart } from './remember.ts';
import { setImportState, useImport } from './state.ts';
import type { ChosenSheet, SourceFile, Table } from './state.ts';

/** Reads a table and guesses the columns other than the `chosen` ones. */
export function readView(
  file: SourceFile,
  { layout, chosen }: { layout: SheetLayout; chosen: Record<string, ColumnTarget> },
  signal: AbortSignal,
): Promise<SheetView> {
  return awaitResult(
    api.transfer.readSheet({ source: file.source, layout, chosen }, { signal }),
    (progress) => {
      if (useImport.getState().stage === 'reading') setImportState({ stage: 'reading', file, progress });
    },
    signal,
  );
}

/** Reads a table and proposes its interpretation. With `canResume`, earlier choices for this very file are restored. */
export async function readTable(
  file: SourceFile,
  layout: SheetLayout,
  {
    canResume,
    signal,
    chosen = {},
  }: { canResume: boolean; signal: AbortSignal; chosen?: Record<string, ColumnTarget> },
): Promise<Table> {
  const { id: workspace, actor } = await queryClient.ensureQueryData(queryFor('workspace.info', {}));
  let view = await readView(file, { layout, chosen }, signal);
  const storedTable = canResume ? recallFile(workspace, view) : undefined;
  const { encoding } = storedTable ?? layout;
  const { hidden } = layout;
  const recalledLayout = storedTable ?? (canResume ? recallLayout(view) : undefined);
  const { type_column, fill_down, word_types } = recalledLayout ?? layout;
  if (
    recalledLayout &&
    ((storedTable &&
      (storedTable.sheet !== view.sheet ||
        storedTable.header !== view.header ||
        encoding !== undefined ||
        storedTable.choices.chosen.length > 0)) ||
      [type_column, fill_down, word_types].some((part) => part !== undefined))
  ) {
    const { sheet, header } = storedTable ?? view;
    view = await readView(
      file,
      {
        layout: { sheet, header, encoding, hidden, type_column, fill_down, word_types },
        chosen: storedTable && !storedTable.imported ? chosenTargets(storedTable.choices) : chosen,
      },
      signal,
    );
  }
  const rememberedChoices = recallHeadings(view);
  const guessedChoices = initialChoices(view, rememberedChoices, actor.university_id);
  const freshChoices = rememberedChoices ? guessedChoices : withDecidedColumns(guessedChoices, chosen);
  const hasSameColumns = storedTable?.choices.columns.length === view.columns.length;
  const isResumed = hasSameColumns && !storedTable.imported;
  const { cells = [], university = null } = storedTable?.choices ?? {};
  // Cell choices are restored only with the layout in which they were made.
  const proposedChoices =
    hasSameColumns && storedTable.imported ? { ...freshChoices, cells, university } : freshChoices;
  const sheet = {
    view,
    layout: { sheet: view.sheet, header: view.header, encoding, hidden, type_column, fill_down, word_types },
  };
  const choices = isResumed ? storedTable.choices : proposedChoices;
  return {
    kind: 'table',
    file,
    workspace,
    ...sheet,
    choices,
    proposedChoices,
    isRemembered: rememberedChoices !== undefined,
    isResumed,
    others: otherParts(sheet, choices, (type) => (isResumed ? recallPart(workspace, view, type) : undefined)),
    backup: true,
    preview: null,
    isChecking: true,
  };
}

/** The parts of other types, with their last or guessed choices. */
export function otherParts(
  { view, layout }: Pick<ChosenSheet, 'view' | 'layout'>,
  { type, elsewhere, university, cells, skip }: SheetChoices,
  recall: (type: SheetType) => SheetChoices | undefined = () => undefined,
): ChosenSheet[] {
  return elsewhere.map((otherType) => {
    const rememberedChoices = recallHeadings(view, otherType) ?? {
      type: otherType,
      columns: view.guesses[otherType] ?? [],
      values: [],
    };
    const otherTypes = [type, ...elsewhere].filter((candidate) => candidate !== otherType);
    const proposedChoices = {
      ...initialChoices(view, rememberedChoices, university),
      cells,
      skip,
      elsewhere: otherTypes,
    };
    return { view, layout, proposedChoices, choices: recall(otherType) ?? proposedChoices };
  });
}
