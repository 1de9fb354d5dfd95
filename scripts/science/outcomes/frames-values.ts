import type { NamedOrganisation } from '#core/analysis/organisation.ts';
import { Damage } from '#core/analysis/questions/damage.ts';
import { createLeaver } from '#core/analysis/questions/leavers.ts';
import { subjectValue } from '#core/analysis/questions/rank-subjects.ts';

/** The answers of FRAMES to “whose departure would hurt most”: the share of the knowledge people rely on that is lost. */
export class FramesValues {
  readonly #damage: Damage;
  readonly #nodes: ReadonlyMap<string, number>;

  constructor(organisation: NamedOrganisation) {
    this.#damage = new Damage(organisation);
    for (const _ of this.#damage.measure());
    this.#nodes = new Map(organisation.nodes.map(({ id }, node) => [id, node]));
  }

  /** A person leaves, or a team with all its members. */
  valueOf(id: string): number {
    return subjectValue(this.#damage, createLeaver([this.#nodeOf(id)]));
  }

  /** Several people leave at once, and their teams stay. */
  valueTogether(ids: readonly string[]): number {
    const nodes = ids.map((id) => this.#nodeOf(id));
    return Math.max(0, this.#damage.lostShare(this.#damage.bearing.departureOf(nodes)));
  }

  #nodeOf(id: string): number {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new RangeError(`The organisation has no record ${id}`);
    return node;
  }
}
