import { TextInput, ActionIcon, Checkbox, Radio, Stack, NativeSelect } from '@mantine/core';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../i18n/setup.ts';
import { ChoiceInput } from '../records/form/ChoiceInput.tsx';
import { IconX } from '@tabler/icons-react';
import type { ClipboardEvent, ReactNode } from 'react';
import { changeLine, withoutLine, isFilled, newTeam, pasteNames, newPerson, withKind } from './draft.ts';
import type { WizardStore, TeamLine, PersonLine, LinkLine } from './draft.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { fieldName, typeName, typeNames, newName } from '../../text/names.ts';
import { stepName } from './step-name.ts';
import styles from './wizard.module.css';

interface Cell<L> {
  line: L;
  set: (part: Partial<L>) => void;
  /** The accessible name of a control: "Team 3: Size". */
  labelOf: (what: string) => string;
}

interface Column<L> {
  title: string;
  renderCell: (cell: Cell<L>) => ReactNode;
}

interface LineTableProps<L> {
  step: 'teams' | 'people' | 'links';
  store: Pick<WizardStore, 'draft' | 'change'>;
  lines: readonly L[];
  columns: readonly Column<L>[];
  hasContent: (line: L) => boolean;
  onLines: (lines: readonly L[]) => void;
  /** The lines after several lines were pasted into the first cell of line `index`. */
  pasteLines?: (index: number, text: string) => readonly L[];
}

