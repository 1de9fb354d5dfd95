import { useMemo } from 'react';
import { z } from 'zod';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import { leftMatter } from '#shared/contract/left.ts';
import type { Json } from '#shared/domain/json.ts';
import { keep, useKept, useSeat } from '../../../stores/seat.ts';
import { ownKey } from '../../../stores/target.ts';
import type { LeftLine } from './leftOf.ts';

const seatKey = 'left-to-mend';

/** Imports that are remembered for one workspace, the newest first, and of each so many lines: every line is asked about on Home. */
const mostImports = 3;
const mostLines = 40;
/** Longest text and address of a line, and what all of it may take, in characters of JSON. */
const longest = { text: 200, address: 1000 };
const room = 120_000;

const kept = z.array(
  z.object({
    workspace: z.string(),
    op_id: z.string(),
    name: z.string(),
    at: z.string(),
    lines: z.array(z.object({ text: z.string(), address: z.string(), matter: leftMatter })),
  }),
);
type Kept = z.infer<typeof kept>;

/** What an import left to mend. */
export interface LeftImport {
  op_id: string;
  /** The name of its file. */
  name: string;
  /** When it began, in ISO. */
  at: string;
  lines: readonly LeftLine[];
}

const read = (item: Json | undefined): Kept => z.safeParse(kept, item).data ?? [];
const now = (): Kept => read(useSeat.getState().items[seatKey]);

/** The newest first, as far as there is room for them. */
function write(items: Kept): void {
  let left = room;
  const fitting = items.filter((item, index) => {
    left -= JSON.stringify(item).length;
    const before = items.slice(0, index).filter(({ workspace }) => workspace === item.workspace);
    return left > 0 && before.length < mostImports;
  });
  keep(seatKey, fitting.length === 0 ? null : fitting);
}

/** Keeps what an import left to mend: its own page is over when the window is. */
export function keepLeft(
  workspace: string,
  imported: Pick<LeftImport, 'op_id' | 'name' | 'at'>,
  lines: readonly LeftLine[],
): void {
  const said = lines.slice(0, mostLines).flatMap(({ text, view, matter }) => {
    const address = printAddress({ target: 'live', view });
    const fits = address.length <= longest.address && leftMatter.safeParse(matter).success;
    return fits ? [{ text: text.slice(0, longest.text), address, matter }] : [];
  });
  if (said.length > 0) write([{ workspace: ownKey(workspace), ...imported, lines: said }, ...now()]);
}

/** Forgets what an import left. Gives the way back. */
export function dropLeft(op_id: string): () => void {
  const before = now();
  write(before.filter((one) => one.op_id !== op_id));
  return () => {
    const back = before.filter((one) => one.op_id === op_id);
    const others = now().filter((one) => one.op_id !== op_id);
    write([...back, ...others].sort((a, b) => (a.at < b.at ? 1 : -1)));
  };
}

/** What imports into a workspace left to mend, the newest first, mended since or not. */
export function useLeftImports(workspace: string): readonly LeftImport[] {
  const item = useKept(seatKey);
  return useMemo(
    () =>
      read(item)
        .filter((one) => one.workspace === ownKey(workspace))
        .map(({ op_id, name, at, lines }) => ({
          op_id,
          name,
          at,
          lines: lines.flatMap(({ text, address, matter }) => {
            const view = parseAddress(address)?.view;
            return view?.kind === 'list' ? [{ text, view, matter }] : [];
          }),
        })),
    [item, workspace],
  );
}
