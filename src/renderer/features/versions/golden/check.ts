import { useEffect } from 'react';
import { create } from 'zustand';
import type { GoldenReport } from '#shared/contract/golden.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { goldenChanged } from '../../../stores/golden.ts';
import { coreText } from '../../../text/core.ts';
import { faultData } from '../../../text/faults.ts';
import { inNotice } from '../../../ui/in-notice.tsx';

/** Why a version cannot be used: a reason of GOLDEN, and what core says of it. */
interface Spoiled {
  version: number;
  reason: string;
  problem: string;
}

interface Checked {
  /** The last check of this window, and when it ended (ISO 8601). */
  last: { report: GoldenReport; at: string } | null;
  /** What something was refused for since. */
  met: Spoiled[];
}

/** What is known of the golden versions' files, beyond what their manifests tell: by the last check, and by what was refused since. */
export const useGoldenCheck = create<Checked>()(() => ({ last: null, met: [] }));

/** What is known to be wrong with the file of a version; null where nothing is. */
export function spoiledBy({ last, met }: Checked, version: number | null): Spoiled | null {
  const refused = met.find((one) => one.version === version);
  if (refused) return refused;
  const checked = last?.report.versions.find((one) => one.version === version);
  const [problem] = checked?.problems ?? [];
  return checked && problem !== undefined
    ? { version: checked.version, reason: checked.reason ?? '', problem }
    : null;
}

/** Keeps in mind for which version something was refused, so that nothing goes on saying that it is good. */
export function meet(error: unknown): void {
  const found = faultData(error, 'GOLDEN');
  if (!found || found.reason === 'no_room' || !(error instanceof Error)) return;
  const { version, reason } = found;
  const problem = error.message.replace(/ Nothing was changed\.$/, '');
  useGoldenCheck.setState(({ met }) => ({
    met: [...met.filter((one) => one.version !== version), { version, reason, problem }],
  }));
}

export const useMet = (error: unknown): void => useEffect(() => meet(error), [error]);

const saidOf = ({ reason, problems }: GoldenReport['shipped']): string[] =>
  problems.map((problem) => coreText('golden', reason ?? '', problem));

/** Checks what comes with the program and every version to the last byte, in view of the person. */
export async function checkGolden(): Promise<void> {
  const report = await inNotice({
    id: 'golden-check',
    title: say('golden:checking'),
    start: (signal) => api.golden.verify({}, { signal }),
    done: ({ ok, shipped, versions }) =>
      ok
        ? { title: say('golden:good') }
        : {
            title: say('golden:bad'),
            more: [shipped, ...versions].flatMap(saidOf).join(' '),
            tone: 'bad',
          },
  });
  if (report) useGoldenCheck.setState({ last: { report, at: new Date().toISOString() }, met: [] });
  await goldenChanged();
}
