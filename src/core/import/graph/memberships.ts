import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import type { GraphElement } from './graph.ts';

/** Labels of edges from a member to its group, and of those from a group to its member. */
const memberOf: ReadonlySet<string> = new Set(
  'member of,is member of,memberof,belongs to,works in,works at,works for,employed by,employed at,studies at,enrolled at,affiliated with,part of,part of team,in team,subsystem of,mitglied von,mitglied,gehort zu,arbeitet in,membre de,miembro de,membro di,membro de,czlonek,clen,lid van,medlem av'.split(
    ',',
  ),
);
const hasMember: ReadonlySet<string> = new Set(
  'has member,includes,hat mitglied,members,a pour membre'.split(','),
);

export interface NodeRecord {
  type: EntityType;
  record: Record<string, Json>;
}

export const labelAttributes: readonly string[] = [
  'label',
  'type',
  'kind',
  'relation',
  'relationship',
  'interaction',
  'interface_type',
];

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

  /** Whether the edge is a membership, which it then has set. */
  add({ attributes }: GraphElement, from: string, to: string): boolean {
    const label = labelAttributes
      .map((name) => attributes.get(name))
      .find((value) => typeof value === 'string');
    if (typeof label !== 'string') return false;
    const plain = plainHeading(label.replaceAll('_', ' '));
    if (!memberOf.has(plain) && !hasMember.has(plain)) return false;
    const [member, group] = hasMember.has(plain) ? [to, from] : [from, to];
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
