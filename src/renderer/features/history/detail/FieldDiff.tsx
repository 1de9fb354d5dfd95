import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/domain/json.ts';
import type { FieldChange } from '../../../text/diff.ts';
import { fieldName } from '../../../text/names.ts';
import { isRewritten, notesDiff, textDiff } from '../diff/text.ts';
import type { TextPiece } from '../diff/text.ts';
import { isLong, LongText } from './LongText.tsx';
import { Value } from './Value.tsx';

const signs = { added: '+', changed: '~', removed: '−' } as const;
/** Texts that are longer on both sides are shown as one, with what went and what came. */
const shortText = 60;

/** The pieces of a long text or of notes that are best read as one; null when both sides are better read apart. */
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
      <span className={`diff-merged diff-merged-${kind}`}>
        {pieces.map(({ kind: what, text }, index) => {
          const Tag = tags[what];
          // Blanks before a word would be struck through at the end of the line before it.
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

/** One field of a change: what it was and what it became. */
export function FieldDiff({ type, change }: { type: string; change: FieldChange }) {
  const { t } = useTranslation('history');
  const { key, kind, before, after } = change;
  // What a saved view says is put into words, which are read side by side.
  const merged = type === 'view' ? null : piecesOf(before, after);
  return (
    <li className={`diff-line diff-${kind}`}>
      <span className="diff-sign" aria-hidden>
        {signs[kind]}
      </span>
      <span className="diff-field">{fieldName(key)}</span>
      {merged ? (
        <span className="diff-sides">
          <Merged {...merged} />
        </span>
      ) : (
        <span className="diff-sides">
          <del aria-label={t('detail.before')}>
            <Value type={type} field={key} value={before} />
          </del>
          <span className="diff-arrow" aria-hidden>
            →
          </span>
          <ins aria-label={t('detail.after')}>
            <Value type={type} field={key} value={after} />
          </ins>
        </span>
      )}
    </li>
  );
}
