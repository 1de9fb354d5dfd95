import type { SheetType } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { toCustomName } from '#shared/domain/custom-fields.ts';
import { fieldByHeading, stripCustomMark, stripDeclaredMark } from '../../../model/interchange/headings.ts';
import { unfitValuesKey, keyTables } from '../../../model/interchange/keys.ts';

/** The custom fields of columns: those that a heading names or marks, and those that columns become by default. */
export function customHeadingsOf(
  type: SheetType,
  columns: readonly string[],
  existingNames: ReadonlyMap<string, string>,
) {
  // An existing custom field of exactly that name comes first.
  const existingName = (heading: string): string | undefined =>
    existingNames.get(heading) ?? existingNames.get(customFieldName(type, heading));
  const markedNames = new Set(columns.flatMap((heading) => stripDeclaredMark(heading) ?? []));
  // A heading that also names a field ("Name") means the field, unless the table marks the custom field.
  const isAlsoField = columns.map(
    (heading) =>
      existingName(heading) !== undefined &&
      fieldByHeading(type, heading) !== null &&
      !markedNames.has(heading),
  );
  const customNames = columns.map((heading, column) => {
    if (isAlsoField[column]) return undefined;
    const name = stripCustomMark(heading);
    if (name !== null) return existingName(heading) ?? existingName(name) ?? customFieldName(type, name);
    return existingName(heading) ?? (markedNames.has(heading) ? customFieldName(type, heading) : undefined);
  });
  const defaultNames = columns.map(
    (heading, column) => customNames[column] ?? existingName(heading) ?? customFieldName(type, heading),
  );
  return { customNames, isAlsoField, defaultNames };
}

/** The custom field for a column: its heading, with a suffix if that is a declared or reserved name. */
export function customFieldName(type: SheetType, heading: string): string {
  const name = toCustomName(heading);
  const isReserved =
    ['id', '__proto__', 'created_at', 'updated_at', 'deleted_at', unfitValuesKey].includes(name) ||
    fieldsOf(type).some(({ key }) => key === name) ||
    keyTables[type].computed.has(name) ||
    keyTables[type].reserved.has(name) ||
    name in {};
  return isReserved ? `${name} (column)` : name;
}
