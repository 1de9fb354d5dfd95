import { useState, Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { roleName, fieldName } from '../../../text/names.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';
import { linesOf } from '../../../text/notes-lines.ts';
import { RecordName, RecordNames } from '../../../ui/RecordName.tsx';
import { When } from '../../../ui/When.tsx';
import { ProfileName } from '../../../ui/ProfileName.tsx';
import { SavedAddress, SavedLayout } from '../../view-words/SavedView.tsx';
import type { FieldChange } from '../../../text/diff.ts';
import { isRewritten, notesDiff, textDiff } from './text-diff.ts';
import type { TextPiece } from './text-diff.ts';
import styles from './diff.module.css';

const most = { signs: 320, lines: 8 };

function isLong(text: string): boolean {
  return text.length > most.signs || text.split('\n').length > most.lines;
}

function LongText({ long, children }: { long: boolean; children: ReactNode }) {
  const { t } = useTexts('history');
  const [all, setAll] = useState(false);
  if (!long) return children;
  return (
    <span className={`block shrink ${styles.long}`}>
      <span className={all ? 'block' : `block clip ${styles.part}`}>{children}</span>
      <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
        {t(all ? 'detail.less' : 'detail.more')}
      </button>
    </span>
  );
}

interface Props {
  type: string;
  field: string;
  /** undefined: the record has no such field. */
  value: Json | undefined;
}

function isReference(type: string, field: string): boolean {
  if (type === 'position') return field === 'node';
  return fieldNamed(type, field)?.kind === 'reference' || field === 'university_id';
}

const isList = (type: string, field: string): boolean => fieldNamed(type, field)?.kind === 'references';

/** One value of a field: references by name, long texts shortened, absent distinct from null. */
export function Value({ type, field, value }: Props) {
  const { t } = useTexts('history');
  if (type === 'view' && field === 'layout' && value !== undefined) return <SavedLayout layout={value} />;
  if (type === 'shared-sandbox' && field === 'changes' && Array.isArray(value))
    return <span className="num">{t('play:shared.count', { count: value.length })}</span>;
  if (value === undefined || value === null) {
    const nothing = value === null ? 'null' : 'absent';
    return <span className="regular faint italic">{t(`detail.${nothing}`)}</span>;
  }
  if (value === '') return <span className="regular faint italic">{t('detail.emptyText')}</span>;
  if (isList(type, field) && Array.isArray(value)) return <RecordNames ids={referencedIds(value)} />;
  if (typeof value === 'object') {
    const text = linesOf(value).join('\n');
    if (text === '') return <span className="regular faint italic">{t('detail.null')}</span>;
    return (
      <LongText long={isLong(text)}>
        <span className={styles.notes}>{text}</span>
      </LongText>
    );
  }
  if (typeof value === 'string') {
    if (isReference(type, field)) return <RecordName id={value} />;
    if (type === 'view' && field === 'address') return <SavedAddress address={value} />;
    if (field === (type === 'view' ? 'owner' : type === 'shared-sandbox' && 'shared_by'))
      return <ProfileName id={value} />;
    if (type === 'shared-sandbox' && field === 'shared_at') return <When at={value} />;
    if (type === 'profile' && field === 'role') return <span className="diff-text">{roleName(value)}</span>;
    return (
      <LongText long={isLong(value)}>
        <span className="diff-text">{valueText(value, fieldNamed(type, field))}</span>
      </LongText>
    );
  }
  return <span className="num">{valueText(value, fieldNamed(type, field))}</span>;
}

const signs = { added: '+', changed: '~', removed: '−' } as const;
const shortText = 60;

/** The pieces of a long text shown as one diff; null if both sides are clearer apart. */
function piecesOf(
  before: Json | undefined,
  after: Json | undefined,
): { kind: 'text' | 'notes'; pieces: TextPiece[] } | null {
  if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null) {
    return { kind: 'notes', pieces: notesDiff(before, after) };
  }
  if (typeof before !== 'string' || typeof after !== 'string') return null;
  if (before.length < shortText && after.length < shortText) return null;
  const pieces = textDiff(before, after);
  return isRewritten(pieces) ? null : { kind: 'text', pieces };
}

const tags = { same: 'span', removed: 'del', added: 'ins' } as const;

function Merged({ kind, pieces }: { kind: 'text' | 'notes'; pieces: readonly TextPiece[] }) {
  const whole = pieces.map(({ text }) => text).join('\n');
  return (
    <LongText long={isLong(whole)}>
      <span className={`${styles.merged} diff-merged-${kind}`}>
        {pieces.map(({ kind: what, text }, index) => {
          const Tag = tags[what];
          // Moves spaces before an added or removed word to the preceding line.
          const blanks = kind === 'text' && text.trim() !== '' ? (/^\s*/.exec(text)?.[0] ?? '') : '';
          return (
            <Fragment key={`${index}-${what}`}>
              {blanks}
              <Tag>{text.slice(blanks.length)}</Tag>
            </Fragment>
          );
        })}
      </span>
    </LongText>
  );
}

export function FieldDiff({ type, change }: { type: string; change: FieldChange }) {
  const { t } = useTexts('history');
  const { key, kind, before, after } = change;
  // Saved views and shared sandboxes are described in words.
  const merged =
    type === 'view' || type === 'shared-sandbox' || isList(type, key) ? null : piecesOf(before, after);
  return (
    <li className={`stack gap-8 ${styles.line}`}>
      <span className={`rigid strong text-center ${styles.sign} sign-${kind}`} aria-hidden>
        {signs[kind]}
      </span>
      <span className={styles.field}>{fieldName(key)}</span>
      {merged ? (
        <span className={`flex baseline wrap shrink gap-2-8 breaks ${styles.sides}`}>
          <Merged {...merged} />
        </span>
      ) : (
        <span className={`flex baseline wrap shrink gap-2-8 breaks ${styles.sides}`}>
          <del className="dim" aria-label={t('detail.before')}>
            <Value type={type} field={key} value={before} />
          </del>
          <span className="faint" aria-hidden>
            →
          </span>
          <ins className="medium" aria-label={t('detail.after')}>
            <Value type={type} field={key} value={after} />
          </ins>
        </span>
      )}
    </li>
  );
}
