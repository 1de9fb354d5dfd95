import { isKnown } from './vocabulary.ts';

/** Energy lost over an interface, in per cent, when nothing else is known: by its bond type (domain table of bonds). */
export const defaultEnergyLoss: Readonly<Record<string, number>> = {
  'codified-strong': 5,
  'codified-moderate': 15,
  'institutional-weak': 35,
  'fragile-temporary': 60,
};

/** The share of what passes over an interface that is written down, in per cent, when nothing else is known: by its bond type. */
export const usualDocumented: Readonly<Record<string, number>> = {
  'codified-strong': 80,
  'codified-moderate': 60,
  'institutional-weak': 20,
  'fragile-temporary': 0,
};

/** The share of an interface that is written down, in per cent, once a document describes it: that of a strong codified bond. */
export const describedShare = usualDocumented['codified-strong'] as number;

/** The usual loss of a bond, in per cent; all is lost over an unknown one. */
export const usualLoss = (bond: string): number => defaultEnergyLoss[bond] ?? 100;

/** The usual documented share of a bond, in per cent; nothing is written down over an unknown one. */
export const usualShare = (bond: unknown): number =>
  (typeof bond === 'string' ? usualDocumented[bond] : undefined) ?? 0;

const bonds = Object.keys(defaultEnergyLoss);
const usualLosses = Object.values(defaultEnergyLoss);

/** Whether a loss in per cent is at least two steps of the table away from the usual loss of its bond; an unknown bond contradicts none. */
export function contradictsBond(bond: unknown, loss: unknown): boolean {
  const step = typeof bond === 'string' ? bonds.indexOf(bond) : -1;
  if (step < 0 || typeof loss !== 'number') return false;
  let nearest = 0;
  for (const [at, usual] of usualLosses.entries()) {
    if (Math.abs(usual - loss) < Math.abs((usualLosses[nearest] as number) - loss)) nearest = at;
  }
  return Math.abs(nearest - step) >= 2;
}

/** The kind of an interface between two types, when it is one of the known kinds either way round. */
export function interfaceKind(from: string, to: string): string | null {
  return [`${from}-to-${to}`, `${to}-to-${from}`].find((kind) => isKnown('interface_type', kind)) ?? null;
}

/** How strong an interface is to look at: the band its energy loss (0..100 %) falls into, or unknown. */
export type LossBand = 'strong' | 'moderate' | 'weak' | 'fragile' | 'unknown';

/** The band of a loss in per cent: <= 5 strong, <= 15 moderate, < 60 weak, else fragile; null or absent is unknown. */
export function lossBand(energyLoss: unknown): LossBand {
  if (typeof energyLoss !== 'number') return 'unknown';
  if (energyLoss <= 5) return 'strong';
  if (energyLoss <= 15) return 'moderate';
  return energyLoss < 60 ? 'weak' : 'fragile';
}

/** Both ends are known to belong to a university, and not to the same one. */
export function isCrossUniversity(from: string | null | undefined, to: string | null | undefined): boolean {
  return typeof from === 'string' && typeof to === 'string' && from !== to;
}

const bands: readonly LossBand[] = ['strong', 'moderate', 'weak', 'fragile'];

/** Whether a loss in per cent is two or more bands away from the default of its bond, such as 0.6 % for a fragile bond. */
export function lossContradictsBond(bond: unknown, energyLoss: unknown): boolean {
  const usual = typeof bond === 'string' ? defaultEnergyLoss[bond] : undefined;
  if (usual === undefined || typeof energyLoss !== 'number') return false;
  return Math.abs(bands.indexOf(lossBand(usual)) - bands.indexOf(lossBand(energyLoss))) >= 2;
}
