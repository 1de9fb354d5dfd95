import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldName } from '../../../text/names.ts';
import { isFilled, newPerson, pasteNames, withKind } from '../draft.ts';
import type { PersonLine } from '../draft.ts';
import { ChoiceCell, TextCell } from '../fields.tsx';
import { LineTable } from '../LineTable.tsx';
import type { Column } from '../LineTable.tsx';
import type { WizardStore } from '../useDraft.ts';

/** What is entered of a person; which kind of person it is decides about the rest. */
function useColumns({ draft, change }: WizardStore): readonly Column<PersonLine>[] {
  const { t } = useTranslation('wizard');
  const teams = draft.teams.filter((team) => team.name.trim() !== '');
  return [
    {
      title: fieldName('name'),
      cell: ({ line, set, named }) => (
        <TextCell
          label={named(fieldName('name'))}
          value={line.name}
          onChange={(text) => set({ name: text })}
        />
      ),
    },
    {
      title: t('people.kind'),
      cell: ({ line, named }) => (
        <NativeSelect
          aria-label={named(t('people.kind'))}
          value={line.kind}
          data={[
            { value: 'student', label: t('people.student') },
            { value: 'faculty', label: t('people.faculty') },
          ]}
          onChange={(event) =>
            change(withKind(draft, line.id, event.currentTarget.value === 'faculty' ? 'faculty' : 'student'))
          }
        />
      ),
    },
    {
      title: t('people.team'),
      cell: ({ line, set, named }) =>
        line.kind === 'student' ? (
          <NativeSelect
            aria-label={named(t('people.team'))}
            value={line.team}
            data={[
              { value: '', label: t('people.noTeam') },
              ...teams.map((team) => ({ value: team.id, label: team.name })),
            ]}
            onChange={(event) => set({ team: event.currentTarget.value })}
          />
        ) : (
          <span className="dim">–</span>
        ),
    },
    {
      title: t('people.termsOrRole'),
      cell: ({ line, set, named }) =>
        line.kind === 'student' ? (
          <TextCell
            numeric
            label={named(t('people.terms'))}
            value={line.detail}
            onChange={(text) => set({ detail: text })}
          />
        ) : (
          <ChoiceCell
            type="faculty"
            field="role"
            label={named(fieldName('role'))}
            value={line.detail}
            onChange={(value) => set({ detail: value })}
          />
        ),
    },
  ];
}

/** Students and faculty, one line each. */
export function PeopleStep(store: WizardStore) {
  const { draft, change } = store;
  return (
    <LineTable
      step="people"
      store={store}
      lines={draft.people}
      columns={useColumns(store)}
      filled={isFilled.person}
      onLines={(people) => change({ people })}
      pasted={(at, lines) => pasteNames(draft.people, at, lines, newPerson)}
    />
  );
}
