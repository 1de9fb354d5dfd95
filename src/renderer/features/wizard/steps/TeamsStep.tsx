import { fieldName } from '../../../text/names.ts';
import { isFilled, newTeam, pasteNames } from '../draft.ts';
import type { TeamLine } from '../draft.ts';
import { ChoiceCell, TextCell } from '../fields.tsx';
import { LineTable } from '../LineTable.tsx';
import type { Column } from '../LineTable.tsx';
import type { WizardStore } from '../useDraft.ts';

/** A value of an open list of teams. */
const choice = (field: 'discipline' | 'lifecycle'): Column<TeamLine> => {
  const title = fieldName(field);
  return {
    title,
    cell: ({ line, set, named }) => (
      <ChoiceCell
        type="team"
        field={field}
        label={named(title)}
        value={line[field]}
        onChange={(value) => set({ [field]: value })}
      />
    ),
  };
};

const text = (field: 'name' | 'size', numeric: boolean): Column<TeamLine> => {
  const title = fieldName(field);
  return {
    title,
    cell: ({ line, set, named }) => (
      <TextCell
        numeric={numeric}
        label={named(title)}
        value={line[field]}
        onChange={(value) => set({ [field]: value })}
      />
    ),
  };
};

/** The teams, one line each. */
export function TeamsStep({ draft, change }: WizardStore) {
  return (
    <LineTable
      step="teams"
      store={{ draft, change }}
      lines={draft.teams}
      columns={[text('name', false), choice('discipline'), choice('lifecycle'), text('size', true)]}
      filled={isFilled.team}
      onLines={(teams) => change({ teams })}
      pasted={(at, lines) => pasteNames(draft.teams, at, lines, newTeam)}
    />
  );
}
