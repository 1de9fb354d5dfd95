import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ClipboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changed, withoutLine } from './draft.ts';
import type { WizardStore } from './useDraft.ts';

/** What a cell is drawn with. */
interface Cell<L> {
  line: L;
  /** Changes a part of the line. */
  set: (part: Partial<L>) => void;
  /** Names a control of the line: "Team 3: Size". */
  named: (what: string) => string;
}

export interface Column<L> {
  title: string;
  cell: (cell: Cell<L>) => ReactNode;
}

interface Props<L> {
  step: 'teams' | 'people' | 'links';
  store: Pick<WizardStore, 'draft' | 'change'>;
  lines: readonly L[];
  columns: readonly Column<L>[];
  filled: (line: L) => boolean;
  onLines: (lines: readonly L[]) => void;
  /** The lines after several lines of text were pasted into the first cell of the line `at`. */
  pasted?: (at: number, text: string) => readonly L[];
}

/** A step of lines to fill in, each a record to be made. */
export function LineTable<L extends { id: string }>(props: Props<L>) {
  const { t } = useTranslation('wizard');
  const { step, store, lines, columns, filled, onLines, pasted } = props;
  const paste = (index: number, event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    if (!pasted || !/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    onLines(pasted(index, text));
  };
  return (
    <>
      <p>{t(`${step}.text`)}</p>
      <table className="wizard-lines" aria-label={t(`step.${step}`)}>
        <thead>
          <tr>
            {columns.map(({ title }, at) => (
              // The last heading also stands over the crosses that remove a line.
              <th key={title} scope="col" colSpan={at === columns.length - 1 ? 2 : 1}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => {
            const row = t(`${step}.row`, { row: index + 1 });
            const cell: Cell<L> = {
              line,
              set: (part) => onLines(changed(lines, line.id, part)),
              named: (what) => `${row}: ${what}`,
            };
            return (
              <tr key={line.id} aria-label={row}>
                {columns.map((column, at) => (
                  <td key={column.title} onPaste={at === 0 ? (event) => paste(index, event) : undefined}>
                    {column.cell(cell)}
                  </td>
                ))}
                <td className="wizard-remove">
                  {filled(line) && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('remove', { row: index + 1 })}
                      onClick={() => store.change(withoutLine(store.draft, line.id))}
                    >
                      <IconX size={15} stroke={1.6} />
                    </ActionIcon>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
