import type { SheetChoices, SheetLayout, SheetType, SheetView } from '#shared/contract/sheets.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { firstChoices } from './choices.ts';
import { recallFile, recallHeadings, recallPart } from './remember.ts';
import { enterState, useImport } from './state.ts';
import type { ChosenSheet, SourceFile, Table } from './state.ts';

function viewOf(file: SourceFile, layout: SheetLayout, signal: AbortSignal): Promise<SheetView> {
  return follow(
    api.transfer.readSheet({ source: file.source, layout }, { signal }),
    (progress) => {
      if (useImport.getState().stage === 'reading') enterState({ stage: 'reading', file, progress });
    },
    signal,
  );
}

/** Reads a table and proposes its interpretation. `resume` restores earlier choices for this very file. */
export async function tableOf(
  file: SourceFile,
  layout: SheetLayout,
  resume: boolean,
  signal: AbortSignal,
): Promise<Table> {
  const { id: workspace, actor } = await queryClient.ensureQueryData(queryFor('workspace.info', {}));
  let view = await viewOf(file, layout, signal);
  const kept = resume ? recallFile(workspace, view) : undefined;
  const { encoding } = kept ?? layout;
  if (kept && (kept.sheet !== view.sheet || kept.header !== view.header || encoding !== undefined))
    view = await viewOf(file, { sheet: kept.sheet, header: kept.header, encoding }, signal);
  const recalled = recallHeadings(view);
  const proposed = firstChoices(view, recalled, actor.university_id);
  const fits = kept?.choices.columns.length === view.columns.length;
  const returned = fits && !kept.imported;
  const { cells = [], university = null } = kept?.choices ?? {};
  // Cell choices are restored only with the layout in which they were made.
  const first = fits && kept.imported ? { ...proposed, cells, university } : proposed;
  const sheet = { view, layout: { sheet: view.sheet, header: view.header, encoding } };
  const choices = returned ? kept.choices : first;
  return {
    kind: 'table',
    file,
    workspace,
    ...sheet,
    choices,
    first,
    remembered: recalled !== undefined,
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
    const first = { ...firstChoices(view, recalled, university), cells, skip, elsewhere: others };
    return { view, layout, first, choices: recall(other) ?? first };
  });
}
