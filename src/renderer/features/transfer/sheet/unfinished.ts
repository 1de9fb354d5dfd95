import { z } from 'zod';
import { sheetChoices } from '#shared/contract/sheets.ts';
import type { SheetChoices, SheetView } from '#shared/contract/sheets.ts';
import type { Json } from '#shared/domain/json.ts';
import { SEAT_ITEM_LIMIT } from '#shared/shell/seat.ts';
import { keep, useSeat } from '../../../stores/seat.ts';
import { openTarget } from '../../../stores/target.ts';
import type { Moment } from './state.ts';

const seatKey = 'sheet-unfinished';

/** Tables that are kept, the newest first, and the characters of JSON that all of them may take. */
const most = 10;
const room = SEAT_ITEM_LIMIT / 2;

const kept = z.array(
  z.object({
    /** Workspace and SHA-256 of what was read. */
    file: z.string(),
    layout: z.object({ sheet: z.number(), header: z.number() }),
    choices: sheetChoices,
    /** What the file was called, and whether its table was looked at last: in a window that ended then, nobody was told that it is kept. */
    name: z.string().default(''),
    open: z.boolean().default(false),
    /** Where that was: live, or a sandbox. */
    target: z.string().default('live'),
  }),
);
type Kept = z.infer<typeof kept>;

const now = (): Kept => z.safeParse(kept, useSeat.getState().items[seatKey]).data ?? [];
const fileOf = (workspace: string, { sha256 }: Pick<SheetView, 'sha256'>): string => `${workspace} ${sha256}`;

function write(items: Kept): void {
  let left = room;
  const fitting = items.slice(0, most).filter((item) => {
    left -= JSON.stringify(item).length;
    return left > 0;
  });
  keep(seatKey, fitting.length === 0 ? null : (fitting as unknown as Json));
}

/** What was chosen for this very file in an import that was not finished; undefined where nothing was. */
export function recallUnfinished(
  workspace: string,
  view: Pick<SheetView, 'sha256'>,
): Kept[number] | undefined {
  return now().find(({ file }) => file === fileOf(workspace, view));
}

/** Keeps what was chosen for a file until it is imported. */
export function keepUnfinished(workspace: string, { view, choices }: Moment, name: string): void {
  const file = fileOf(workspace, view);
  const layout = { sheet: view.sheet, header: view.header };
  write([
    { file, layout, choices, name, open: true, target: openTarget() },
    ...now().filter((one) => one.file !== file),
  ]);
}

/** The name of the table that was looked at here, in live or this sandbox of the workspace, when the last window ended, or null. From now on it is told of. */
export function takeLeftOpen(workspace: string): string | null {
  const all = now();
  const left = all.find(
    ({ file, open, target }) => open && target === openTarget() && file.startsWith(`${workspace} `),
  );
  if (!left) return null;
  write(all.map((one) => (one === left ? { ...one, open: false } : one)));
  return left.name;
}

/** Forgets it: it is imported, or nothing is chosen by hand any more. */
export function forgetUnfinished(workspace: string, view: Pick<SheetView, 'sha256'>): void {
  const all = now();
  const others = all.filter(({ file }) => file !== fileOf(workspace, view));
  if (others.length < all.length) write(others);
}

/** The kept choices as those of this table; null where they do not fit it. What is as it was proposed stays the same object. */
export function choicesOf({ choices }: Kept[number], first: Moment): SheetChoices | null {
  if (choices.columns.length !== first.view.columns.length) return null;
  const proposed = new Map(first.choices.values.map((rule) => [JSON.stringify(rule), rule]));
  return { ...choices, values: choices.values.map((rule) => proposed.get(JSON.stringify(rule)) ?? rule) };
}
