import { Button } from '@mantine/core';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { ShownRequest } from '#shared/contract/ask.ts';
import { useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { searchInstead, send, useQuestionState } from './state.ts';
import styles from './ask.module.css';

/** The exact request to a language model, with the button that sends it. */
export function ModelRequest({ request }: { request: ShownRequest }) {
  const { t } = useTexts('ask');
  const isBusy = useQuestionState((state) => state.isBusy);
  const { model, url, isLocal, level, body } = request;
  return (
    <section className="stack gap-8" aria-label={t('request.title')}>
      <p>
        {t(isLocal ? 'request.here' : 'request.away', { model, host: new URL(url).host })}{' '}
        {!isSafeUrl(new URL(url)) && `${t('request.unencrypted')} `}
        {t(`request.level.${level}`)}
      </p>
      <pre
        className={`card scroll tiny breaks lines pad-12 ${styles.bytes}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={t('request.bytes')}
      >
        {body}
      </pre>
      <p className="dim">
        {t('request.exact', { size: bytesText(new TextEncoder().encode(body).length), url })}
      </p>
      <div className={styles.buttons}>
        <Button disabled={isBusy} onClick={() => void send(request)}>
          {t('request.send', { model })}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => void searchInstead()}>
          {t('request.search')}
        </Button>
      </div>
    </section>
  );
}
