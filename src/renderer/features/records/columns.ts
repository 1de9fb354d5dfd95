import { shownFieldsOf } from '#shared/domain/entities.ts';
import { describeCustomField, customFieldKey } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import type { Field } from '#shared/domain/entities.ts';
import { titleField } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { maxDayLength } from '../../text/formats.ts';
import { choiceName, fieldName } from '../../text/names.ts';
import type { Summary } from '#shared/contract/bulk.ts';
import type { ListLayout, SummaryKind } from '../../stores/list-layout.ts';

/** A column of a grid: a field of the type, or a derived value. */
export interface Column {
  /** The name of the field in lists. For a custom field it differs from the field's key. */
  key: string;
  label: string;
  /** Declared or custom; undefined for derived values. */
  field: Field | undefined;
  /** Minimum width in px; `ideal` is the width at which usual content fits. */
  width: number;
  ideal: number;
  grow: number;
  isEndAligned: boolean;
  isTally: boolean;
  isSortable: boolean;
  /** The name column, which is never hidden. */
  isNaming: boolean;
  isDefault: boolean;
}

const defaultKeys: Readonly<Record<EntityType, readonly string[]>> = {
  university: ['name', 'teams', 'faculty', 'students', 'projects', 'is_lead', 'active'],
  project: ['name', 'university_id', 'type', 'duration_months', 'is_collaborative', 'teams', 'links'],
  organisation: ['name', 'kind', 'university_id', 'url', 'links'],
  team: ['name', 'university_id', 'discipline', 'lifecycle', 'project_id', 'size', 'experience', 'links'],
  faculty: ['name', 'university_id', 'role', 'description', 'links'],
  student: [
    'name',
    'university_id',
    'team_id',
    'expertise_area',
    'status',
    'terms_remaining',
    'graduation_term',
    'links',
  ],
  repository: ['name', 'project_id', 'team_ids', 'university_id', 'url'],
  interface: ['from', 'to', 'interface_type', 'bond_type', 'energy_loss', 'confirmed_at', 'description'],
  outcome: ['outcome_type', 'university_id', 'project_id', 'success', 'cohort_year', 'notes'],
  'risk-factor': ['factor_name', 'display_name', 'category', 'confidence_level', 'active', 'notes'],
  'factor-model': ['name', 'hypothesis', 'validation_status', 'is_active', 'is_baseline'],
  contact: ['date', 'kind', 'who', 'with', 'subject', 'university_id'],
  repair: ['name', 'state', 'owners', 'due_on', 'value_before', 'value_expected', 'value_after'],
  task: ['name', 'state', 'owners', 'due_on', 'repair_id', 'done_when'],
  document: ['name', 'record_ids', 'file', 'url', 'university_id', 'updated_at'],
  comment: ['text', 'record_id', 'author', 'resolved', 'created_at'],
};

const derivedKeys: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  university: ['teams', 'faculty', 'students', 'projects', 'links'],
  project: ['teams', 'links'],
  organisation: ['links'],
  team: ['students', 'links'],
  faculty: ['links'],
  student: ['status', 'links'],
  outcome: ['links'],
  repair: ['state'],
  task: ['state'],
  document: ['file'],
};

const tallyKeys: ReadonlySet<string> = new Set(['teams', 'faculty', 'students', 'projects', 'links']);

const timeKeys = ['created_at', 'updated_at', 'deleted_at'];

/** The column that names the record: its name, or the source of a link. */
export function namingColumn(type: EntityType): string {
  return titleField(type) ?? 'from';
}

/** The field that a cell of the column edits; undefined for derived values and authors. */
export function editedField({ field }: Pick<Column, 'field'>): Field | undefined {
  return field?.ofSession ? undefined : field;
}

interface Widths {
  width: number;
  ideal: number;
  grow: number;
}

const dayWidth = (): number => 24 + maxDayLength() * 7;

/** The width of the longest value of the vocabulary in the current language. */
const choiceWidth = (key: keyof typeof vocabulary): number =>
  14 + Math.ceil(Math.max(...vocabulary[key].map((value) => choiceName(value).length)) * 6.2);

const fixedWidth = (width: number): Widths => ({ width, ideal: width, grow: 0 });

