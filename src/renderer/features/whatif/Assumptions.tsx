import type { Rates, SimulationResult } from '#shared/contract/simulation.ts';
import type { WhatIfView } from '#shared/address/view.ts';
import { say } from '../../i18n/setup.ts';
import { numberForm } from '../../text/formats.ts';
import { joined } from '../../text/names.ts';
import { percentText } from '../insights/sentences.ts';

const tenth = numberForm({ maximumFractionDigits: 1 });

/** The source of a rate: given, learned from the history, or usual. */
const sourceText = ({ learned }: Rates, name: string, given: number | null): string =>
  say(`whatif:assumed.${given !== null ? 'given' : learned.includes(name) ? 'learned' : 'usual'}`);

function ratesText(rates: Rates, view: WhatIfView): string {
  const { early, joins, newcomer_terms, weak, fragile } = rates;
  return [
    say('whatif:assumed.early', {
      share: percentText(early),
      source: sourceText(rates, 'early', view.early),
    }),
    say('whatif:assumed.joins', {
      share: percentText(joins),
      source: sourceText(rates, 'joins', view.joins),
    }),
    say('whatif:assumed.newcomer', {
      terms: tenth(newcomer_terms),
      source: sourceText(rates, 'newcomer_terms', view.newcomer),
    }),
    ...(weak > 0 || fragile > 0
      ? [say('whatif:assumed.weaken', { weak: percentText(weak), fragile: percentText(fragile) })]
      : []),
  ].join(' ');
}

/** Unknown values that each run draws; '' for none. */
function guessText({ terms, losses, teams }: SimulationResult['guesses']): string {
  const parts = [
    ...(terms > 0 ? [say('whatif:guess.terms', { count: terms })] : []),
    ...(losses > 0 ? [say('whatif:guess.losses', { count: losses })] : []),
    ...(teams > 0 ? [say('whatif:guess.teams', { count: teams })] : []),
  ];
  return parts.length === 0 ? '' : say('whatif:guess.drawn', { what: joined(parts) });
}

/** The assumptions of a simulation for each term, and its drawn values. */
export function Assumptions({ result, view }: { result: SimulationResult | undefined; view: WhatIfView }) {
  if (!result) return null;
  const text = [ratesText(result.rates, view), guessText(result.guesses)]
    .filter((one) => one !== '')
    .join(' ');
  return <p className="tiny dim">{text}</p>;
}
