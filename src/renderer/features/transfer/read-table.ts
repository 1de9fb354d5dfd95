import type { SheetChoices, SheetLayout, SheetType, SheetView } from '#shared/contract/sheets.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { initialChoices } from './choices.ts';
import { recallFile, recallHeadings, recallPart } from './remember.ts';
import { setImportState, useImport } from './state.ts';
import type { ChosenSheet, SourceFile, Table } from './state.ts';

function readView(file: SourceFile, layout: SheetLayout, signal: AbortSignal): Promise<SheetView> {
  return awaitResult(
    api.transfer.readSheet({ source: file.source, layout }, { signal }),
    (progress) => {
      if (useImport.getState().stage === 'reading') setImportState({ stage: 'reading', file, progress });
    },
    signal,
  );
}

/** Reads a table and proposes its interpretation. `resume` restores earlier choices for this very file. */
export async function readTable(
  file: SourceFile,
  layout: SheetLayout,
  resume: boolean,
  signal: AbortSignal,
): Promise<Table> {
  const { id: workspace, actor } = await queryClient.ensureQueryData(queryFor('workspace.info', {}));
  let view = await readView(file, layout, signal);
  const stored = resume ? recallFile(workspace, view) : undefined;
  const { encoding } = stored ?? layout;
  if (stored && (stored.sheet !== view.sheet || stored.header !== view.header || encoding !== undefined))
    view = await readView(file, { sheet: stored.sheet, header: stored.header, encoding }, signal);
  const recalled = recallHeadings(view);
  const proposed = initialChoices(view, recalled, actor.university_id);
  const hasSameColumns = stored?.choices.columns.length === view.columns.length;
  const returned = hasSameColumns && !stored.imported;
  const { cells = [], university = null } = stored?.choices ?? {};
  // Cell choices are restored only with the layout in which they were made.
  const initial = hasSameColumns && stored.imported ? { ...proposed, cells, university } : proposed;
  const sheet = { view, layout: { sheet: view.sheet, header: view.header, encoding } };
  const choices = returned ? stored.choices : initial;
  return {
    kind: 'table',
    file,
    workspace,
    ...sheet,
    choices,
    first: initial,
    isRemembered: recalled !== undefined,
    returned,
    others: otherParts(sheet, choices, (type) => (returned ? recallPart(workspace, view, type) : undefined)),
    backup: true,
    preview: null,
    checking: true,
  };
}

/** The parts of other types, with their last or guessed choices. */
export function otherParts(
  { view, layout }: Pick<ChosenSheet, 'view' | 'layout'>,
  { type, elsewhere, university, cells, skip }: SheetChoices,
  recall: (type: SheetType) => SheetChoices | undefined = () => undefined,
): ChosenSheet[] {
  return elsewhere.map((other) => {
    const recalled = recallHeadings(view, other) ?? {
      type: other,
      columns: view.guesses[other] ?? [],
      values: [],
    };
    const others = [type, ...elsewhere].filter((one) => one !== other);
    const initial = { ...initialChoices(view, recalled, university), cells, skip, elsewhere: others };
    return { view, layout, first: initial, choices: recall(other) ?? initial };
  });
}
