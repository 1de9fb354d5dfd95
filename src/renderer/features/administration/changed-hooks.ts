import { say } from '../../i18n/setup.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { copyText } from '../../ui/clipboard.ts';
import { notice } from '../../ui/notices.tsx';

/** Milliseconds to read and copy a secret, because the server never shows it again. */
const secretMs = 600_000;

/** Lists the webhooks again, and shows a new secret. */
export async function showChangedHooks(secret: string | null): Promise<void> {
  await queryClient.invalidateQueries(queryFor('administration.hooks', {}));
  if (secret === null) return;
  const title = say('administration:hooks.secret');
  const action = { label: say('common:copy'), run: () => void copyText(secret) };
  notice({ id: 'webhook', stays: secretMs, title, more: secret, action });
}
