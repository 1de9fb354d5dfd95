import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { say, useTexts } from '../../i18n/setup.ts';
import { numberFormatter } from '../../text/formats.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { saveContent } from '../../ui/save-content.ts';
import { maxSharedNames, buildRename, buildSharedFile } from './shared-file.ts';
import type { IncludedParts, SharePart, ShareRequest } from './shared-file.ts';

/** Names of people are included only if the user ticks them. */
const defaultParts: IncludedParts = { people: false, universities: true, repairs: true, network: true };

const hintKeys: Partial<Record<SharePart, 'hint.people' | 'hint.universities'>> = {
  people: 'hint.people',
  universities: 'hint.universities',
};

interface Props {
  parts: readonly SharePart[];
  onCancel: () => void;
  onChosen: (included: IncludedParts) => Promise<void>;
}

function ShareForm({ parts, onCancel, onChosen }: Props) {
  const { t } = useTexts('share');
  const [included, setIncluded] = useState<IncludedParts>(defaultParts);
  return (
    <DialogForm
      className="stack gap-12"
      saveLabel={t('transfer:export.choose')}
      onCancel={onCancel}
      onSubmit={() => void onChosen(included).catch(reportError)}
    >
      <p className="dim">{t('what')}</p>
      <fieldset className="stack gap-12">
        <legend className="medium mb-8">{t('include')}</legend>
        {parts.map((part, index) => (
          <Checkbox
            key={part}
            {...(index === 0 ? { 'data-autofocus': true } : {})}
            size="xs"
            label={t(`part.${part}`)}
            description={hintKeys[part] && t(hintKeys[part])}
            checked={included[part]}
            onChange={({ currentTarget }) => setIncluded({ ...included, [part]: currentTarget.checked })}
          />
        ))}
      </fieldset>
      {(!included.people || !included.universities) && <p className="dim">{t('within')}</p>}
    </DialogForm>
  );
}

export function askToShare(request: ShareRequest): void {
  openDialog({ title: say('share:title') }, (close) => (
    <ShareForm
      parts={request.parts}
      onCancel={close}
      onChosen={async (included) => {
        close();
        const rename = await buildRename(request, included);
        if (rename === null) {
          notice({
            tone: 'bad',
            title: say('share:failed'),
            more: say('share:tooManyNames', { most: numberFormatter({})(maxSharedNames) }),
          });
          return;
        }
        await saveContent({
          suggested: request.suggested,
          createContent: async () => ({
            kind: 'text',
            text: await buildSharedFile(request, included, rename),
          }),
          failureTitle: say('share:failed'),
        });
      }}
    />
  ));
}
