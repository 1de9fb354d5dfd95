import { randomInt } from 'node:crypto';

/**
 * Gives the whole run one seed for its property tests. Set `FC_SEED` to replay a run; otherwise a
 * fresh one is drawn and printed. The workers inherit it through the environment.
 */
export default function chooseSeed(): void {
  if (process.env['FC_SEED'] !== undefined) return;
  process.env['FC_SEED'] = String(randomInt(2 ** 31));
  console.log(`property tests: FC_SEED=${process.env['FC_SEED']}`);
}
