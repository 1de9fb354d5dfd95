import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { say } from '../../../i18n/setup.ts';

interface Props {
  label: string;
  problem: string | undefined;
  children: ReactElement;
}

/** What is wrong with the value of a cell, said right under it: a cell has no room of its own. */
export function CellProblem({ label, problem, children }: Props) {
  return (
    <Tooltip
      label={problem === undefined ? '' : say('faults:named', { field: label, problem })}
      opened={problem !== undefined}
      position="bottom-start"
      classNames={{ tooltip: 'cell-problem' }}
    >
      {children}
    </Tooltip>
  );
}
