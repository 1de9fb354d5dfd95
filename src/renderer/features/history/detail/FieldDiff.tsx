import { useState, Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { fieldName } from '../../../text/names.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';
import { notesLines } from '../../../text/notes-lines.ts';
import { RecordName, RecordNames } from '../../../ui/RecordName.tsx';
import { specialValue } from '../../view-words/SavedView.tsx';
import type { FieldChange } from '../../../text/diff.ts';
import { isRewritten, notesDiff, textDiff } from './text-diff.ts';
import type { TextPiece } from './text-diff.ts';
import styles from './diff.module.css';

const maxShortText = { characters: 320, lines: 8 };

function isLong(text: string): boolean {
  return text.length > maxShortText.characters || text.split('\n').length > maxShortText.lines;
}

function LongText({ isFoldable, children }: { isFoldable: boolean; children: ReactNode }) {
  const { t } = useTexts('history');
  const [isExpanded, setExpanded] = useState(false);
  if (!isFoldable) return children;
  return (
    <span className={`block shrink ${styles.long}`}>
      <span className={isExpanded ? 'block' : `block clip ${styles.part}`}>{children}</span>
      <button
        type="button"
        className={styles.more}
        aria-expanded={isExpanded}
        onClick={() => setExpanded(!isExpanded)}
      >
        {t(isExpanded ? 'detail.less' : 'detail.more')}
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

const isReferenceList = (type: string, field: string): boolean =>
  fieldNamed(type, field)?.kind === 'references';

/** One value of a field: references by name, long texts shortened, absent distinct from null. */
export function FieldValue({ type, field, value }: Props) {
  const { t } = useTexts('history');
  const special = specialValue(type, field, value);
  if (special !== null) return special;
  if (value === undefined || value === null) {
    const emptyKind = value === null ? 'null' : 'absent';
    return <span className="regular faint italic">{t(`detail.${emptyKind}`)}</span>;
  }
  if (value === '') return <span className="regular faint italic">{t('detail.emptyText')}</span>;
  if (isReferenceList(type, field) && Array.isArray(value)) return <RecordNames ids={referencedIds(value)} />;
  if (typeof value === 'object') {
    const text = notesLines(value).join('\n');
    if (text === '') return <span className="regular faint italic">{t('detail.null')}</span>;
    return (
      <LongText isFoldable={isLong(text)}>
        <span className={styles.notes}>{text}</span>
      </LongText>
    );
  }
  if (typeof value === 'string') {
    if (isReference(type, field)) return <RecordName id={value} />;
    return (
      <LongText isFoldable={isLong(value)}>
        <span className="diff-text">{valueText(value, fieldNamed(type, field))}</span>
      </LongText>
    );
  }
  return <span className="num">{valueText(value, fieldNamed(type, field))}</span>;
}

const signOfKind = { added: '+', changed: '~', removed: '−' } as const;
const minDiffLength = 60;

/** The pieces of one merged diff of texts or notes; null if two values are clearer: short, rewritten or not texts. */
function piecesOf(
  before: Json | undefined,
  after: Json | undefined,
): { kind: 'text' | 'notes'; pieces: TextPiece[] } | null {
  if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null) {
    return { kind: 'notes', pieces: notesDiff(before, after) };
  }
  if (typeof before !== 'string' || typeof after !== 'string') return null;
  if (before.length < minDiffLength && after.length < minDiffLength) return null;
  const pieces = textDiff(before, after);
  return isRewritten(pieces) ? null : { kind: 'text', pieces };
}

const tagOfKind = { same: 'span', removed: 'del', added: 'ins' } as const;

function MergedText({ kind, pieces }: { kind: 'text' | 'notes'; pieces: readonly TextPiece[] }) {
  const fullText = pieces.map(({ text }) => text).join('\n');
  return (
    <LongText isFoldable={isLong(fullText)}>
      <span className={`${styles.merged} diff-merged-${kind}`}>
        {pieces.map(({ kind: pieceKind, text }, index) => {
          const Tag = tagOfKind[pieceKind];
          // Spaces before an added or removed word are not marked.
          const leadingSpaces = kind === 'text' && text.trim() !== '' ? (/^\s*/.exec(text)?.[0] ?? '') : '';
          return (
            <Fragment key={`${index}-${pieceKind}`}>
              {leadingSpaces}
              <Tag>{text.slice(leadingSpaces.length)}</Tag>
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
  // Saved views, shared sandboxes and lists of references are shown as two values, not as one merged text.
  const merged =
    type === 'view' || type === 'shared-sandbox' || isReferenceList(type, key)
      ? null
      : piecesOf(before, after);
  return (
    <li className={`stack gap-8 ${styles.line}`}>
      <span className={`rigid strong text-center ${styles.sign} sign-${kind}`} aria-hidden>
        {signOfKind[kind]}
      </span>
      <span className={styles.field}>{fieldName(key)}</span>
      {merged ? (
        <span className={`flex baseline wrap shrink gap-2-8 breaks ${styles.sides}`}>
          <MergedText {...merged} />
        </span>
      ) : (
        <span className={`flex baseline wrap shrink gap-2-8 breaks ${styles.sides}`}>
          <del className="dim" aria-label={t('detail.before')}>
            <FieldValue type={type} field={key} value={before} />
          </del>
          <span className="faint" aria-hidden>
            →
          </span>
          <ins className="medium" aria-label={t('detail.after')}>
            <FieldValue type={type} field={key} value={after} />
          </ins>
        </span>
      )}
    </li>
  );
}
