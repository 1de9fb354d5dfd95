import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WhatIfView } from '#shared/address/view.ts';
import type { Forecast } from '#shared/contract/forecasts.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { follow } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { whileSaving } from '../../stores/saving.ts';
import { momentToSecond } from '../../text/formats.ts';
import { confirmAction } from '../../ui/ActionDialog.tsx';
import { notice, report } from '../../ui/notices.tsx';
import { outlookOf } from './useSimulations.ts';

const ignore = (): void => {};

/** All forecasts with outcomes. Read again when shown, because terms become due with time. */
export const useForecasts = () =>
  useQuery({
    queryKey: keys.forecasts,
    queryFn: ({ signal }) => follow(api.forecasts.list({}, { signal }), ignore, signal),
    refetchOnMount: 'always',
  });

const readAnew = (): Promise<void> => queries.invalidateQueries({ queryKey: keys.forecasts });

/** Saves a forecast of live; `saving` has progress and a stop function. */
export function useSaveForecast(view: WhatIfView) {
  const [saving, setSaving] = useState<{ progress: Progress | null; cancel: () => void } | null>(null);
  const save = async (): Promise<void> => {
    const aborter = new AbortController();
    const cancel = (): void => aborter.abort();
    setSaving({ progress: null, cancel });
    try {
      const call = api.forecasts.save(outlookOf(view), { signal: aborter.signal });
      await whileSaving(() => follow(call, (progress) => setSaving({ progress, cancel }), aborter.signal));
      await readAnew();
      notice({ title: say('whatif:forecast.saved') });
    } catch (error) {
      if (!isCancelled(error)) report(error);
    } finally {
      setSaving(null);
    }
  };
  return { saving, save };
}

/** Removes a forecast after confirmation. */
export async function removeForecast({ id, made }: Forecast): Promise<void> {
  await confirmAction({
    title: say('whatif:forecast.removeTitle'),
    text: say('whatif:forecast.removeText', { when: momentToSecond(made) }),
    button: say('whatif:forecast.remove'),
    bad: true,
    run: async () => {
      await whileSaving(() => api.forecasts.remove({ id }));
      await readAnew();
    },
  });
}
