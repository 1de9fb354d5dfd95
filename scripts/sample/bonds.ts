import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { Json } from '#shared/domain/json.ts';
import type { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Dice } from './dice.ts';
import { channels, days, handoverMonths, remarks } from './texts/links.ts';
import { fillIn } from './world.ts';

export type Bond = (typeof vocabulary.bond_type)[number];

/** What a relation is like; the weaker ones are between lifecycles and between campuses. */
export type Setting = 'peers' | 'neighbours' | 'generations' | 'campuses' | 'advice' | 'delivery';

const bondsOf: Readonly<Record<Setting, Readonly<Record<Bond, number>>>> = {
  peers: { 'codified-strong': 28, 'codified-moderate': 40, 'institutional-weak': 26, 'fragile-temporary': 6 },
  neighbours: {
    'codified-strong': 14,
    'codified-moderate': 32,
    'institutional-weak': 40,
    'fragile-temporary': 14,
  },
  generations: {
    'codified-strong': 6,
    'codified-moderate': 16,
    'institutional-weak': 40,
    'fragile-temporary': 38,
  },
  campuses: {
    'codified-strong': 18,
    'codified-moderate': 32,
    'institutional-weak': 32,
    'fragile-temporary': 18,
  },
  advice: {
    'codified-strong': 12,
    'codified-moderate': 38,
    'institutional-weak': 40,
    'fragile-temporary': 10,
  },
  delivery: {
    'codified-strong': 38,
    'codified-moderate': 44,
    'institutional-weak': 14,
    'fragile-temporary': 4,
  },
};

/** The range around each bond's default loss, in per cent. */
const lossOf: Readonly<Record<Bond, readonly [number, number]>> = {
  'codified-strong': [1, 5],
  'codified-moderate': [8, 15],
  'institutional-weak': [22, 48],
  'fragile-temporary': [60, 88],
};

export function bondFor(dice: Dice, setting: Setting): Bond {
  return dice.weighted(bondsOf[setting]);
}

/** Energy lost in per cent: often just what the bond stands for, else somewhere in its range. */
export function lossFor(dice: Dice, bond: Bond): number {
  return dice.chance(0.4) ? (defaultEnergyLoss[bond] as number) : dice.int(...lossOf[bond]);
}

/** What people noted about an interface. */
export function notesFor(dice: Dice, bond: Bond): Record<string, Json> {
  const notes: Record<string, Json> = {
    channel: dice.pick(channels[bond] ?? []),
    documented: bond.startsWith('codified'),
  };
  if (dice.chance(0.25)) {
    notes['remark'] = fillIn(dice.pick(remarks[bond] ?? []), {
      day: dice.pick(days),
      month: dice.pick(handoverMonths),
    });
  }
  return notes;
}
