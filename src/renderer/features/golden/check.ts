import { create } from 'zustand';
import type { GoldenReport } from '#shared/contract/golden.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { goldenChanged } from '../../stores/golden.ts';
import { coreText } from '../../text/core.ts';
import { inNotice } from '../../ui/in-notice.tsx';

interface Checked {
  /** The last check of this window, and when it ended (ISO 8601). */
  last: { report: GoldenReport; at: string } | null;
}

/** What the last check of the golden versions found. */
export const useGoldenCheck = create<Checked>()(() => ({ last: null }));

/** What is wrong with one, as sentences. */
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
        ? { title: say('golden:good'), more: say('golden:goodMore') }
        : {
            title: say('golden:bad'),
            more: [shipped, ...versions].flatMap(saidOf).join(' '),
            tone: 'bad',
          },
    cancelled: { title: say('golden:checkCancelled') },
    failed: say('golden:checkFailed'),
  });
  if (report) useGoldenCheck.setState({ last: { report, at: new Date().toISOString() } });
  await goldenChanged();
}
