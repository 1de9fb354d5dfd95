import { isKnownValue } from './vocabulary.ts';

/** Default energy loss of an interface in per cent by bond type (domain table of bonds). */
export const defaultEnergyLoss: Readonly<Record<string, number>> = {
  'codified-strong': 5,
  'codified-moderate': 15,
  'institutional-weak': 35,
  'fragile-temporary': 60,
};

/** Default documented share of an interface in per cent by bond type. */
export const usualShares: Readonly<Record<string, number>> = {
  'codified-strong': 80,
  'codified-moderate': 60,
  'institutional-weak': 20,
  'fragile-temporary': 0,
};

/** Documented share in per cent once a document describes the interface: that of a strong codified bond. */
export const describedShare = usualShares['codified-strong'] as number;

/** The default loss of a bond in per cent; undefined for an unknown bond. */
export const knownDefaultLoss = (bond: string): number | undefined =>
  Object.hasOwn(defaultEnergyLoss, bond) ? defaultEnergyLoss[bond] : undefined;

/** The default loss of a bond in per cent; 100 for an unknown bond. */
export const defaultLoss = (bond: string): number => defaultEnergyLoss[bond] ?? 100;

/** The default documented share of a bond in per cent; 0 for an unknown bond. */
export const usualShare = (bond: unknown): number =>
  (typeof bond === 'string' ? usualShares[bond] : undefined) ?? 0;

/** What a bond implies for the field `energy_loss` or `documented`, in per cent; undefined for an unknown bond and for other fields. */
export function usualValue(field: string, bond: unknown): number | undefined {
  if (typeof bond !== 'string') return undefined;
  return field === 'energy_loss'
    ? knownDefaultLoss(bond)
    : field === 'documented'
      ? usualShares[bond]
      : undefined;
}

/** Whether a loss in per cent differs from the default of the bond. */
export const isOwnLoss = (bond: unknown, loss: unknown): boolean =>
  typeof loss === 'number' && usualValue('energy_loss', bond) !== loss;

/** Whether a documented share in per cent differs from the default of the bond. */
export const isOwnShare = (bond: unknown, share: unknown): boolean =>
  typeof share === 'number' && usualValue('documented', bond) !== share;

/** The loss that follows from a changed bond; undefined if the loss stays: an own loss, or the default of the new bond is unknown. */
export function followingLoss(
  { bond, loss }: { bond: unknown; loss: unknown },
  newBond: unknown,
): number | undefined {
  if (newBond === bond || typeof newBond !== 'string' || isOwnLoss(bond, loss)) return undefined;
  return knownDefaultLoss(newBond);
}

const bondTypes = Object.keys(defaultEnergyLoss);
const defaultLosses = Object.values(defaultEnergyLoss);

/** Whether a loss in per cent is at least two steps of the table from its bond's default; never for an unknown bond. */
export function isTwoStepsFromBond(bond: unknown, loss: unknown): boolean {
  const bondStep = typeof bond === 'string' ? bondTypes.indexOf(bond) : -1;
  if (bondStep < 0 || typeof loss !== 'number') return false;
  let nearest = 0;
  for (const [index, expected] of defaultLosses.entries()) {
    if (Math.abs(expected - loss) < Math.abs((defaultLosses[nearest] as number) - loss)) nearest = index;
  }
  return Math.abs(nearest - bondStep) >= 2;
}

/** The kind of an interface between two types in either direction; null if unknown. */
export function interfaceKind(from: string, to: string): string | null {
  return (
    [`${from}-to-${to}`, `${to}-to-${from}`].find((kind) => isKnownValue('interface_type', kind)) ?? null
  );
}

/** Band of an interface's energy loss (0 to 100 %), for display. */
export type LossBand = 'strong' | 'moderate' | 'weak' | 'fragile' | 'unknown';

/** Band of a loss in per cent: <= 5 strong, <= 15 moderate, < 60 weak, else fragile; unknown if null or absent. */
export function lossBand(energyLoss: unknown): LossBand {
  if (typeof energyLoss !== 'number') return 'unknown';
  if (energyLoss <= 5) return 'strong';
  if (energyLoss <= 15) return 'moderate';
  return energyLoss < 60 ? 'weak' : 'fragile';
}

export function isCrossUniversity(from: string | null | undefined, to: string | null | undefined): boolean {
  return typeof from === 'string' && typeof to === 'string' && from !== to;
}

const orderedBands: readonly LossBand[] = ['strong', 'moderate', 'weak', 'fragile'];

/** Whether a loss in per cent is at least two bands from its bond's default, such as 0.6 % for a fragile bond. */
export function isTwoBandsFromBond(bond: unknown, energyLoss: unknown): boolean {
  const expected = typeof bond === 'string' ? defaultEnergyLoss[bond] : undefined;
  if (expected === undefined || typeof energyLoss !== 'number') return false;
  return Math.abs(orderedBands.indexOf(lossBand(expected)) - orderedBands.indexOf(lossBand(energyLoss))) >= 2;
}
