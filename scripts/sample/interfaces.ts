import type { SampleRecord } from '#core/sample/fill.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { bondFor, lossFor, notesFor } from './bonds.ts';
import { advised, campusesOf, colleagues, delivering, peersOf, teammates } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { apportion } from './plan.ts';
import type { World } from './world.ts';

/** Of a hundred interfaces: within a campus, across campuses, with faculty, with projects, among faculty. */
const shares = [38, 15, 25, 15, 7] as const;

/** Tries before a pair that is already joined is passed over; there is always room for more elsewhere. */
const patience = 40;

/** Interfaces between teams, faculty and projects; no two of them join the same pair. */
export function* interfaces(world: World): Generator<SampleRecord, void, void> {
  const dice = world.dice('interfaces');
  const campuses = campusesOf(world);
  const joined = new Set<string>();
  const [within = 0, across = 0, advice = 0, delivery = 0] = apportion(world.plan.interfaces, shares);

  const suggest = (at: number, place: number): Pair => {
    const campus = campuses[at % campuses.length] as (typeof campuses)[number];
    if (at < within) return teammates(dice, campus);
    if (at < within + across) return colleagues(dice, campuses);
    if (at < within + across + advice) return advised(dice, campus, place);
    if (at < within + across + advice + delivery) return delivering(dice, world, campus, place);
    return peersOf(dice, campuses);
  };

  for (let at = 0; at < world.plan.interfaces; at++) {
    const place = Math.floor(at / campuses.length);
    let pair = suggest(at, place);
    for (let tries = 1; taken(joined, pair); tries++) {
      pair = tries < patience ? suggest(at, place + tries) : colleagues(dice, campuses);
    }
    joined.add(keyOf(pair));
    // The first few show every bond there is.
    const bond = vocabulary.bond_type[at] ?? bondFor(dice, pair.setting);
    if (world.plan.contacts > 0) world.links.push({ from: pair.from, to: pair.to, bond });
    yield {
      type: 'interface',
      id: world.idFor('link', String(at + 1).padStart(5, '0')),
      payload: {
        from: pair.from,
        to: pair.to,
        interface_type: pair.type,
        bond_type: bond,
        energy_loss: lossFor(dice, bond),
        meta: notesFor(dice, bond),
      },
    };
  }
}

function keyOf({ from, to }: Pair): string {
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}

function taken(joined: ReadonlySet<string>, pair: Pair): boolean {
  return pair.from === pair.to || joined.has(keyOf(pair));
}
