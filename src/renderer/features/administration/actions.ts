import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { notice, report } from '../../ui/notices.tsx';

/** Starts a backup of the server; the page shows its progress. */
export async function backUpServer(): Promise<void> {
  try {
    const job = await api.administration.backUp({});
    queries.setQueryData(keys.administration('backupStatus'), (before: object | undefined) => ({
      next: null,
      ...before,
      job,
    }));
  } catch (error) {
    report(error);
  }
}

export async function vacuumServer(): Promise<void> {
  try {
    const { milliseconds } = await api.administration.vacuum({});
    notice({
      id: 'server-vacuum',
      title: say('administration:server.vacuumed', { ms: Math.max(1, Math.round(milliseconds)) }),
    });
    await queries.invalidateQueries({ queryKey: keys.administration('server') });
  } catch (error) {
    report(error);
  }
}
