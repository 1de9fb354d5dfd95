import { reasonSentence } from '#shared/texts/fault-text.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { useEffect } from 'react';
import type { GoldenReport } from '#shared/contract/golden.ts';
import { windowStore } from '../../../api/window-store.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { refreshGolden } from '../../../stores/golden.ts';
import { reasonText } from '../../../text/reasons.ts';
import { faultData, denialText } from '../../../text/faults.ts';
import { runWithNotice } from '../../../ui/long-work.tsx';
import { goldenVerdict } from '#shared/domain/permissions.ts';
import { useMe, useReadOnlyReason } from '../../../stores/profile.ts';
import { whyNotLive } from '../../../stores/target.ts';

/** Why a version is unusable: a reason of GOLDEN with core's text. */
interface UnusableVersion {
  version: number;
  problem: Sentence;
}

interface GoldenChecks {
  /** The last check in this window, and its end (ISO 8601). */
  lastCheck: { report: GoldenReport; at: string } | null;
  /** Refusals since the last check. */
  refusals: UnusableVersion[];
}

/** The problems of golden versions that their manifests do not show: from the last check, and refusals after it. */
export const useGoldenCheck = windowStore<GoldenChecks>(() => ({ lastCheck: null, refusals: [] }));

/** The known problem of a version's file, or null. */
export function knownProblem(
  { lastCheck, refusals }: GoldenChecks,
  version: number | null,
): UnusableVersion | null {
  const refusal = refusals.find((one) => one.version === version);
  if (refusal) return refusal;
  const checkedVersion = lastCheck?.report.versions.find((one) => one.version === version);
  const [problem] = checkedVersion?.problems ?? [];
  return checkedVersion && problem !== undefined ? { version: checkedVersion.version, problem } : null;
}

/** Stores a refusal, so that the version no longer counts as good. */
export function storeGoldenFailure(error: unknown): void {
  const data = faultData(error, 'GOLDEN');
  const problem = reasonSentence('GOLDEN', data);
  if (!data || data.reason === 'no_room' || !problem) return;
  const { version } = data;
  useGoldenCheck.setState(({ refusals }) => ({
    refusals: [...refusals.filter((one) => one.version !== version), { version, problem }],
  }));
}

export const useStoreGoldenFailure = (error: unknown): void =>
  useEffect(() => storeGoldenFailure(error), [error]);

const problemTexts = ({ problems }: GoldenReport['shipped']): string[] => problems.map(reasonText);

/** Checks every byte of all golden versions, showing progress. */
export async function checkGolden(): Promise<void> {
  const report = await runWithNotice({
    id: 'golden-check',
    title: say('golden:checking'),
    start: (signal) => api.golden.verify({}, { signal }),
    resultNotice: ({ ok, shipped, versions }) =>
      ok
        ? { title: say('golden:good') }
        : {
            title: say('golden:bad'),
            more: [shipped, ...versions].flatMap(problemTexts).join(' '),
            tone: 'bad',
          },
  });
  if (report) useGoldenCheck.setState({ lastCheck: { report, at: new Date().toISOString() }, refusals: [] });
  await refreshGolden();
}

/** Why the user is not allowed to publish or reset golden versions now; null if allowed. */
export function useGoldenRefusal(): string | null {
  const me = useMe();
  const readOnlyReason = useReadOnlyReason();
  const stateRefusal = whyNotLive() ?? readOnlyReason;
  if (stateRefusal !== null) return stateRefusal;
  return denialText(me && goldenVerdict(me));
}
