import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { nameField } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldName } from '../../text/names.ts';

/** One column of a grid: a field of the type, or something that is computed when it is read. */
export interface Column {
  key: string;
  label: string;
  /** Declared in the schema; undefined for what is derived. */
  field: Field | undefined;
  /** Least width in px, and what share of the space that is left it takes. */
  width: number;
  grow: number;
  end: boolean;
  sortable: boolean;
  /** The column that names the record; it is never hidden. */
  naming: boolean;
  /** 0 is shown first; columns of a higher rank give way when the grid is narrow. Null is hidden until chosen. */
  rank: number | null;
}

/** The usual columns of each type, left to right; each with its rank. */
const usual: Readonly<Record<EntityType, Readonly<Record<string, number>>>> = {
  university: { name: 0, teams: 1, faculty: 2, students: 1, projects: 2, is_lead: 3, active: 3 },
  project: {
    name: 0,
    university_id: 1,
    type: 1,
    duration_months: 2,
    is_collaborative: 3,
    teams: 3,
    links: 2,
  },
  team: {
    name: 0,
    university_id: 1,
    discipline: 1,
    lifecycle: 1,
    project_id: 4,
    size: 1,
    experience: 3,
    students: 4,
    links: 1,
  },
  faculty: { name: 0, university_id: 1, role: 1, description: 4, links: 2 },
  student: {
    name: 0,
    university_id: 1,
    team_id: 1,
    expertise_area: 4,
    status: 1,
    terms_remaining: 2,
    graduation_term: 3,
    links: 4,
  },
  interface: { from: 0, to: 0, interface_type: 3, bond_type: 2, energy_loss: 0 },
  outcome: { outcome_type: 0, university_id: 1, project_id: 1, success: 1, cohort_year: 1, notes: 4 },
  'risk-factor': { factor_name: 0, display_name: 2, category: 1, confidence_level: 1, active: 2, notes: 4 },
  'factor-model': { name: 0, hypothesis: 3, validation_status: 1, is_active: 1, is_baseline: 2 },
};

const derived: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  university: ['teams', 'faculty', 'students', 'projects', 'links'],
  project: ['teams', 'links'],
  team: ['students', 'links'],
  faculty: ['links'],
  student: ['status', 'links'],
  outcome: ['links'],
};

/** Numbers of other records that name this one. */
const tallies: ReadonlySet<string> = new Set(['teams', 'faculty', 'students', 'projects', 'links']);

const moments = ['created_at', 'updated_at', 'deleted_at'];

/** The column whose cell names the record: its name, or the first end of a link. */
export function namingColumn(type: EntityType): string {
  return nameField(type) ?? (type === 'interface' ? 'from' : 'outcome_type');
}

function widthOf(key: string, field: Field | undefined, naming: boolean): { width: number; grow: number } {
  if (field?.to === 'any') return { width: 140, grow: 3 };
  if (naming) return { width: 176, grow: 3 };
  if (moments.includes(key)) return { width: 112, grow: 0 };
  if (tallies.has(key)) return { width: key === 'links' ? 62 : 88, grow: 0 };
  if (key === 'bond_type') return { width: 140, grow: 1 };
  if (key === 'energy_loss') return { width: 110, grow: 0 };
  if (key === 'size') return { width: 62, grow: 0 };
  if (field?.kind === 'number') return { width: 100, grow: 0 };
  if (field?.kind === 'boolean') return { width: 84, grow: 0 };
  if (key === 'lifecycle' || key === 'status') return { width: 112, grow: 0 };
  if (field?.kind === 'longtext') return { width: 180, grow: 4 };
  if (field?.kind === 'json') return { width: 120, grow: 1 };
  return { width: 118, grow: 1.4 };
}

function columnOf(type: EntityType, key: string, field: Field | undefined, rank: number | null): Column {
  const naming = key === namingColumn(type);
  return {
    key,
    label: fieldName(key),
    field,
    ...widthOf(key, field, naming),
    end: tallies.has(key) || (field?.kind === 'number' && field.unit !== 'percent'),
    sortable: !tallies.has(key) && field?.kind !== 'json',
    naming,
    rank,
  };
}

/** Every column that a type can show: the usual ones in their order, then the others. Deleted records say since when. */
export function columnsOf(type: EntityType, deleted: boolean): readonly Column[] {
  const fields = new Map(fieldsOf(type).map((field) => [field.key, field]));
  const ranks = { ...usual[type], ...(deleted ? { deleted_at: 0 } : {}) } as Readonly<Record<string, number>>;
  const all = [...fields.keys(), ...(derived[type] ?? []), ...(deleted ? moments : moments.slice(0, 2))];
  const keys = [...new Set([...Object.keys(ranks), ...all])];
  return keys.map((key) => columnOf(type, key, fields.get(key), ranks[key] ?? null));
}
