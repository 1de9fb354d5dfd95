import { say } from '../../i18n/setup.ts';
import { typeName, typeNames } from '../../text/names.ts';
import type { WizardStep } from './draft.ts';

export function stepName(step: WizardStep): string {
  if (step === 'university') return typeName('university');
  if (step === 'teams') return typeNames('team');
  return step === 'links' ? typeNames('interface') : say(`wizard:step.${step}`);
}