function LineTable<L extends { id: string }>(props: LineTableProps<L>) {
  const { t } = useTexts('wizard');
  const { step, store, lines, columns, hasContent, onLines, pasteLines } = props;
  const paste = (index: number, event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    if (!pasteLines || !/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    onLines(pasteLines(index, text));
  };
  return (
    <>
      <p>{t(`${step}.text`)}</p>
      <table className={styles.lines} aria-label={stepName(step)}>
        <thead>
          <tr>
            {columns.map(({ title }, columnIndex) => (
              // The last heading also covers the delete buttons.
              <th key={title} scope="col" colSpan={columnIndex === columns.length - 1 ? 2 : 1}>
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
              set: (part) => onLines(changeLine(lines, line.id, part)),
              labelOf: (what) => `${row}: ${what}`,
            };
            return (
              <tr key={line.id} aria-label={row}>
                {columns.map((column, columnIndex) => (
                  <td
                    key={column.title}
                    onPaste={columnIndex === 0 ? (event) => paste(index, event) : undefined}
                  >
                    {column.renderCell(cell)}
                  </td>
                ))}
                <td className="wizard-remove">
                  {hasContent(line) && (
                    <ActionIcon
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

export function UniversityStep({ draft, change }: WizardStore) {
  const { t } = useTexts('wizard');
  const { university } = draft;
  const titles = useUniversityNames();
  const set = (part: Partial<typeof university>): void => change({ university: { ...university, ...part } });
  return (
    <Stack gap="sm" className={styles.university}>
      <p>{t('university.text')}</p>
      <Radio.Group
        aria-label={t('university.text')}
        value={university.kind}
        onChange={(kind) => set({ kind: kind === 'existing' ? 'existing' : 'new' })}
      >
        <Stack gap={6}>
          <Radio size="sm" value="new" label={newName('university')} />
          <Radio size="sm" value="existing" label={t('university.existing')} />
        </Stack>
      </Radio.Group>
      {university.kind === 'new' ? (
        <>
          <TextInput
            label={t('records:field.name')}
            placeholder={t('university.namePlaceholder')}
            value={university.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
            onKeyDown={(event) => {
              const isEnter = event.key === 'Enter' && !event.nativeEvent.isComposing;
              if (isEnter && university.name.trim() !== '') change({ step: 'teams' });
            }}
          />
          <Checkbox
            label={t('university.lead')}
            checked={university.lead}
            onChange={(event) => set({ lead: event.currentTarget.checked })}
          />
        </>
      ) : (
        <LookupInput
          label={typeName('university')}
          types={['university']}
          id={university.existing}
          title={titles.get(university.existing) ?? ''}
          optional={false}
          placeholder={typeName('university')}
          onChoose={(id) => set({ existing: typeof id === 'string' ? id : '' })}
        />
      )}
    </Stack>
  );
}

type TextKey<L> = { [K in keyof L]: L[K] extends string ? K : never }[keyof L] & string;

const textColumn = <L,>(title: string, key: TextKey<L>, isNumeric = false): Column<L> => ({
  title,
  renderCell: ({ line, set, labelOf }) => (
    <TextInput
      aria-label={labelOf(title)}
      inputMode={isNumeric ? 'numeric' : 'text'}
      value={String(line[key])}
      onChange={(event) => set({ [key]: event.currentTarget.value } as Partial<L>)}
    />
  ),
});

const choiceColumn = <L,>(
  type: EntityType,
  field: string,
  key: TextKey<L>,
  title = fieldName(field),
): Column<L> => ({
  title,
  renderCell: ({ line, set, labelOf }) => {
    const choose = (raw: string | boolean | null): void =>
      set({ [key]: typeof raw === 'string' ? raw : '' } as Partial<L>);
    return (
      <ChoiceInput
        type={type}
        field={fieldOf(type, field) as Field}
        label={labelOf(title)}
        raw={String(line[key])}
        onChange={choose}
        onChoose={choose}
      />
    );
  },
});

type Options = { value: string; label: string }[];

/** A column with a select; `choose` can change more than the line. */
const selectColumn = <L extends { id: string }>(
  title: string,
  key: TextKey<L>,
  data: Options,
  choose?: (id: string, value: string) => void,
): Column<L> => ({
  title,
  renderCell: ({ line, set, labelOf }) => (
    <NativeSelect
      aria-label={labelOf(title)}
      value={String(line[key])}
      data={data}
      onChange={({ currentTarget: { value } }) =>
        choose ? choose(line.id, value) : set({ [key]: value } as Partial<L>)
      }
    />
  ),
});

export function TeamsStep({ draft, change }: WizardStore) {
  return (
    <LineTable
      step="teams"
      store={{ draft, change }}
      lines={draft.teams}
      columns={[
        textColumn<TeamLine>(fieldName('name'), 'name'),
        choiceColumn<TeamLine>('team', 'discipline', 'discipline'),
        choiceColumn<TeamLine>('team', 'lifecycle', 'lifecycle'),
        textColumn<TeamLine>(fieldName('size'), 'size', true),
      ]}
      hasContent={isFilled.team}
      onLines={(teams) => change({ teams })}
      pasteLines={(index, text) => pasteNames(draft.teams, index, text, newTeam)}
    />
  );
}

const columnByKind = (title: string, student: Column<PersonLine>, faculty?: Column<PersonLine>) => ({
  title,
  renderCell: (cell: Cell<PersonLine>) =>
    (cell.line.kind === 'student' ? student : faculty)?.renderCell(cell) ?? <span className="dim">–</span>,
});

/** Students and faculty, one line each; the kind determines the other columns. */
export function PeopleStep(store: WizardStore) {
  const { t } = useTexts('wizard');
  const { draft, change } = store;
  const teams = draft.teams.filter((team) => team.name.trim() !== '');
  const teamColumn = selectColumn<PersonLine>(typeName('team'), 'team', [
    { value: '', label: t('people.noTeam') },
    ...teams.map(({ id, name }) => ({ value: id, label: name })),
  ]);
  const termsColumn = textColumn<PersonLine>(fieldName('terms_remaining'), 'detail', true);
  const roleColumn = choiceColumn<PersonLine>('faculty', 'role', 'detail');
  const kinds = [
    { value: 'student', label: t('records:one.student') },
    { value: 'faculty', label: typeNames('faculty') },
  ];
  return (
    <LineTable
      step="people"
      store={store}
      lines={draft.people}
      columns={[
        textColumn<PersonLine>(fieldName('name'), 'name'),
        selectColumn<PersonLine>(t('records:field.type'), 'kind', kinds, (id, kind) =>
          change(withKind(draft, id, kind === 'faculty' ? 'faculty' : 'student')),
        ),
        columnByKind(teamColumn.title, teamColumn),
        columnByKind(t('people.termsOrRole'), termsColumn, roleColumn),
      ]}
      hasContent={isFilled.person}
      onLines={(people) => change({ people })}
      pasteLines={(index, text) => pasteNames(draft.people, index, text, newPerson)}
    />
  );
}

export function LinksStep({ draft, change }: WizardStore) {
  const { t } = useTexts('wizard');
  const ends = [...draft.teams, ...draft.people].filter((line) => line.name.trim() !== '');
  if (ends.length < 2) return <p>{t('links.none')}</p>;
  const options = [
    { value: '', label: t('links.choose') },
    ...ends.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <LineTable
      step="links"
      store={{ draft, change }}
      lines={draft.links}
      columns={[
        selectColumn<LinkLine>(fieldName('from'), 'from', options),
        selectColumn<LinkLine>(fieldName('to'), 'to', options),
        choiceColumn<LinkLine>('interface', 'bond_type', 'bond', t('records:passage.question')),
      ]}
      hasContent={isFilled.link}
      onLines={(links) => change({ links })}
    />
  );
}
