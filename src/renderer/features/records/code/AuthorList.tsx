import { Button } from '@mantine/core';
import type { ShownMap } from '#shared/contract/maps.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { formatDay } from '../../../text/formats.ts';
import { TitleLink } from '../../../ui/LinkButton.tsx';
import { notice, reportErrors } from '../../../ui/notices.tsx';
import { RowButton } from '../../../ui/RowButton.tsx';
import { LookupInput } from '../form/LookupInput.tsx';
import { nearbyIds } from '../linking/links.ts';
import styles from './code.module.css';

type Author = ShownMap['authors'][number];

const shownKeyLength = 8;
const nameOf = ({ name, key }: Author): string =>
  name ?? say('code:nameless', { key: key.slice(0, shownKeyLength) });

const match = (repository: string, matches: { author: string; person: string }[]): Promise<void> =>
  reportErrors(async () => {
    await whileSaving(() => api.maps.match({ repository, matches }));
  });

const markShared = ({ id, payload }: EntityRecord, author: Author): Promise<void> =>
  reportErrors(async () => {
    const known = typeof payload['shared_accounts'] === 'string' ? payload['shared_accounts'] : '';
    const shared_accounts = [known, author.name ?? author.key].filter((text) => text !== '').join('\n');
    await whileSaving(() => api.entities.update({ type: 'repository', id, data: { shared_accounts } }));
    notice({ id: 'shared-account', title: say('code:sharedDone') });
  });

interface Props {
  record: EntityRecord;
  authors: readonly Author[];
  readOnly: boolean;
}

/** The authors of a map by name: proposals to confirm, unknown ones, and those who are known. */
export function AuthorList({ record, authors, readOnly }: Props) {
  const { t } = useTexts('code');
  const proposals = authors.flatMap(({ key, proposed }) =>
    proposed ? [{ author: key, person: proposed.id }] : [],
  );
  const unknown = authors.filter(({ kind, proposed }) => kind === 'unknown' && !proposed);
  const known = authors.filter(({ kind }) => kind === 'person');
  return (
    <section className="stack gap-8 small">
      <h3 className="small">{t('people')}</h3>
      {proposals.length > 0 && (
        <div className="stack gap-4">
          <p className="flex wrap apart gap-8">
            <span>{t('toConfirm')}</span>
            {proposals.length > 1 && !readOnly && (
              <Button size="xs" onClick={() => void match(record.id, proposals)}>
                {t('confirmAll', { count: proposals.length })}
              </Button>
            )}
          </p>
          {authors.map(
            (author) =>
              author.proposed && (
                <p key={author.key} className="flex apart gap-8">
                  <span>{t('same', { author: nameOf(author), person: author.proposed.title })}</span>
                  {!readOnly && (
                    <RowButton
                      label={t('confirm')}
                      named={t('same', { author: nameOf(author), person: author.proposed.title })}
                      onClick={() =>
                        void match(record.id, [{ author: author.key, person: author.proposed?.id ?? '' }])
                      }
                    />
                  )}
                </p>
              ),
          )}
        </div>
      )}
      {unknown.length > 0 && (
        <details open={unknown.length <= 5}>
          <summary className="dim">{t('unknown', { count: unknown.length })}</summary>
          {unknown.map((author) => (
            <div key={author.key} className={`mt-8 ${styles.author}`}>
              <span className="stack">
                <span className="breaks">{nameOf(author)}</span>
                {author.last !== null && (
                  <span className="tiny faint">{t('last', { day: formatDay(author.last) })}</span>
                )}
              </span>
              {!readOnly && (
                <span className="stack gap-2">
                  <LookupInput
                    label={t('whoIs', { name: nameOf(author) })}
                    types={['student', 'faculty']}
                    id=""
                    near={nearbyIds(record.payload)}
                    placeholder={t('whoIs', { name: nameOf(author) })}
                    onChoose={(person) =>
                      person !== '' && void match(record.id, [{ author: author.key, person }])
                    }
                  />
                  <RowButton
                    label={t('shared')}
                    named={`${t('shared')}: ${nameOf(author)}`}
                    onClick={() => void markShared(record, author)}
                  />
                </span>
              )}
            </div>
          ))}
        </details>
      )}
      {known.length > 0 && (
        <details>
          <summary className="dim">{t('known', { count: known.length })}</summary>
          <p className="flex wrap gap-2-12 mt-8">
            {known.map(({ key, person }) => person && <TitleLink key={key} {...person} />)}
          </p>
        </details>
      )}
    </section>
  );
}
