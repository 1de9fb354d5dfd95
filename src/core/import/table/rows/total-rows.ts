import { isPerson } from '#shared/domain/person-name.ts';
import { parseNumberText } from '#shared/domain/number-text.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { cellText, isBlank } from '../cell.ts';
import type { Cell, Line } from '../cell.ts';
import type { Mapping } from '../choices.ts';
import { ColumnValues, looksLikePerson } from '../columns/column-values.ts';

const totalWords =
  'total,totals,totale,totaal,grand total,subtotal,sub total,sum,summe,zwischensumme,gesamtsumme,gesamt,insgesamt,ergebnis,gesamtergebnis,teilergebnis,' +
  'somme,total general,total geral,sous total,suma,totale generale,soma,razem,ogolem,celkem,soucet,mezisoucet,spolu,medzisucet,totalt,summa,delsumma,delsum,i alt,' +
  'yhteensa,valisumma,osszesen,reszosszeg,subtotaal,eindtotaal,toplam,ara toplam,genel toplam,ukupno,итого,всего,сумма,промежуточныи итог,разом,συνολο,' +
  '合計,小計,総計,合计,小计,总计,총계,합계,소계,총원,총인원,総数,総人数,总人数,count,anzahl,grand count,' +
  'lacznie,w sumie,kokku,kopa,is viso,skupaj,ukupno,samtals,gjithsej,tong,tong cong,jumlah,nombre total,total number,gesamtzahl,gesamtanzahl,anzahl der,aantal,liczba,pocet,numero di,numero de,nombre de,number of,antal,всього,всичко,σύνολο';
const averageWords =
  'overall,average,mean,median,durchschnitt,mittelwert,moyenne,media,promedio,gemiddelde,medelvarde,ortalama,prumer,srednia,среднее';
const words = [totalWords, averageWords].join(',').split(',');
const anyWord = words.toSorted((a, b) => b.length - a.length).join('|');
const [startOfTotal, endOfTotal] = [new RegExp(`^(?:${anyWord}) `), new RegExp(` (?:${anyWord})$`)];
const totalOnly = new RegExp(`^(?:${anyWord})(?: \\d+)?$`);
const startOfAverage = new RegExp(`^(?:${averageWords.replaceAll(',', '|')})(?: |$)`);
/** No record has such a name, whatever follows. */
const alwaysTotal =
  /^(?:sub ?total|zwischensumme|teilergebnis|sous total|grand total|grand count|gesamtsumme|gesamtergebnis|mezisoucet|medzisucet|subtotaal|delsumma|ara toplam|промежуточныи итог)(?= |$)/;

/** Words of totals that also begin names: "Media Lab", "Mean Machine". */
const nameLikeTotal = /^(?:media|mean|median|soma|suma|sum|count|overall|spolu|ergebnis|average)(?: |$)/;
/** Words of totals that are names of people as well. */
const personLikeTotal = /^(?:antal|summa|tong|kopa|soma|suma|sum|media|count)(?: |$)/;

/** Phrases that begin no name, also before a German noun: "Anzahl Mitglieder". */
const countPhrase =
  /^(?:anzahl|gesamtzahl|gesamtanzahl|aantal|liczba|pocet|number of|total number|nombre de|numero d[ei]) /;

const isTotal = (text: string): boolean =>
  totalOnly.test(text) || alwaysTotal.test(text) || startOfTotal.test(text);

/** A column holds numbers if most of its cells do. */
const numericShare = 0.7;
/** With fewer other numbers, a larger one is no sum. */
const leastNumbers = 2;

interface ColumnNumbers {
  /** By row; undefined in totals and where the cell is no number. */
  values: readonly (number | undefined)[];
  isNumeric: boolean;
  /** Whether few cells begin with a number, also with a unit. */
  isText: boolean;
  numbers: Numbers;
}

interface Numbers {
  count: number;
  sum: number;
  least: number;
  greatest: number;
  median: number;
}

/** The rows of a table as far as totals are known by them. */
export interface TotalTable {
  rows: readonly Line[];
  mapping: Mapping;
  nameColumns: readonly number[];
  /** The usual number of filled cells. */
  usualWidth: number;
  /** Whether most rows fill several cells. */
  areMostlyFull: boolean;
  isValue: (text: string) => boolean;
}

