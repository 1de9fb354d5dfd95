import { TextInput, ActionIcon, Checkbox, Radio, Stack, NativeSelect } from '@mantine/core';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { ChoiceInput } from '../records/form/ChoiceInput.tsx';
import { IconX } from '@tabler/icons-react';
import type { ClipboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changed, withoutLine, isFilled, newTeam, pasteNames, newPerson, withKind } from './draft.ts';
import type { WizardStore, TeamLine, PersonLine, LinkLine } from './draft.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { fieldName, typeName, typeNames } from '../../text/names.ts';

/** A line of text in a cell. */
export function TextCell(props: {
  label: string;
  value: string;
  placeholder?: string;
  numeric?: boolean;
  onChange: (text: string) => void;
}) {
  const { label, value, placeholder, numeric = false, onChange } = props;
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder ?? ''}
      inputMode={numeric ? 'numeric' : 'text'}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A value of an open list in a cell, by the field it is for. */
export function ChoiceCell(props: {
  type: EntityType;
  field: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { type, label, value, onChange } = props;
  const choose = (raw: string | boolean | null): void => onChange(typeof raw === 'string' ? raw : '');
  return (
    <ChoiceInput
      type={type}
      field={fieldOf(type, props.field) as Field}
      label={label}
      raw={value}
      onChange={choose}
      onChoose={choose}
    />
  );
}

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

interface LineTableProps<L> {
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
export function LineTable<L extends { id: string }>(props: LineTableProps<L>) {
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

/** Which university everything belongs to: a new one, or one that is there. */
export function UniversityStep({ draft, change }: WizardStore) {
  const { t } = useTranslation('wizard');
  const { university } = draft;
  const titles = useUniversityNames();
  const set = (part: Partial<typeof university>): void => change({ university: { ...university, ...part } });
  return (
    <Stack gap="sm" className="wizard-university">
      <p>{t('university.text')}</p>
      <Radio.Group
        aria-label={t('university.text')}
        value={university.kind}
        onChange={(kind) => set({ kind: kind === 'existing' ? 'existing' : 'new' })}
      >
        <Stack gap={6}>
          <Radio value="new" label={t('university.new')} />
          <Radio value="existing" label={t('university.existing')} />
        </Stack>
      </Radio.Group>
      {university.kind === 'new' ? (
        <>
          <TextInput
            label={t('university.name')}
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
          near=""
          optional={false}
          placeholder={typeName('university')}
          onChoose={(id) => set({ existing: typeof id === 'string' ? id : '' })}
        />
      )}
    </Stack>
  );
}

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
            { value: 'faculty', label: typeNames('faculty') },
          ]}
          onChange={(event) =>
            change(withKind(draft, line.id, event.currentTarget.value === 'faculty' ? 'faculty' : 'student'))
          }
        />
      ),
    },
    {
      title: typeName('team'),
      cell: ({ line, set, named }) =>
        line.kind === 'student' ? (
          <NativeSelect
            aria-label={named(typeName('team'))}
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
            label={named(fieldName('terms_remaining'))}
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

type Options = { value: string; label: string }[];

/** One end of a link, out of what was entered before. */
const end = (side: 'from' | 'to', options: Options): Column<LinkLine> => ({
  title: fieldName(side),
  cell: ({ line, set, named }) => (
    <NativeSelect
      aria-label={named(fieldName(side))}
      value={line[side]}
      data={options}
      onChange={(event) => set({ [side]: event.currentTarget.value })}
    />
  ),
});

const bond = (): Column<LinkLine> => ({
  title: fieldName('bond_type'),
  cell: ({ line, set, named }) => (
    <ChoiceCell
      type="interface"
      field="bond_type"
      label={named(fieldName('bond_type'))}
      value={line.bond}
      onChange={(value) => set({ bond: value })}
    />
  ),
});

/** Links between what was entered in the steps before. */
export function LinksStep({ draft, change }: WizardStore) {
  const { t } = useTranslation('wizard');
  const ends = [...draft.teams, ...draft.people].filter((one) => one.name.trim() !== '');
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
      columns={[end('from', options), end('to', options), bond()]}
      filled={isFilled.link}
      onLines={(links) => change({ links })}
    />
  );
}
