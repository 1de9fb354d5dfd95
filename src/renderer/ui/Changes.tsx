import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { useTexts } from '../i18n/setup.ts';
import { diffOf } from '../text/diff.ts';
import type { AuditedChange, FieldChange } from '../text/diff.ts';
import { fieldName } from '../text/names.ts';
import { notesLines, differingLines } from '../text/notes-lines.ts';
import { fieldNamed, valueText } from '../text/values.ts';
import { RecordName, RecordNames } from './RecordName.tsx';

const signs = { added: '+', changed: '~', removed: '−' } as const;

/** The lines of notes; compared with other notes, only the lines that differ. */
function notesText(value: Json, other: Json | undefined): string {
  const lines =
    typeof other === 'object' && other !== null ? differingLines(value, other) : notesLines(value);
  return lines.length === 0 ? valueText(null) : lines.join('\n');
}

interface FieldValueProps {
  type: string;
  field: string;
  value: Json | undefined;
}

/** A stored value in words; records by name. `isPlain`: without links. */
export function StoredValue({
  type,
  field,
  value,
  isPlain = false,
}: FieldValueProps & { isPlain?: boolean }) {
  const fieldInfo = fieldNamed(type, field);
  if (fieldInfo?.kind === 'reference' && typeof value === 'string')
    return <RecordName id={value} isPlain={isPlain} />;
  if (fieldInfo?.kind === 'references' && Array.isArray(value))
    return <RecordNames ids={referencedIds(value)} isPlain={isPlain} />;
  return <span>{valueText(value, fieldInfo)}</span>;
}

export function FieldValue({ other, ...stored }: FieldValueProps & { other: Json | undefined }) {
  const { t } = useTexts('panel');
  const { type, field, value } = stored;
  const isList = fieldNamed(type, field)?.kind === 'references' && Array.isArray(value);
  if (value === undefined) return <span className="change-nothing">{t('history:detail.absent')}</span>;
  if (value === null) return <span className="change-nothing">{t('history:detail.null')}</span>;
  if (typeof value === 'object' && !isList) return <span className="lines">{notesText(value, other)}</span>;
  return <StoredValue {...stored} />;
}

function ChangeLine({ type, change }: { type: string; change: FieldChange }) {
  return (
    <li className={`change change-${change.kind}`}>
      <span className={`strong sign-${change.kind}`} aria-hidden>
        {signs[change.kind]}
      </span>
      <span className="dim breaks">{fieldName(change.key)}</span>
      <span className="wrap shrink gap-2-8 breaks inline-flex change-sides">
        {change.before !== undefined && (
          <del>
            <FieldValue type={type} field={change.key} value={change.before} other={change.after} />
          </del>
        )}
        {change.kind === 'changed' && <span className="change-arrow">→</span>}
        {change.after !== undefined && (
          <ins>
            <FieldValue type={type} field={change.key} value={change.after} other={change.before} />
          </ins>
        )}
      </span>
    </li>
  );
}

/** A change of one record field by field: before → after, or added and removed parts. */
export function Changes({ change }: { change: AuditedChange }) {
  const { t } = useTexts('panel');
  const lines = diffOf(change);
  if (lines.length === 0) {
    const isErased = change.before === null && change.after === null;
    return isErased ? <p className="dim">{t('history:detail.erased')}</p> : null;
  }
  return (
    <ul className="changes">
      {lines.map((line) => (
        <ChangeLine key={line.key} type={change.type} change={line} />
      ))}
    </ul>
  );
}
