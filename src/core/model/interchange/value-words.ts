import type { NodeType } from '#shared/contract/network.ts';
import { plainHeading } from './headings.ts';

const plainWords = (list: string): readonly string[] => list.split(',').map(plainHeading);

/** Words for people who have left, as a type or a state. */
export const formerWords: ReadonlySet<string> = new Set(
  plainWords(
    `alumnus, alumna, alumni, alum, former student, former member, recent graduate, ob, og, antigo aluno, antiga aluna, absolvent, absolventin, ehemaliger, ehemalige, ehemaliges mitglied, alumnat,
    ancien, ancienne, ancien eleve, ancienne eleve, ancien etudiant, ancienne etudiante, diplome, diplomee, egresado, egresada, exalumno, exalumna, titulado, titulada, ex alumno, ex alumna,
    ex aluno, ex aluna, egresso, egressa, ex studente, ex studentessa, ex allievo, ex allieva, laureato, laureata, oud-student, oud-lid, afgestudeerde, absolwent, absolwentka, byly student,
    byly clen, tidigare student, tidligere student, mezun, vegzett, volt hallgato, absolventka, absolventa, выпускник, выпускница, 卒業生, 校友, 毕业生`,
  ),
);

/** Words that name a type as a value of a type or role, besides `typeWords`, which are headings as well. */
export const valueWords: Readonly<Record<NodeType, readonly string[]>> = {
  faculty: plainWords(
    `academic staff, faculty member, staff member, member of staff, researcher, senior researcher, research fellow, research associate, research scientist, scientist,
    research staff, postdoc, post-doc, postdoctoral researcher, postdoctoral fellow, adviser, supervisor, principal investigator, pi,  dean, emeritus,
    forscher, forscherin, wissenschaftler, wissenschaftlerin, wissenschaftlicher mitarbeiter, wissenschaftliche mitarbeiterin, wissenschaftliche mitarbeitende,
    wiss mitarbeiter, wiss mitarbeiterin, akad rat, akad ratin, akademische ratin, akademischer oberrat, akademische oberratin, akad oberrat, wimi, privatdozent, privatdozentin, lehrbeauftragter, lehrbeauftragte, lehrkraft, professur, akademischer rat, habilitand,
    habilitandin, professeur, professeure, maitre de conferences, maitresse de conferences, chercheur, chercheuse, enseignant-chercheur, enseignante-chercheuse,
    directeur de these, directrice de these, encadrant, encadrante, ingenieur de recherche, ingenieure de recherche, post-doctorant, post-doctorante,
    profesor titular, catedratico, catedratica, investigador, investigadora, profesorado, tutor academico, docente investigador, posdoc, posdoctorante,
    professor, professora, pesquisador, pesquisadora, orientador, orientadora, docente, pos-doc,
    ricercatore, ricercatrice, ricercatori, ricercatrici, ricercatore/trice, professoressa, professore ordinario, professore associato, docenti, relatore, relatrice,
    assegnista, assegnista di ricerca, tutor accademico,
    wetenschapper, wetenschappelijk medewerker, wetenschappelijk onderzoeker, onderzoeker, onderzoekster, universitair docent, universitair hoofddocent, hoofddocent,
    docent, ud, uhd, lector, begeleider, promotor,
    naukowiec, badacz, badaczka, pracownik naukowy, adiunkt, wykladowczyni, wykladowcy, opiekun naukowy, profesorka, promotor pracy,
    vyzkumnik, vyzkumnice, vedecky pracovnik, akademicky pracovnik, odborny asistent, vyucujici, skolitel, skolitelka, ucitel, profesorka, vyskumnik, vyskumnicka, vedec,
    forskare, lektor, universitetslektor, handledare, postdoktor, universitetsadjunkt, forsker, veileder, vejleder, forstelektor, amanuensis, førsteamanuensis,
    tutkija, yliopistonlehtori, yliopisto-opettaja, professori, dosentti, tutkijatohtori, ohjaaja, lehtori, opettaja,
    ogretim uyesi, ogr uyesi, dr ogr uyesi, ogretim gorevlisi, ogretim elemani, arastirmaci, arastirma gorevlisi, danisman, akademisyen, profesor doktor, doktor ogretim uyesi, docent doktor,
    kutato, oktato, tanar, egyetemi docens, docens, adjunktus, temavezeto, cercetator, cercetatoare, lector universitar, conferentiar, profesor universitar,
    istrazivac, predavac, raziskovalec, raziskovalka, nastavnik, καθηγητης, καθηγητρια, ερευνητης, ερευνητρια,
    профессор, преподаватель, доцент, научный руководитель, научный сотрудник, исследователь, постдок, учёный, 교수, 부교수, 조교수, 명예교수, 교원, 강사, 연구원, 지도교수, наставник, викладач, дослідник, науковий співробітник,
    教授, 准教授, 助教, 講師, 教員, 研究員, 研究者, 指導教員, 特任教授, 副教授, 讲师, 研究人员, 導師, 导师, 教师, 教師, 博士后, 博士後`,
  ),
  student: [
    ...formerWords,
    ...plainWords(
      `graduate, phd candidate, phd cand, phd student, phd researcher, doctoral candidate, doctoral student, doctoral researcher, grad student, graduate student, postgraduate,
    undergrad, undergraduate student, master student, bachelor student, msc student, bsc student, freshman, sophomore, trainee,    
    studentische hilfskraft, studentische hilfskrafte, stud hilfskraft, stud hilfskrafte, wiss hilfskraft, wissenschaftliche hilfskraft, shk, whk, hiwi, werkstudent, werkstudentin, promovierende, promovierender, doktorandin, masterand, masterandin, bachelorand, bachelorandin, praktikant, praktikantin,
    doctorant, doctorante, thesard, thesarde, eleve, eleve-ingenieur, stagiaire, apprenti, apprentie, masterant, masterante,
    doctorando, doctoranda, becario, becaria, estudiante de doctorado, estudiante de grado, estudiante de master, alumnado,
    estudante, estudantes, doutorando, doutoranda, mestrando, mestranda, bolsista, estagiario, estagiaria, graduando, graduanda,
    dottorando, dottoranda, dottorandi, dottorande, studentesse, laureando, laureanda, tesista, tirocinante, allievo, allieva, borsista,
    promovendus, promovenda, promovendi, doctorandus, masterstudent, bachelorstudent, studente, stagiair, aio,
    doktorantka, studenci, dyplomant, dyplomantka, magistrant, magistrantka, stazysta, stazystka,
    doktorandka, diplomant, diplomantka, studentky, studentov, bakalar,
    teknolog, forskarstuderande, examensarbetare, stipendiat, ph d-stipendiat, ph d-studerende, doktorgradsstipendiat, studerende,
    väitöskirjatutkija, tohtorikoulutettava, opiskelija, opiskelijat, jatko-opiskelija, jatkoopiskelija, harjoittelija, kandidaatti,
    doktora ogrencisi, yuksek lisans ogrencisi, lisans ogrencisi, lisansustu ogrencisi, ogrencisi, stajyer, doktorant, doktoranti, doktorandid, tudeng,
    hallgato, doktorjelolt, doktorandusz, gyakornok, doctoranzi, studenta, masterand, studentkinja, doktorandkinja, φοιτητης, φοιτητρια, υποψηφιος διδακτορας,
    аспирант, аспирантка, магистрант, магистрантка, бакалавр, магистр, студенты, докторант, стажёр, аспірант, аспірантка, студенти,
    학생, 학부생, 대학원생, 석사과정, 박사과정, 석사과정생, 박사과정생, 재학생, 졸업생, 学生, 大学院生, 学部生, 博士課程学生, 博士課程, 博士後期課程, 修士課程, 院生, 修士, 學生, 研究生, 博士生, 硕士生, 碩士生, 本科生, 博士研究生, 硕士研究生, 实习生`,
    ),
  ],
  team: plainWords(
    `work group, working group, research group, student team, subteam, subgroup,    crew, wp, work package, workpackage, squad,
    untergruppe, abteilung, projektgruppe, fachgruppe, teilsystem, sous-systeme, sous-equipe,  groupe de travail, subsistema, subequipo, subequipe, nucleo,
    sottosistema, sottogruppo, gruppo di lavoro, reparto, deelteam, werkgroep, afdeling, podsystem, dzial, sekcja, podzespol, subsystem, oddeleni, skupina, pracovni skupina,
    delsystem, arbetsgrupp, arbeidsgruppe, tiimi, ryhma, alt takim, ekip, birim, csapat, csoport, echipa, grup, ekipa,  ομαδα, команда, группа, подсистема, отдел, группы, команды, підсистема,
    チーム, 班, グループ, サブシステム, 团队, 團隊, 小组, 小組, 分系统, 组, 組`,
  ),
  project: plainWords(
    `programme, program, proj, satellite project, cubesat, vorhaben, programm, projektet, prosjekt, projecten, missie, programma, progetti, missioni, missao, projeto de pesquisa,
    mise, projekti, hanke, hankkeet,  misyon, proiect, projekat, project, программа, проект, миссия, проекты, проєкт, місія, εργο, αποστολη, プロジェクト, ミッション, 计画, 計画, 项目, 項目,  專案`,
  ),
  university: plainWords(
    `partner university, university partner, higher education institution, academic institution, academia, hei, fachhochschule, academy, akademie,  
    faculte, ecole, grande ecole, ecole d'ingenieurs, escuela, facultad, centro universitario, escola, faculdade, politecnico, ateneo, atenei, accademia, scuola,  facolta, hogeschool, onderwijsinstelling,
    szkola wyzsza, politechnika, uczelnia wyzsza, vysoka skola, fakulta, skola, hogskola, høgskole, universitet, universitetet, larosate, yliopisto, korkeakoulu, ammattikorkeakoulu,
    yuksekokul, universitesi, fakulte, egyetem, foiskola, universitate, sveuciliste, univerza, fakultet, πανεπιστημιο, университет, вуз, институт, академия, університет, 大学, 大學, 高専, 高校, 学校, 院校`,
  ),
  organisation: plainWords(
    `firm, industry, industry partner, corporation,  enterprise, startup, start-up, sme, manufacturer, contractor, provider, space agency, consortium, association,  ngo, nonprofit, authority, 
    foundation, funding body, funding agency, research institute, research centre, research center, customer, stakeholder, external partner, ministry, launch provider, spin-off,
    betrieb, verband, verein, gesellschaft, stiftung, konsortium, hersteller, dienstleister, forschungsinstitut, forschungseinrichtung, geldgeber, fordergeber, ministerium, kmu, raumfahrtagentur, raumfahrtunternehmen, industrie,
    societe, organisme, organisation, fournisseur, financeur, industriel, consortium, fondation, partenaire industriel, association loi 1901, pme, prestataire, bailleur, mecene, sponsors, ministere, organismes,
    organizacion, organizaciones, proveedor, proveedores, patrocinador, patrocinadores, financiador, consorcio, fundacion, asociacion, entidad, organismo, compania, pyme, ministerio, sociedad,
    organizacao, fornecedor, fornecedores, financiadora, associacao, fundacao, entidade, instituto de pesquisa,
    ente, enti, consorzio, consorzi, fornitore, fornitori, finanziatore, finanziatori, organizzazione, organizzazioni, fondazione, associazione, impresa, imprese, ditta, societa, pmi, sponsorizzazione,
    organisatie, organisaties, leverancier, leveranciers, stichting, vereniging, consortium, instelling, geldschieter, bedrijfspartner, onderneming,
    przedsiebiorstwo, spolka, organizacja, organizacje, dostawca, dostawcy, fundacja, stowarzyszenie, konsorcjum, agencja, sponsorzy, firmy, instytut badawczy,
    organizace, organizacia, podnik, dodavatel, dodavatelia, nadace, sdruzeni, konsorcium, agentura, firma, sponzor, sponzori, spolek,
    organisationer, leverantor, stiftelse, forening, myndighet, sponsorer, bolag, bedrift, leverandør, virksomhed, selskab, organisasjon, byra,
    yritys, yritykset, organisaatio, toimittaja, saatio, yhdistys, virasto, sponsori, kurum, kurulus, tedarikci, vakif, dernek, ajans, sponsorlar, isletme, sanayi,
    ceg, szervezet, beszallito, alapitvany, ugynokseg, szponzor, companie, organizatie, furnizor, tvrtka, poduzece, podjetje, organizacija, εταιρεια, οργανισμος, χορηγος,
    компания, предприятие, организация, агентство, лаборатория, спонсор, поставщик, фонд, консорциум, фирма, компания-партнёр, підприємство, організація, 企業, 会社, 法人, 機関, 協賛, スポンサー, 公司, 企业, 機構, 机构, 赞助商, 供应商`,
  ),
};

