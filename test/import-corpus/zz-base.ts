import { readLabelled } from './labelled.ts';
import { findDelimiter, readCsv } from '#core/import/table/csv.ts';
import { toTable } from '#core/import/table/table.ts';
import { guessColumns } from '#core/import/table/guess.ts';
import { findRowTypes, typeHintOf } from '#core/import/table/row-types.ts';
import { runSync } from '#core/kernel/progress.ts';
let silentT = 0, askN = 0, askName = 0, wrongT = 0, wrongC = 0, n = 0, c = 0;
for (const one of readLabelled()) {
  n++;
  const table = toTable(runSync(readCsv(one.text, findDelimiter(one.text))), null);
  const g = guessColumns(table, typeHintOf(one.file, ''));
  const rt = findRowTypes(table);
  const words = (t: any) => t.to === 'field' ? t.field : t.to === 'name_part' ? ({first:'given',last:'family'} as any)[t.part] ?? t.part : t.to === 'university_of' ? 'university_of_' + t.field : t.to;
  const typeText = rt ? rt.counts.map(([t]) => t).join('+') : g.type;
  const want = 'rows' in one.type ? one.type.rows.join('+') : 'asks' in one.type ? 'ask ' + one.type.asks : 'refused';
  const dt = { types: g.doubts.types }; const asked = g.doubts.types !== null;
  const okT = ('refused' in one.type && dt.types?.length===0) || ('asks' in one.type && asked) ||  'rows' in one.type && (one.type.rows.includes(g.type) || want === 'by row' && rt);
  const bad: string[] = []; if (asked) askN++; if (g.doubts.names[g.type] !== undefined) askName++; const silent = !okT && !asked; if (silent) silentT++;
  const cols = g.byType['rows' in one.type && one.type.rows[0] !== 'by row' ? one.type.rows[0] as any : g.type];
  for (const [heading, rights] of one.columns) {
    c++;
    const i = table.columns.indexOf(heading);
    const got = i < 0 ? 'MISSING' : rt?.column === i ? 'type' : words(cols[i]);
    if (!rights.map(r => r.replace(/[%/]$/, '')).includes(got)) { bad.push(`${heading}: ${got} for ${rights}`); wrongC++; }
  }
  if (!okT) wrongT++;
  if (!okT || bad.length) console.log(`${one.name}: ${okT ? '' : `type ${typeText} for ${want}${asked ? ' (asked ' + dt.types + ')' : ''}; `}${bad.join('; ')}`);
}
console.log({ n, wrongT, silentT, askN, askName, c, wrongC });