/** A row that can be a total. If `isCertain`, other cells than the name show it. */
export interface FoundTotal {
  column: number;
  isCertain: boolean;
}

/** Returns a function that recognizes totals: by their words, with the width of the row and the sums in it as evidence. */
export function totalFinder(table: TotalTable): (row: Line, filled: readonly number[]) => FoundTotal | null {
  const { rows, mapping, nameColumns, usualWidth, areMostlyFull, isValue } = table;
  const isOfPeople = isPerson(mapping.type);
  const [nameColumn = 0] = nameColumns;
  const holdsSums = sumFinder(table);
  const nameOf = ({ cells }: Line): string =>
    nameColumns
      .map((column) => cellText(cells[column]))
      .filter(Boolean)
      .join(' ');
  const isPersonName = (name: string): boolean =>
    isOfPeople &&
    (looksLikePerson(name) ||
      (personLikeTotal.test(plainHeading(name)) && new ColumnValues([name]).share('name_like') === 1));
  const valuesOfFullRows = new Map<number, ReadonlySet<string>>();
  /** Whether full rows have the value in the column: a team called "Media". */
  const isUsualValue = (column: number, text: string): boolean => {
    const values =
      valuesOfFullRows.get(column) ??
      new Set(
        rows
          .filter(({ cells }) => cells.filter((cell) => !isBlank(cell)).length >= usualWidth)
          .map(({ cells }) => plainHeading(cellText(cells[column]))),
      );
    valuesOfFullRows.set(column, values);
    return values.has(text);
  };
  /** Whether a name that begins with a word of totals is one: it stands alone, or has a number. */
  const isFooter = (name: string, text: string, filledCount: number): boolean =>
    areMostlyFull &&
    ((filledCount === 1 && !nameLikeTotal.test(text) && !isPersonName(name)) || /\d/.test(text));
  const findInName = (row: Line, filled: readonly number[], isShort: boolean): FoundTotal | null => {
    const name = nameOf(row);
    const text = plainHeading(name);
    const found = (isCertain: boolean): FoundTotal => ({ column: nameColumn, isCertain });
    if (totalOnly.test(text) || alwaysTotal.test(text))
      return found(isShort || filled.length < 2 || holdsSums(row, filled));
    if (isShort) {
      const rest = text.replace(startOfTotal, '').replace(endOfTotal, '');
      // "Total Alpha" where Alpha is a value of other rows.
      if (rest !== text && isValue(rest)) return found(true);
      return startOfTotal.test(text) ? found(isFooter(name, text, filled.length)) : null;
    }
    if (!startOfTotal.test(text)) return null;
    if (countPhrase.test(text) || holdsSums(row, filled)) return found(false);
    const hasNumbers = filled.some((column) => column !== nameColumn && numberOf(row.cells[column]) !== null);
    if (isNameAfterWord(name) || (hasNumbers && !startOfAverage.test(text))) return null;
    return found(false);
  };
  return (row, filled) => {
    const isShort = filled.length < usualWidth;
    const name = nameOf(row);
    const others = filled.filter((column) => !nameColumns.includes(column));
    // Programs mark subtotals with asterisks.
    const asterisks = isShort && filled.find((column) => /^\*+$/.test(cellText(row.cells[column])));
    if (typeof asterisks === 'number') return { column: asterisks, isCertain: true };
    const hasText = others.some((column) => /\p{L}/u.test(cellText(row.cells[column])));
    const isFilledAsUsual = !isShort || (filled.length >= usualWidth / 2 && hasText);
    const isPersonRow = isFilledAsUsual && isPersonName(name);
    if (isPersonRow) return null;
    const total = findInName(row, filled, isShort);
    if (total || !isShort || isPersonName(name)) return total;
    for (const column of others) {
      const text = plainHeading(cellText(row.cells[column]));
      if (name !== '' && (nameLikeTotal.test(text) || isUsualValue(column, text))) continue;
      const rest = text.replace(startOfTotal, '').replace(endOfTotal, '');
      const isGroup = rest !== text && isValue(rest);
      if (totalOnly.test(text) || alwaysTotal.test(text) || isGroup) return { column, isCertain: true };
    }
    return null;
  };
}

