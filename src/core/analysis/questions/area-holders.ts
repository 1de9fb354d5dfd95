import { appendTo } from '#shared/domain/append-to.ts';
import { nodeKind } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';

/** Who holds which area of expertise. */
export class AreaHolders {
  readonly #areasByPerson = new Map<number, number[]>();
  readonly #holderCounts = new Map<number, number>();

  constructor({ holders, heldAreas, kinds }: Organisation) {
    for (const [row, person] of holders.entries()) {
      if (kinds[person] !== nodeKind.person) continue;
      const area = heldAreas[row] as number;
      appendTo(this.#areasByPerson, person, area);
      this.#holderCounts.set(area, (this.#holderCounts.get(area) ?? 0) + 1);
    }
  }

  /** Whether two people hold an area in common. */
  shareAnArea(one: number, other: number): boolean {
    const areas = this.#areasByPerson.get(one) ?? [];
    return (this.#areasByPerson.get(other) ?? []).some((area) => areas.includes(area));
  }

  get count(): number {
    return this.#holderCounts.size;
  }

  /** The areas that nobody else holds, each with one of these people who does. */
  heldOnlyBy(people: ReadonlySet<number>): { area: number; holder: number }[] {
    const counts = new Map<number, { count: number; holder: number }>();
    for (const person of people)
      for (const area of this.#areasByPerson.get(person) ?? [])
        counts.set(area, { count: (counts.get(area)?.count ?? 0) + 1, holder: person });
    return [...counts].flatMap(([area, { count, holder }]) =>
      count === this.#holderCounts.get(area) ? [{ area, holder }] : [],
    );
  }

  /** The number of areas that leave with people; of an area that others hold too, their share of its holders. `learned` areas have one holder more. */
  lostWith(people: Iterable<number>, learned?: ReadonlySet<number>): number {
    let lost = 0;
    for (const person of people)
      for (const area of this.#areasByPerson.get(person) ?? [])
        lost += 1 / ((this.#holderCounts.get(area) as number) + Number(learned?.has(area) === true));
    return lost;
  }
}
