/** Words of headings of columns that identify people, folded: e-mail addresses, logins, and numbers of students and staff. */
const identityWords =
  /(?<![\p{L}\p{N}])(?:e ?mail\w*|mail|epost|e post|courriel|correo|posta elettronica|eposta|sahkoposti|login|username|user name|user id|userid|benutzername|kennung|orcid|matrikel\w*|mtk ?nr|immatrik\w*|matricul\w*|matricol\w*|albumu?|indeks\w*|osobni cislo|os cislo|studienummer|studentnummer|opiskelijanumero|neptun\w*|ogrenci no|sicil no|pers(?:oneel|onal|onnel|onen|on)? ?s?(?:nr|nummer|number|no|id|num)|personnummer|personalnummer|personeelsnummer|stamnummer|legajo|dni|nif|nie|pesel|codice fiscale|табельныи номер|студенческии билет|номер зачетнои книжки|зачетка|номер зачетки|sourced ?id|почта|пошта|электронная почта|електронна пошта)(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?:student|studentnumber|studenten|etudiant|estudiante|studente|employee|staff|member|mitglied\w*|mitarbeiter\w*|clen\w*|medewerker\w*|person|personal|worker|user|university|sis) ?(?:id|nr|no|num|number|nummer|numero|code)(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])n(?:o|r|umero|um|°)? (?:de |d )?(?:etudiant|estudiante|studente|matricule|expediente|aluno|mecanografico)(?![\p{L}\p{N}])/u;

/** Such words of languages without blanks. */
const joinedIdentityWords =
  /学籍番号|学生番号|社員番号|職員番号|メール|学号|工号|邮箱|학번|사번|교번|이메일/u;

/** Whether a folded heading says that its column identifies people. */
export const statesIdentity = (heading: string): boolean =>
  /^(?:id|ids)$/.test(heading) || identityWords.test(heading) || joinedIdentityWords.test(heading);
