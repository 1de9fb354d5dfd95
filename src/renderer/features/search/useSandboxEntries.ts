import { IconFlask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { openTarget } from '../../stores/target.ts';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { turnTo } from '../workspace/turn.ts';
import type { Entry } from './entry.ts';
import { fits } from './fits.ts';

const nothing: { entries: readonly Entry[]; pending: boolean } = { entries: [], pending: false };

/** Sandboxes by name, but for the one that is open and damaged ones; each is turned to. Those that were put aside come last. */
export function useSandboxEntries(text: string): typeof nothing {
  const { t } = useTranslation('search');
  const { data = [], isLoading } = useSandboxes();
  if (text === '') return nothing;
  const entryOf = (sandbox: Sandbox): Entry => ({
    id: `sandbox.${sandbox.id}`,
    label: nameOf(sandbox),
    icon: IconFlask,
    aside: t(sandbox.archived === null ? 'sandbox' : 'sandboxAside'),
    run: () => void turnTo(sandbox.id),
  });
  const found = data.filter(
    ({ id, name, problem }) =>
      problem === null && id !== openTarget() && fits(`${t('sandbox')} ${name ?? ''}`, text),
  );
  const aside = ({ archived }: Sandbox): number => Number(archived !== null);
  return { entries: found.toSorted((a, b) => aside(a) - aside(b)).map(entryOf), pending: isLoading };
}
