import { expect, test } from 'vitest';
import { forCases } from './support.ts';

const { outcome } = forCases();

/** Each case: what it shows, the table (a fixture or its text), the options and shown fields, and the outcome. */
const cases = String.raw`
headings, totals and footers of parts are left out
  15-section-and-footer-rows.xlsx
  --type student
  = team: Avionics, Thermal | student: Ada, Ben, Cleo | section_row UNDERGRADUATES (skipped) in 2 | section_row GRADUATES (skipped) in 5 | total_row Total (skipped) in 7 | section_row Last updated by office, 3 May (skipped) in 9 | skipped 4
a heading in capitals is no name
  Name,Team,Terms remaining\nSENIORS,,\nAda,Radio,3\n,Power,2\nBen,Radio,1\n
  --type student
  = team: Radio | student: Ada, Ben | name_missing Power · 2 (skipped) in 4 | section_row SENIORS (skipped) in 2 | skipped 2
a total is left out, whichever column shows it
  University,Team,Name,Cost\nAlpha,Radio,Ada,3\nAlpha,Radio,Ben,2\nSumme,,2 Personen,5\n
  --type student
  = university: Alpha | team: Radio | student: Ada, Ben | total_row Summe (skipped) in 4 | skipped 1
a full row is no total
  University,Team,Name\nTotal,Radio,Ada\nAlpha,Radio,Ben\n
  --type student
  = university: Alpha, Total | team: Radio, Radio | student: Ada, Ben
a column of types may use feminine forms and unknown words
  Name,Art,Team\nAda,Studentin,Radio\nBen,Student,Radio\nDr. Cleo Novak,Professorin,Radio\nDia,Student,Power\nEve,Gast,Power\nFay,,Power\n
  -
  = team: Power, Radio | faculty: Dr. Cleo Novak | student: Ada, Ben, Dia, Eve, Fay | unknown_type Gast (kept) in 6
names with the family name first are turned round as one choice
  Name,Team\n"Falk, Ida",Optics\n"Rask, Dr. Jon",Optics\n"Roy, Mona",Optics\nKim Aas,Optics\n"Berg, PhD",Optics\n
  --type student --turn-names
  = team: Optics | student: Berg, Dr. Jon Rask, Ida Falk, Kim Aas, Mona Roy | titles_moved 1 PhD academic title
names are turned round if the heading says so
  Nazwisko i imię,Team\nŻak Iwo,Optics\n"de Vasco Teresa, mgr inż.",Optics\n
  --type student
  = team: Optics | student: Iwo Żak, Teresa de Vasco | names_turned 2 Żak Iwo Iwo Żak | titles_moved 1 mgr inż. academic title
names stay in the order of the table on request
  Nazwisko i imię,Team\nŻak Iwo,Optics\n"de Vasco Teresa",Optics\n
  --type student --no-turn-names
  = team: Optics | student: de Vasco Teresa, Żak Iwo
a prefix of the family name is chosen for a column
  Vorname,Zusatz,Nachname\nIda,auf dem,Falk\nJon,,Berg\n
  --type student --column Zusatz=prefix
  = student: Ida auf dem Falk, Jon Berg
rows of one person are one record
  Name,Matrikelnummer,Team\nIda Falk,4100123,Optics\nJon Rask,4100124,Optics\nIda Falk,4100123,Power\n
  --type student
  = team: Optics, Power | student: Ida Falk, Jon Rask | joined_row Ida Falk (converted) in 4
rows of one person stay separate on request
  Name,Matrikelnummer,Team\nIda Falk,4100123,Optics\nJon Rask,4100124,Optics\nIda Falk,4100123,Power\n
  --type student --separate-row 4
  = team: Optics, Power | student: Ida Falk, Ida Falk, Jon Rask | repeated Ida Falk (kept) in 4
a column is made the column of types, whatever the share of its words
  Name,Eintrag,Team\nAda,Student,Radio\nBen,Gast,Radio\nDr. Cleo Novak,Professorin,Radio\nDia,extern,Power\n
  --column Eintrag=row_type
  = team: Power, Radio | faculty: Dr. Cleo Novak | student: Ada, Ben, Dia | unknown_type Gast (kept) in 3 | unknown_type extern (kept) in 5
a column of types names the rows of a section once
  Name,Art,Team\nAda,Studentin,Radio\nBen,Student,Radio\nDr. Cleo Novak,Professorin,Radio\nDia,Student,Power\nEve,Gast,Power\nFay,,Power\nStand: 3.11.2026,,\n
  -
  = team: Power, Radio | faculty: Dr. Cleo Novak | student: Ada, Ben, Dia, Eve, Fay | section_row Stand: 3.11.2026 (skipped) in 8 | unknown_type Gast (kept) in 6 | skipped 1
a column of types decides the type of each row
  16-type-per-row.xlsx
  --sheet Elements --sheet Connections
  = project: CubeOne | team: Avionics | student: Ada Novak | interface: Ada Novak → Avionics, Avionics → CubeOne
a list of links with a column of types is read as people if chosen
  From,To,Type\nAda,Avionics,member\nNovak,Ada,mentor\n
  --type student --column From=name
  = student: Ada | other_type mentor (skipped) in 3 | skipped 1
all its rows are people if the column becomes a field
  From,To,Type\nAda,Avionics,member\nNovak,Ada,mentor\n
  --type student --column Type=own --column From=name ? Type
  = student: Ada member, Novak mentor
placeholders are empty and reported
  17-placeholders.csv
  --type student ? terms_remaining,is_lead
  = university: Alpha U – false | student: Ada 3 true, Ben 2 false, Cleo – true, Dia – true, Eve – false, Fay – true | cell_error #N/A (empty) in 2 | not_whole 2.5 (empty) in 7 | placeholder n/a (converted) in 3 | placeholder N/A (converted) in 3 | placeholder - (converted) in 4 | placeholder none (converted) in 4 | placeholder TBD (converted) in 5 | placeholder ? (converted) in 5 | placeholder NULL (converted) in 6 | placeholder None (converted) in 6 | placeholder NaN (converted) in 6 | placeholder (blank) (converted) in 7
values of a custom column are kept
  Name,Ticket\nAda,offen\nBen,none\nCleo,N/A\n
  --type student ? Ticket
  = student: Ada offen, Ben none, Cleo | placeholder N/A (converted) in 4
several names in a cell are asked about
  18-several-teams-in-a-cell.csv
  --type student ? team_title
  = university: Alpha U | team: Avionics | student: Ada Novak, Ben Oz, Cleo Ruiz Avionics | several_names Avionics, Thermal (empty) in 2 | several_names Avionics; Ground (empty) in 3
a number that may be two is asked about once for the file
  Name,Duration in months\nA,"1,250"\nB,"2,125"\n
  --type project --accept ? duration_months
  = project: A 1250, B 2125 | number_order 1,250 (converted) in 2 | unlikely_number 1,250 (kept) in 2 | unlikely_number 2,125 (kept) in 3
with a point too
  Name,Duration in months\nA,1.200\n
  --type project --accept ? duration_months
  = project: A 1.2 | number_order 1.200 (converted) in 2
it is read in the format of the others
  Name,Duration in months\nA,"1,250"\nB,"2,5"\n
  --type project ? duration_months
  = project: A 1.25, B 2.5 | converted 1,250 (converted) in 2
as a thousand too
  Name,Duration in months\nA,1.250\nB,"2,5"\n
  --type project ? duration_months
  = project: A 1250, B 2.5 | unlikely_number 1.250 (kept) in 2
it is asked about if the others have both formats
  Name,Duration in months\nA,"1,250"\nB,"12,5"\nC,3.5\n
  --type project --accept ? duration_months
  = project: A 1250, B 12.5, C 3.5 | number_order 1,250 (converted) in 2 | unlikely_number 1,250 (kept) in 2
a column decides for itself before the others
  Name,Duration in months,Size,Loss\nA,"1,250",1.5,x\nB,"2,5",2.5,y\n
  --type project ? duration_months,Size
  = project: A 1.25 1.5, B 2.5 2.5 | converted 1,250 (converted) in 2
a whole number is a thousand, in any notation
  Name,Size\nRadio,1.200\nPower,12\n
  --type team ? size
  = team: Power 12, Radio 1200 | unlikely_number 1.200 (kept) in 2
a share is not
  Source,Target,Energy loss\nRadio,Power,1.250\nPower,Ground,40\n
  --type interface --create-ends team ? energy_loss
  = team: Ground, Power, Radio | interface: Power → Ground 40, Radio → Power 1.25
custom columns are asked about too
  Name,Points\nRadio,1.200\nPower,2.400\n
  --type team --accept ? Points
  = team: Power 2.4, Radio 1.2 | number_order 1.200 (converted) in 2
custom columns decide for themselves
  Name,Points,Fee\nRadio,1.200,"1.200,50"\nPower,0.5,12\n
  --type team ? Points,Fee
  = team: Power 0.5 12, Radio 1.2 1200.5
telephone numbers, codes and addresses stay text
  Name,Phone,Code,Host\nRadio,612 345 678,007,10.0.0.1\nPower,612 345 679,+12,10.0.0.2\n
  --type team ? Phone,Code,Host
  = team: Power 612 345 679 +12 10.0.0.2, Radio 612 345 678 007 10.0.0.1
numbers of several groups of digits are read
  Name,Duration in months\nA,12 000\nB,1’250\nC,1 2\n
  --type project ? duration_months
  = project: A 12000, B 1250, C | not_a_number 1 2 (empty) in 4 | unlikely_number 12 000 (kept) in 2 | unlikely_number 1’250 (kept) in 3
it is read as chosen: comma
  Name,Duration in months\nA,"1,250"\n
  --type project --decimals comma ? duration_months
  = project: A 1.25 | converted 1,250 (converted) in 2
it is read as chosen: point
  Name,Duration in months\nA,"1,250"\n
  --type project --decimals point ? duration_months
  = project: A 1250 | unlikely_number 1,250 (kept) in 2
a row without a name is shown
  Name,Discipline,Size\nRadio,power,3\n,thermal,4\n
  -
  = team: Radio | name_missing thermal · 4 (skipped) in 3 | unknown_choice power (kept) in 2 | skipped 1
two spellings of a name in one file are asked about
  Team,University\nRadio,TUM\nPower,TU München\nOptics,Technische Universität München\nGround,MIT\n
  -
  = university: MIT, Technische Universität München, TU München, TUM | team: Ground, Optics, Power, Radio | reference_alike TU München (created) in 3 | reference_alike Technische Universität München (created) in 4
merged cells of a workbook have their value in each row
  04-merged-team-cells.xlsx
  --type student ? team_title
  = team: Avionics, Thermal | student: Ada Novak Avionics, Ben Oz Avionics, Cleo Ruiz Avionics, Dia Sen Thermal, Eve Li Thermal
numbers of a workbook have the leading zeros of their format
  13-leading-zero-format.xlsx
  --type student ? Student ID
  = student: Ada 000012, Ben 000345
formulas that were never calculated are reported
  14-formula-without-value.xlsx
  -
  = team: Avionics, Thermal | formula_without_value 3 C2
two lines of headings are joined
  21-two-heading-rows.xlsx
  - ? Contact Email,Contact Phone
  = team: Avionics, Thermal | student: Ada Novak ada@x.org 0170 1, Ben Oz ben@x.org 0170 2 | headings_joined 1
two lines of headings of a text are joined
  Name,Contact,,Team\n,Email,Phone,\nAda Novak,a@x.org,0170 1,Radio\nBen Oz,b@x.org,0170 2,Power\n
  - ? Contact Email,Contact Phone
  = team: Power, Radio | student: Ada Novak a@x.org 0170 1, Ben Oz b@x.org 0170 2 | headings_joined 1
the encoding is detected, and said
  05-windows-1250.csv
  --type student
  = team: Avionics, Thermal | student: Wałęsa Śląski, Zbigniew Żuk | encoding_guessed 1 windows-1250
the encoding is detected, and said: Cyrillic
  05b-windows-1251.csv
  --type student
  = team: Avionics, Thermal | student: Анна Петрова, Олег Жуков | encoding_guessed 1 windows-1251
the encoding can be chosen
  05-windows-1250.csv
  --type student --encoding windows-1251
  = team: Avionics, Thermal | student: Waікsa Њl№ski, Zbigniew Їuk
an unclosed quotation mark is reported
  06-open-quote.csv
  -
  = team: Avionics | open_quote 1
a text may name its delimiter in its first line
  07-sep-line-two-columns.csv
  --type student ? team_title
  = team: Avionics, Thermal | student: Ada Avionics, Ben Thermal
its cells may be parted by blanks, as R does
  08-r-write-table.txt
  - ? size
  = team: Avionics 7, Thermal 4 | unknown_choice avionics (kept) in 2 | unknown_choice thermal (kept) in 3
sep=,
  sep=,\nName,Discipline,Size\nRadio,x,3\n
  --type team
  = team: Radio | unknown_choice x (kept) in 3
sep=|
  "sep=|"\r\nName|Size\r\nRadio|3\r\n
  --type team
  = team: Radio
sep= above one column
  sep=;\nName\nRadio\n
  --type team
  = team: Radio
R without quotation marks
  name size\n1 Radio 3\n2 Power 4\n
  --type team ? size
  = team: Power 4, Radio 3
R with names of rows
  "discipline" "size"\n"Radio" "power" 3\n"Power" "thermal" 4\n
  --type team ? size
  = team: Power 4, Radio 3 | unknown_choice power (kept) in 2 | unknown_choice thermal (kept) in 3
R with tabs
  name\tsize\n1\tRadio\t3\n2\tPower\t4\n
  --type team ? size
  = team: Power 4, Radio 3
a list of names with blanks is one column
  Team\nFlight software\nGround station\n
  -
  = team: Flight software, Ground station
names with numbers are listed by their number
  24-natural-order.csv
  -
  = team: Öl, Team 1, Team 9, Team 10, Zebra
`;

test.each(
  cases
    .trim()
    .split(/\n(?! )/)
    .map((one) => one.split(/\n {2}/)),
)('%s', async (_, table = '', how = '', found = '') => {
  const [options = '', fields] = how.split(' ? ');
  const text = table.replaceAll(
    /\\([nrt])/g,
    (_, sign: string) => ({ n: '\n', r: '\r', t: '\t' })[sign] ?? '',
  );
  expect(await outcome(text, options === '-' ? '' : options, fields?.split(',') ?? [])).toBe(found.slice(2));
});
