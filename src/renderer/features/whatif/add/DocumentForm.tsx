import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { RecordRef } from '#shared/contract/record.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { titleOr } from '../../../text/names.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { FormEnd } from '../../../ui/FormEnd.tsx';
import { useSubmit } from '../../../ui/useSubmit.ts';
import { usualWritten } from '../../insights/repair.ts';
import { makeStep } from '../../play/step.ts';
import { LookupInput } from '../../records/form/LookupInput.tsx';
import { endTypes } from '../../records/linking/links.ts';
import { LinkChoice } from './LinkChoice.tsx';

/** Asks which link is documented, and how much of it. */
export function askWhatIsDocumented(): void {
  openDialog({ title: say('whatif:form.document'), size: 520 }, (close) => <DocumentForm onDone={close} />);
}

function DocumentForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [end, setEnd] = useState<RecordRef | null>(null);
  const [link, setLink] = useState<RecordRef | null>(null);
  const [share, setShare] = useState<number | string>(usualWritten);
  const { saving, failure, onSubmit } = useSubmit(async () => {
    if (link === null || typeof share !== 'number') return;
    await makeStep(
      [{ kind: 'update', type: 'interface', id: link.id, data: { documented: share } }],
      say('whatif:form.documented', { title: titleOr(link.title, 'interface') }),
    );
    onDone();
  });
  return (
    <form className="column gap-12 action-form" autoComplete="off" onSubmit={onSubmit}>
      <div className="stack gap-8 fields">
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="small dim self-center">{t('whatif:form.choose.end')}</span>
          <LookupInput
            label={t('whatif:form.choose.end')}
            types={endTypes}
            id={end?.id ?? ''}
            title={end?.title}
            arrives
            placeholder={t('panel:links.choose')}
            onChoose={(_, one) => {
              setEnd(one);
              setLink(null);
            }}
          />
        </div>
        {end !== null && <LinkChoice end={end.id} link={link?.id ?? ''} onChoose={setLink} />}
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="small dim self-center">{t('whatif:form.share')}</span>
          <NumberInput
            aria-label={t('whatif:form.share')}
            min={0}
            max={100}
            suffix={'\u00a0%'}
            allowDecimal={false}
            clampBehavior="strict"
            value={share}
            onChange={setShare}
          />
        </div>
      </div>
      <FormEnd
        failure={failure}
        save={t('whatif:addAsStep')}
        saving={saving}
        blocked={link === null || typeof share !== 'number'}
        onCancel={onDone}
      />
    </form>
  );
}
