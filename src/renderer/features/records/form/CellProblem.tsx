import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { say } from '../../../i18n/setup.ts';

interface Props {
  label: string;
  problem: string | undefined;
  /** What becomes of the value, while nothing is wrong with it. */
  hint: string | null;
  children: ReactElement;
}

/** What is wrong with the value of a cell, or becomes of it, said right under it: a cell has no room of its own. */
export function CellProblem({ label, problem, hint, children }: Props) {
  return (
    <Tooltip
      label={problem === undefined ? hint : say('faults:named', { field: label, problem })}
      opened={problem !== undefined || hint !== null}
      position="bottom-start"
      classNames={{ tooltip: problem === undefined ? 'cell-hint' : 'cell-problem' }}
    >
      {children}
    </Tooltip>
  );
}
