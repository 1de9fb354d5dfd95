import type { SheetLayout, SheetView } from '#shared/contract/sheets.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { keys, queries } from '../../../stores/queries.ts';
import { firstMoment, madeByHand } from './moments.ts';
import { recall } from './remember.ts';
import { enter, useSheet } from './state.ts';
import type { Moment, SheetFile, Table } from './state.ts';
import { choicesOf, recallUnfinished } from './unfinished.ts';

function viewOf(file: SheetFile, layout: SheetLayout, signal: AbortSignal): Promise<SheetView> {
  return follow(
    api.transfer.readSheet({ source: file.source, layout }, { signal }),
    (progress) => {
      if (useSheet.getState().stage === 'reading') enter({ stage: 'reading', file, progress });
    },
    signal,
  );
}

/** Reads a table, and proposes what it means. `resume`: what was chosen for this very file before, and not imported, comes back. */
export async function tableOf(
  file: SheetFile,
  layout: SheetLayout,
  resume: boolean,
  signal: AbortSignal,
): Promise<Table> {
  const view = await viewOf(file, layout, signal);
  const { id: workspace, actor } = await queries.ensureQueryData({
    queryKey: keys.info,
    queryFn: () => api.workspace.info({}),
  });
  const firstOf = (one: SheetView): Moment =>
    firstMoment(one, recall(one, { ...one, workspace }), actor.university_id);
  const first = firstOf(view);
  const kept = resume ? recallUnfinished(workspace, view) : undefined;
  const elsewhere = kept && (kept.layout.sheet !== view.sheet || kept.layout.header !== view.header);
  const under = elsewhere ? firstOf(await viewOf(file, kept.layout, signal)) : first;
  const choices = kept && choicesOf(kept, under);
  const now = choices ? { ...under, choices } : first;
  return {
    ...now,
    returned: madeByHand(now, first),
    file,
    workspace,
    first,
    others: [],
    backup: true,
    preview: null,
    checking: true,
  };
}
