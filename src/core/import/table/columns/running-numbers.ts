import { headingsByField } from '../../../model/interchange/heading-words.ts';
import { cellText, isBlank } from '../cell.ts';
import { plainColumn } from './heading-match.ts';
import { statesIdentity } from './identity-headings.ts';
import type { Table } from '../read/table.ts';

/** Headings of columns that number the rows, folded. */
const counterHeadings: ReadonlySet<string> = new Set(
  (
    'lp,l p,nr,nr crt,nro,no,n,n o,no ,num,number,nummer,numero,nummerering,#,lfd,lfd nr,lfdnr,laufende nummer,laufnummer,pos,pos nr,position,row,row no,row number,zeile,' +
    'ligne,fila,riga,rij,volgnr,volgnummer,index,idx,item,s no,sl no,sr no,serial,serial no,sn,poradi,por,por c,por cislo,cislo,c,p c,poradove cislo,r br,rb,redni broj,sorszam,ssz,' +
    'sira,sira no,jarj,jarjestysnumero,lopnr,lopenr,lopenummer,rad,п п,№,no п п,n п п,номер,α α,αα,番号,序号,번호,연번,순번,通し番号,stt,unnamed 0,nº,ord,ordem,orden,ordre,progr,progressivo,nr kol,x'
  ).split(','),
);

const numberText = /^#?0*(\d{1,6})[.)]?$/;
/** With fewer numbers, other columns can be in order by chance. */
const leastUnderCounter = 2;
const leastUnderOther = 5;

/** Headings of numbers that mean something, although a list can be sorted by them. */
const meaningfulWords =
  /\b(?:id|ids|rank|ranking|rang|priority|prioritat|priorite|prioridad|level|stufe|year|jahr|annee|anno|ano|rok|semester|semestre|term|terms|size|members|count|anzahl|team|group|gruppe|grupo|week|woche|score|points)\b/;

/** Whether a column only numbers the rows of a table, and its heading does not say that it is an id. */
export function numbersRows(
  { rows, columns, headerLine }: Pick<Table, 'rows' | 'columns' | 'headerLine'>,
  column: number,
): boolean {
  const written = headerLine === 0 ? '' : (columns[column] ?? '').trim();
  const heading = plainColumn(written);
  const isCounter =
    heading === '' || counterHeadings.has(heading) || counterHeadings.has(written.toLowerCase());
  if (headingsByField['id']?.includes(heading) || statesIdentity(heading)) return false;
  if (!isCounter && meaningfulWords.test(heading)) return false;
  let [count, restarts, previous] = [0, 0, 0];
  for (const { cells } of rows) {
    // Headings and totals have one cell, or no number.
    const filled = cells.filter((cell) => !isBlank(cell)).length;
    const numberMatch = numberText.exec(cellText(cells[column]));
    if (isBlank(cells[column]) || filled < (numberMatch ? 2 : 3)) continue;
    const number = Number(numberMatch?.[1] ?? 0);
    // Under a heading of counters the numbers can begin again in each section.
    const isRestart = number === 1 && previous > 0 && isCounter;
    if (number !== previous + 1 && !isRestart) return false;
    restarts += Number(isRestart);
    count += 1;
    previous = number;
  }
  return count >= (isCounter ? leastUnderCounter : leastUnderOther) && restarts <= count / 4;
}
