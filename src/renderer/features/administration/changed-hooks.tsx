import { Button } from '@mantine/core';
import { say } from '../../i18n/setup.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { CopyButton } from '../../ui/Failure.tsx';

const dialogWidth = 480;

/** Lists the webhooks again, and shows a new secret in a dialog: the list of notices must not keep it. */
export async function showChangedHooks(secret: string | null): Promise<void> {
  await queryClient.invalidateQueries(queryFor('administration.hooks', {}));
  if (secret === null) return;
  openDialog({ title: say('administration:hooks.secret'), size: dialogWidth }, (close) => (
    <div className="column gap-12">
      <p>{say('administration:hooks.secretText')}</p>
      <p className="flex wrap apart gap-8">
        <code className="breaks">{secret}</code>
        <CopyButton label={say('common:copy')} textOf={() => secret} />
      </p>
      <div className="dialog-buttons">
        <Button variant="filled" onClick={close}>
          {say('common:close')}
        </Button>
      </div>
    </div>
  ));
}
