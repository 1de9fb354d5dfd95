import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ShownRequest } from '#shared/contract/ask.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import { useTexts } from '../i18n/setup.ts';
import { bytesText } from '../text/bytes.ts';

interface Props {
  request: ShownRequest;
  /** A sentence about what the request holds. */
  contents: string;
  isBusy: boolean;
  onSend: () => void;
  /** Other buttons. */
  children?: ReactNode;
}

/** The exact request to a language model, and a button that sends it. */
export function ModelRequest({ request, contents, isBusy, onSend, children }: Props) {
  const { t } = useTexts('ask');
  const { model, url, isLocal, body } = request;
  return (
    <section className="stack gap-8" aria-label={t('request.title')}>
      <p>
        {t(isLocal ? 'request.here' : 'request.away', { model, host: new URL(url).host })}{' '}
        {!isSafeUrl(new URL(url)) && `${t('request.unencrypted')} `}
        {contents}
      </p>
      <pre
        className="card scroll tiny breaks lines pad-12 model-request"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reachable by keyboard
        tabIndex={0}
        aria-label={t('request.bytes')}
      >
        {body}
      </pre>
      <p className="dim">
        {t('request.exact', { size: bytesText(new TextEncoder().encode(body).length), url })}
      </p>
      <div className="row wrap gap-8">
        <Button variant="filled" disabled={isBusy} onClick={onSend}>
          {t('request.send', { model })}
        </Button>
        {children}
      </div>
    </section>
  );
}