function widthsOf(key: string, field: Field | undefined, isNaming: boolean): Widths {
  if (field?.to === 'any') return { width: 140, ideal: 180, grow: 3 };
  if (isNaming) return { width: 144, ideal: 176, grow: 3 };
  if (timeKeys.includes(key)) return fixedWidth(Math.max(112, dayWidth()));
  if (tallyKeys.has(key)) return fixedWidth(key === 'links' ? 62 : 80);
  if (key === 'interface_type') return { width: Math.max(120, choiceWidth(key)), ideal: 160, grow: 1 };
  if (key === 'bond_type') return { width: choiceWidth(key) + 28, ideal: choiceWidth(key) + 36, grow: 1 };
  if (key === 'energy_loss') return fixedWidth(110);
  if (key === 'size') return fixedWidth(62);
  if (field?.kind === 'number') return fixedWidth(100);
  if (field?.kind === 'boolean') return fixedWidth(84);
  if (key === 'state') return fixedWidth(Math.max(108, choiceWidth('repair_state') + 28));
  if (key === 'lifecycle' || key === 'status') return fixedWidth(108);
  if (key === 'confirmed_at') return { width: 132, ideal: 190, grow: 1 };
  if (field?.kind === 'date') return fixedWidth(Math.max(104, dayWidth()));
  if (field?.kind === 'longtext') return { width: 180, ideal: 240, grow: 4 };
  if (field?.kind === 'json') return { width: 120, ideal: 150, grow: 1 };
  // Names of universities are the longest in most lists.
  if (key === 'university_id') return { width: 164, ideal: 244, grow: 2 };
  if (['discipline', 'expertise_area', 'needed_expertise'].includes(key))
    return { width: 120, ideal: 178, grow: 1 };
  if (field?.kind === 'references') return { width: 120, ideal: 180, grow: 1.4 };
  if (field?.kind === 'reference') return { width: 96, ideal: 150, grow: 1.4 };
  return { width: 100, ideal: 124, grow: 1.2 };
}

/** The width of a heading with its sort icon, at most 140 px: a longer one is cut. Numeric columns also have room for the menu icon. */
const headingWidth = (label: string, isEndAligned: boolean): number =>
  Math.min(140, Math.ceil(label.length * 6.5) + (isEndAligned ? 47 : 37));

function columnOf(type: EntityType, key: string, field: Field | undefined, isDefault: boolean): Column {
  const isNaming = key === namingColumn(type);
  const label = fieldName(key);
  const { width, ideal, grow } = widthsOf(key, field, isNaming);
  const isEndAligned = tallyKeys.has(key) || (field?.kind === 'number' && key !== 'energy_loss');
  const minWidth = Math.max(width, headingWidth(label, isEndAligned));
  return {
    key,
    label,
    field,
    width: minWidth,
    ideal: Math.max(minWidth, ideal),
    grow,
    isTally: tallyKeys.has(key) && !field,
    isEndAligned,
    isSortable: field?.kind !== 'json' && field?.kind !== 'references',
    isNaming,
    isDefault,
  };
}

/** All columns of a type: the default ones in order, the others, then custom fields. For deleted records also the time of deletion. */
export function columnsOf(
  type: EntityType,
  isDeleted: boolean,
  customFields: readonly CustomField[] = [],
): readonly Column[] {
  const fields = new Map(shownFieldsOf(type).map((field) => [field.key, field]));
  const [firstKey = '', ...otherKeys] = defaultKeys[type];
  const defaults = [firstKey, ...(isDeleted ? ['deleted_at'] : []), ...otherKeys];
  const allKeys = [
    ...fields.keys(),
    ...(derivedKeys[type] ?? []),
    ...(isDeleted ? timeKeys : timeKeys.slice(0, 2)),
  ];
  const keys = [...new Set([...defaults, ...allKeys])];
  return [
    ...keys.map((key) => columnOf(type, key, fields.get(key), defaults.includes(key))),
    ...customFields.map((field) =>
      columnOf(type, customFieldKey(field.name), describeCustomField(field), false),
    ),
  ];
}

type SummaryColumn = Pick<Column, 'key' | 'field' | 'isTally'>;

export function canSummarize({ field, isTally }: SummaryColumn): boolean {
  return isTally || field?.kind === 'number';
}

/** People are summed; durations, losses and terms averaged; years, tallies and custom fields, whose meaning is unknown, neither. */
function defaultSummary({ unit, own }: Field): SummaryKind {
  if (unit === 'year' || own) return 'none';
  return unit === 'people' ? 'sum' : 'mean';
}

export function summaryOf(column: SummaryColumn, { summaries = {} }: ListLayout): SummaryKind {
  if (!canSummarize(column)) return 'none';
  return summaries[column.key] ?? (column.field ? defaultSummary(column.field) : 'none');
}

export function summariesOf(columns: readonly SummaryColumn[], layout: ListLayout): readonly Summary[] {
  return columns.flatMap((column): Summary[] => {
    const kind = summaryOf(column, layout);
    return kind === 'none' ? [] : [{ field: column.key, of: kind }];
  });
}
