import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isRelationAttribute } from '../../model/interchange/attribute-words.ts';
import { membershipDirection } from '../../model/interchange/membership-words.ts';
import type { GraphElement } from './graph.ts';

export interface NodeRecord {
  type: EntityType;
  record: Record<string, Json>;
}

/** The field that a membership fills, by the types of member and group; other edges stay links. */
const fieldByTypes: Readonly<Record<string, string>> = {
  'student team': 'team_id',
  'team project': 'project_id',
  'student university': 'university_id',
  'faculty university': 'university_id',
  'team university': 'university_id',
  'project university': 'university_id',
};

export const membershipField = (member: EntityType, group: EntityType | undefined): string | undefined =>
  fieldByTypes[`${member} ${group}`];

/** Turns edges that state a membership of a team, project or university into fields: a link would say that knowledge passes. */
export class Memberships {
  readonly #recordOf: (id: string) => NodeRecord | undefined;

  /** `recordOf` finds a node's record in the file. */
  constructor(recordOf: (id: string) => NodeRecord | undefined) {
    this.#recordOf = recordOf;
  }

  /** Whether the edge is a membership, which it then has set. The types of its ends decide which of them is the member. */
  add({ attributes }: GraphElement, from: string, to: string): boolean {
    const [direction] = [...attributes].flatMap(([name, value]) =>
      typeof value === 'string' && isRelationAttribute(name) ? (membershipDirection(value) ?? []) : [],
    );
    if (direction === undefined) return false;
    const ends = [
      [from, to],
      [to, from],
    ] as const;
    return (direction === 'member_of' ? ends : ends.toReversed()).some(([member, group]) =>
      this.#setMembership(member, group),
    );
  }

  #setMembership(member: string, group: string): boolean {
    const [owned, owner] = [this.#recordOf(member), this.#recordOf(group)];
    const field = owned && owner && membershipField(owned.type, owner.type);
    if (!field) return false;
    const { record } = owned;
    if ((record[field] ?? group) === group) record[field] = group;
    else if (field !== 'team_id') return false;
    else record.other_team_ids = [...new Set([...referencedIds(record.other_team_ids), group])];
    return true;
  }
}
