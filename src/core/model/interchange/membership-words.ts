import { attributeWords } from './attribute-words.ts';
import { plainHeading } from './headings.ts';

const plainWords = (list: string): ReadonlySet<string> => new Set(list.split(',').map(plainHeading));

/** Labels of edges from a member to its group. The nouns can stand on an edge in either direction. */
const memberOf = plainWords(
  `member of, is member of, is a member of, memberof, member, membership, team member, belongs to, belongs, works in, works at, works for, employed by, employed at, studies at, enrolled at, affiliated with, affiliated to,
  affiliation, part of, is part of, part of team, in team, is in, subsystem of, takes part in, take part in, participates in, participates, participant, participation, participant in, serves on, joined,
  hosted by, hosted at, based at, located at, homed at, beheimatet an, angesiedelt an, angesiedelt bei, heberge par, base a, alojado en, con sede en, ospitato da, con sede a, gehuisvest bij, siedziba w, sidli na,
  develops, builds, works on, entwickelt, baut, developpe, construit, desarrolla, construye, desenvolve, constroi, sviluppa, costruisce, ontwikkelt, bouwt, rozwija, buduje, vyviji, stavi, utvecklar, bygger, utvikler, udvikler, gelistirir, fejleszt, dezvolta, разрабатывает, 開発,
  mitglied von, mitglied in, mitglied im, mitglied der, mitglied des, mitglied, ist mitglied von, ist mitglied in, mitgliedschaft, gehört zu, gehört zum, gehört zur, zugehörig zu, zugehörigkeit, teil von, ist teil von, arbeitet in, arbeitet an, arbeitet bei, arbeitet für,
  studiert an, nimmt teil an, nimmt teil, teilnahme, teilnehmer, beteiligt an, ist beteiligt an, angestellt bei,
  membre de, membre du, est membre de, membre, fait partie de, fait partie du, appartient à, appartient au, appartenance, participe à, participe au, participe, participation, travaille à, travaille dans, travaille pour, étudie à,
  miembro de, es miembro de, miembro, forma parte de, pertenece a, pertenece, participa en, participa, trabaja en, trabaja para, estudia en, integrante de, integra, integrante,
  membro de, é membro de, membro do, membro da, membro, faz parte de, faz parte do, faz parte da, pertence a, pertence ao, participa de, participa em, participa do, participa no, trabalha em, trabalha para, estuda em,
  membro di, è membro di, membri, fa parte di, fa parte, appartiene a, appartiene, appartenenza, partecipa a, partecipa al, partecipa, partecipazione, lavora in, lavora per, lavora presso, lavora a, lavora al, lavora alla, lavora su, collabora a, studia a, studia presso,
  lid van, is lid van, lid, lidmaatschap, behoort tot, hoort bij, onderdeel van, deel van, maakt deel uit van, neemt deel aan, neemt deel, deelnemer, werkt in, werkt bij, werkt aan, werkt voor, studeert aan,
  członek, członkini, jest członkiem, członkostwo, należy do, należy, część, uczestniczy w, uczestniczy, uczestnik, bierze udział w, bierze udział, pracuje w, pracuje dla, studiuje na,
  člen, členka, členem, je členem, členství, člen týmu, patří do, patří k, součást, součástí, účastní se, účast, pracuje pro, pracuje na, studuje na, studuje, je súčasťou, patrí do, zúčastňuje sa,
  medlem, medlem i, medlem av, medlem af, är medlem i, er medlem av, er medlem af, medlemskap, medlemskab, tillhör, tilhører, tilhøyrer, hører til, del av, del af, ingår i, deltar i, deltar, deltager i, deltager, arbetar på, arbetar i, arbetar med, jobbar med, jobbar på, arbeider med, arbejder med, arbeider i, arbejder i, studerar vid,
  jäsen, on jäsen, kuuluu, kuuluu ryhmään, osallistuu, osa, työskentelee, opiskelee,
  üye, üyesi, üyesidir, üyelik, ait, aittir, bağlı, katılır, katılıyor, katılımcı, parçası, parçasıdır, çalışır, çalışıyor,
  tag, tagja, tagság, része, részt vesz, hozzátartozik, membru, membru al, membru în, face parte din, aparține, participă la, participă, član, članica, dio, pripada, sudjeluje, je član, del, sodeluje,
  μέλος, ανήκει, ανήκει σε, συμμετέχει, συμμετέχει σε, член, участник, участница, участвует в, участвует, входит в, состоит в, принадлежит, часть, является частью, работает в, учится в, членство, учасник, бере участь, належить,
  メンバー, 所属, 所属する, 参加, 参加する, 一員, 成员, 成員, 属于, 屬於, 隶属, 隶属于, 参与, 參與, 參加, 加入`,
);

const hasMember = plainWords(
  `has member, has members, has part, includes, include, contains, consists of, comprises, employs, members, hat mitglied, hat mitglieder, mitglieder, enthält, umfasst, beinhaltet, besteht aus, a pour membre, comprend, comporte, inclut, contient,
  tiene miembro, incluye, contiene, comprende, ha membro, contém, inclui, omvat, bevat, bestaat uit, heeft lid, zawiera, obejmuje, obsahuje, zahrnuje, má člena, omfattar, innehåller, har medlem, omfatter, består av, sisältää, içerir, kapsar, üyeleri,
  tartalmazza, conține, cuprinde, uključuje, περιλαμβάνει, включает, содержит, состоит из, 含む, 包含, 包括`,
);

/** Whether a label says that its first end is a member of its second or has it as one; null for other labels. */
export function membershipDirection(label: string): 'member_of' | 'has_member' | null {
  const words = attributeWords(label);
  if (memberOf.has(words)) return 'member_of';
  return hasMember.has(words) ? 'has_member' : null;
}