/** Words that say only that a record is a person. */
export const personWords: ReadonlySet<string> = new Set(
  plainWords(
    `person, persons, people, human, humans, individual, individuals, contributor, contributors, participant, participants, member, members, team member, volunteer,    
    personen, mensch, menschen, mitglied, mitglieder, teammitglied, mitarbeiter, mitarbeiterin, mitarbeitende, teilnehmer, teilnehmerin, beteiligter, beteiligte, leute,
    personne, personnes, membre, membres, participante, humain, collaborateur, collaboratrice, benevole, acteur, persona, personas, miembro, miembros, integrante, integrantes, colaborador, colaboradora, voluntario, voluntaria,
    pessoa, pessoas, membro, membros, individuo, persone, membri, collaboratore, collaboratrice, partecipante, partecipanti, volontario, volontaria,
    persoon, mensen, lid, leden, teamlid, deelnemer, deelnemers, medewerker, vrijwilliger, osoba, osoby, ludzie, czlonek, czlonkowie, czlonkini, uczestnik, uczestniczka,
    clovek, lide, clen, clenove, clenka, ucastnik, clenovia,  medlem, medlemmar, medlemmer, manniska, personer, deltagare, deltager, menneske, henkilo, henkilot, jasen, jasenet, osallistuja, ihminen,
    kisi, kisiler, uye, uyesi, uyeler, birey, insan, katilimci, szemely,   tagok, persoana, persoane, membru, oseba,  clanovi, ατομο, προσωπο, μελος,
    человек, люди, персона, участник, участница, участники, член, члены, сотрудник, сотрудница, лицо, особа, людина, учасник, 人, 人物, メンバー, 個人, 部員, 人员, 人員, 成员, 成員, 个人`,
  ),
);

/** Words for people who lead: only in phrases, where the other word names what they lead ("capo squadra", "chef de projet"). */
export const leaderWords: ReadonlySet<string> = new Set(
  plainWords(
    `lead, leader, head, chief, captain, manager, coordinator, leiter, leiterin, leitung, sprecher, sprecherin, chef, cheffe, responsable, capitaine, coordinateur, coordinatrice, jefe, jefa, lider, coordinador, coordinadora,
    chefe, coordenador, coordenadora, capo, capa, responsabile, coordinatore, leidinggevende, teamleider, projectleider, kierownik, lider, koordynator, vedouci, veduci, ledare, leder, johtaja, vetaja, sef, baskan, baskani, kaptan, kaptani, lideri, sefi, yonetici, yoneticisi,
    руководитель, лидер, начальник, капитан, リーダー, 隊長, 队长, 负责人, 組長, 组长`,
  ),
);
