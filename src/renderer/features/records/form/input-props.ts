import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Raw } from './inputs.ts';

/** What every control of a field is given. */
export interface InputProps {
  type: EntityType;
  field: Field;
  label: string;
  raw: Raw;
  /** What a reference is called now. */
  title?: string;
  /** The university of the record: what it refers to is looked for there first. */
  near?: string;
  problem?: string | undefined;
  /** In a cell of a grid: without a border of its own, focused from the start. */
  inGrid?: boolean;
  /** The key with which editing began, which stands in the field already. */
  typed?: string | null;
  id?: string;
  /** What stands in the field while it is empty, in place of the usual. */
  placeholder?: string | undefined;
  onChange: (raw: Raw) => void;
  /** Something was chosen from a list: it counts at once. */
  onChoose: (raw: Raw) => void;
  onLeave?: (() => void) | undefined;
}
