/** Words of headings of columns that identify people, folded: e-mail addresses, logins, and numbers of students and staff. */
const identityWords =
  /\b(?:e ?mail\w*|mail|epost|e post|courriel|correo|posta elettronica|eposta|sahkoposti|login|username|user name|user id|userid|benutzername|kennung|orcid|matrikel\w*|mtk ?nr|immatrik\w*|matricul\w*|matricol\w*|albumu?|indeks\w*|osobni cislo|os cislo|studienummer|studentnummer|opiskelijanumero|neptun\w*|ogrenci no|sicil no|pers(?:oneel|onal|onnel|onen|on)? ?s?(?:nr|nummer|number|no|id|num)|personnummer|personalnummer|personeelsnummer|stamnummer|legajo|dni|nif|nie|pesel|codice fiscale|табельныи номер|студенческии билет|номер зачетки|sourced ?id)\b|\b(?:student|studentnumber|studenten|etudiant|estudiante|studente|employee|staff|member|mitglied\w*|mitarbeiter\w*|clen\w*|medewerker\w*|person|personal|worker|user|university|sis) ?(?:id|nr|no|num|number|nummer|numero|code)\b|\bn(?:o|r|umero|um|°)? (?:de |d )?(?:etudiant|estudiante|studente|matricule|expediente|aluno|mecanografico)\b/;

/** Whether a folded heading says that its column identifies people. */
export const statesIdentity = (heading: string): boolean =>
  /^(?:id|ids)$/.test(heading) || identityWords.test(heading);
