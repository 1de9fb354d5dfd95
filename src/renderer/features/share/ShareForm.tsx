import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { say, useTexts } from '../../i18n/setup.ts';
import { numberForm } from '../../text/formats.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { saveMade } from '../../ui/save-made.ts';
import { mostNames, renamerOf, sharedFile } from './shared-file.ts';
import type { Kept, SharePart, ShareRequest } from './shared-file.ts';

/** Names of people are included only if the user ticks them. */
const usual: Kept = { people: false, universities: true, repairs: true, network: true };

const hints: Partial<Record<SharePart, 'hint.people' | 'hint.universities'>> = {
  people: 'hint.people',
  universities: 'hint.universities',
};

interface Props {
  parts: readonly SharePart[];
  onCancel: () => void;
  onChosen: (kept: Kept) => Promise<void>;
}

function ShareForm({ parts, onCancel, onChosen }: Props) {
  const { t } = useTexts('share');
  const [kept, setKept] = useState<Kept>(usual);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onChosen(kept).catch(reportError);
  };
  return (
    <form className="stack gap-12" onSubmit={submit}>
      <p className="dim">{t('what')}</p>
      <fieldset className="stack gap-12">
        <legend className="medium mb-8">{t('include')}</legend>
        {parts.map((part, at) => (
          <Checkbox
            key={part}
            {...(at === 0 ? { 'data-autofocus': true } : {})}
            size="xs"
            label={t(`part.${part}`)}
            description={hints[part] && t(hints[part])}
            checked={kept[part]}
            onChange={({ currentTarget }) => setKept({ ...kept, [part]: currentTarget.checked })}
          />
        ))}
      </fieldset>
      {(!kept.people || !kept.universities) && <p className="dim">{t('within')}</p>}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit">{t('transfer:export.choose')}</Button>
      </div>
    </form>
  );
}

export function askToShare(request: ShareRequest): void {
  openDialog({ title: say('share:title') }, (close) => (
    <ShareForm
      parts={request.parts}
      onCancel={close}
      onChosen={async (kept) => {
        close();
        const rename = await renamerOf(request, kept);
        if (rename === null) {
          notice({
            tone: 'bad',
            title: say('share:failed'),
            more: say('share:tooManyNames', { most: numberForm({})(mostNames) }),
          });
          return;
        }
        await saveMade({
          suggested: request.suggested,
          make: async () => ({ kind: 'text', text: await sharedFile(request, kept, rename) }),
          failed: say('share:failed'),
        });
      }}
    />
  ));
}
