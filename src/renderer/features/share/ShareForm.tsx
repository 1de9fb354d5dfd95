import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { say, useTexts } from '../../i18n/setup.ts';
import { numberFormatter } from '../../text/formats.ts';
import { askDialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
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
  onAnswer: (included: IncludedParts | null) => void;
}

function ShareForm({ parts, onAnswer }: Props) {
  const { t } = useTexts('share');
  const [included, setIncluded] = useState<IncludedParts>(defaultParts);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAnswer(included);
  };
  return (
    <form className="stack gap-12" onSubmit={submit}>
      <p className="dim">{t('what')}</p>
      <fieldset className="stack gap-12">
        <legend className="medium mb-8">{t('include')}</legend>
        {parts.map((part, index) => (
          <Checkbox
            key={part}
            {...(index === 0 ? { 'data-autofocus': true } : {})}
            label={t(`part.${part}`)}
            description={hintKeys[part] && t(hintKeys[part])}
            checked={included[part]}
            onChange={({ currentTarget }) => setIncluded({ ...included, [part]: currentTarget.checked })}
          />
        ))}
      </fieldset>
      {(!included.people || !included.universities) && <p className="dim">{t('within')}</p>}
      <FormButtons saveLabel={t('transfer:export.choose')} onCancel={() => onAnswer(null)} />
    </form>
  );
}

async function share(request: ShareRequest, included: IncludedParts): Promise<void> {
  const rename = await buildRename(request, included);
  if (rename === null) {
    const most = numberFormatter({})(maxSharedNames);
    notice({ tone: 'bad', title: say('share:failed'), more: say('share:tooManyNames', { most }) });
    return;
  }
  await saveContent({
    suggested: request.suggested,
    createContent: async () => ({ kind: 'text', text: await buildSharedFile(request, included, rename) }),
    failureTitle: say('share:failed'),
  });
}

export function askToShare(request: ShareRequest): void {
  const answer = askDialog<IncludedParts | null>({ title: say('share:title') }, null, (onAnswer) => (
    <ShareForm parts={request.parts} onAnswer={onAnswer} />
  ));
  void answer.then((included) => included && share(request, included)).catch(reportError);
}