/** Whether a capitalised word follows the word of totals, as in a name: "Total Recall". */
function isNameAfterWord(name: string): boolean {
  if (name === name.toUpperCase()) return false;
  const [total = ''] = startOfTotal.exec(`${plainHeading(name)} `) ?? [];
  const count = total.trim().split(' ').length;
  const parts = name.split(/\s+/);
  return /[\p{L}\p{N}]$/u.test(parts[count - 1] ?? '') && /^\p{Lu}/u.test(parts[count] ?? '');
}

function numberOf(cell: Cell | undefined): number | null {
  if (typeof cell === 'number') return cell;
  const number = typeof cell === 'string' ? parseNumberText(cell, 'percent') : null;
  return number === null ? null : number.values['.'];
}

/** Returns a function that finds sums or averages of other rows in a row, or numbers in a column of texts. */
function sumFinder({ rows, nameColumns }: TotalTable): (row: Line, filled: readonly number[]) => boolean {
  const nameOf = ({ cells }: Line): string =>
    plainHeading(nameColumns.map((column) => cellText(cells[column])).join(' '));
  let totals: readonly boolean[] | undefined;
  let indexes: ReadonlyMap<number, number> | undefined;
  const columns = new Map<number, ColumnNumbers>();
  const numbersIn = (column: number): ColumnNumbers => {
    const known = columns.get(column);
    if (known) return known;
    totals ??= rows.map((row) => isTotal(nameOf(row)));
    const values = rows.map(({ cells }, index) =>
      totals?.[index] ? undefined : (numberOf(cells[column]) ?? undefined),
    );
    const filled = rows.filter(({ cells }, index) => !totals?.[index] && !isBlank(cells[column]));
    const numbers = values.filter((value) => value !== undefined);
    const counted = filled.filter(({ cells }) => /^\d/.test(cellText(cells[column]))).length;
    const found = {
      values,
      numbers: describeNumbers(numbers),
      isNumeric: numbers.length >= Math.max(leastNumbers, filled.length * numericShare),
      isText: filled.length > 0 && counted < filled.length * (1 - numericShare),
    };
    columns.set(column, found);
    return found;
  };
  return (row, filled) =>
    filled.some((column) => {
      if (nameColumns.includes(column)) return false;
      const { values, numbers, isNumeric, isText } = numbersIn(column);
      if (isText && /^\d+(?:\s+\p{L}+)?$/u.test(cellText(row.cells[column]))) return true;
      const value = numberOf(row.cells[column]);
      if (value === null || !isNumeric) return false;
      if (isSumOf(value, numbers)) return true;
      if (startOfAverage.test(nameOf(row)) && isAverageOf(value, numbers)) return true;
      indexes ??= new Map(rows.map(({ line }, index) => [line, index]));
      const end = indexes.get(row.line) ?? 0;
      const start = (totals?.lastIndexOf(true, end - 1) ?? -1) + 1;
      const above = values.slice(start, end).filter((one) => one !== undefined);
      return end > 0 && isSumOf(value, describeNumbers(above));
    });
}

function describeNumbers(numbers: readonly number[]): Numbers {
  const sorted = numbers.toSorted((a, b) => a - b);
  return {
    count: numbers.length,
    sum: numbers.reduce((sum, number) => sum + number, 0),
    least: sorted[0] ?? 0,
    greatest: sorted.at(-1) ?? 0,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
  };
}

/** Whether a value is about the sum of numbers; that of one number, or of zeros, is none. */
function isSumOf(value: number, { count, sum, greatest }: Numbers): boolean {
  if (count < leastNumbers || sum <= greatest) return false;
  return (
    Math.abs(value - sum) <= 0.005 * sum || (value > greatest && value >= 0.8 * sum && value <= 1.2 * sum)
  );
}

const isAverageOf = (value: number, { count, sum, least, greatest, median }: Numbers): boolean =>
  least < greatest && [sum / count, median].some((average) => Math.abs(value - average) <= 0.02 * average);
