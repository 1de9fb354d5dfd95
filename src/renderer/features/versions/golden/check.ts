import { reasonSentence } from '#shared/texts/fault-text.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { useEffect } from 'react';
import type { GoldenReport } from '#shared/contract/golden.ts';
import { windowStore } from '../../../api/window-store.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { goldenChanged } from '../../../stores/golden.ts';
import { reasonText } from '../../../text/reasons.ts';
import { faultData } from '../../../text/faults.ts';
import { inNotice } from '../../../ui/in-notice.tsx';

/** Why a version is unusable: a reason of GOLDEN with core's text. */
interface Spoiled {
  version: number;
  problem: Sentence;
}

interface Checked {
  /** The last check in this window, and its end (ISO 8601). */
  last: { report: GoldenReport; at: string } | null;
  /** Refusals since. */
  met: Spoiled[];
}

/** Knowledge about golden versions beyond their manifests: from the last check and refusals since. */
export const useGoldenCheck = windowStore<Checked>(() => ({ last: null, met: [] }));

/** The known problem of a version's file, or null. */
export function spoiledBy({ last, met }: Checked, version: number | null): Spoiled | null {
  const refused = met.find((one) => one.version === version);
  if (refused) return refused;
  const checked = last?.report.versions.find((one) => one.version === version);
  const [problem] = checked?.problems ?? [];
  return checked && problem !== undefined ? { version: checked.version, problem } : null;
}

/** Remembers a refusal, so that the version no longer counts as good. */
export function noteGoldenFailure(error: unknown): void {
  const data = faultData(error, 'GOLDEN');
  const problem = reasonSentence('GOLDEN', data);
  if (!data || data.reason === 'no_room' || !problem) return;
  const { version } = data;
  useGoldenCheck.setState(({ met }) => ({
    met: [...met.filter((one) => one.version !== version), { version, problem }],
  }));
}

export const useMet = (error: unknown): void => useEffect(() => noteGoldenFailure(error), [error]);

const problemsOf = ({ problems }: GoldenReport['shipped']): string[] => problems.map(reasonText);

/** Checks every byte of all golden versions, showing progress. */
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
            more: [shipped, ...versions].flatMap(problemsOf).join(' '),
            tone: 'bad',
          },
  });
  if (report) useGoldenCheck.setState({ last: { report, at: new Date().toISOString() }, met: [] });
  await goldenChanged();
}
