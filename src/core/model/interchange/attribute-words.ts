import { headingsByField } from './heading-words.ts';
import { plainHeading } from './headings.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/[\s,]+/).map(plainHeading));

const typeNames = words(
  `type types art kind typ tipo tipos tipologia genre genere genero soort rodzaj druh tur turu slag laji tyyppi tip tipus fajta class classe clase klasse klasa clasa category categorie categoria kategorie
  kategoria kategori kategoria тип вид категория τυπος 種類 種別 タイプ 类型 類型 类别 類別`,
);

const nodeNames = words(
  `node nodes entity element record object item vertex actor knoten element objekt datensatz noeud entite objet nodo nodi entita elemento oggetto registro entidad no entidade knoop entiteit wezel wezla obiekt
  uzel uzlu entity nod noder enhet solmu dugum varlik csomopont узел узла объект ノード 节点 節點`,
);

const edgeNames = words(
  `edge edges link links relation relations relationship connection tie arc interaction interface kante kanten verbindung beziehung relation bezug lien liens arete liaison rapport connexion
  enlace vinculo relacion arista conexion ligacao aresta relacao conexao legame legami collegamento relazione arco connessione rapporto koppeling relatie verband verbinding polaczenie relacja krawedz
  relacji polaczenia wiez wiezi vazby vztahu связи отношения suhteen yhteyden vazba vztah hrana spojeni lank kant forbindelse forhold relasjon yhteys suhde linkki baglanti iliski kapcsolat el legatura muchie veza связь отношение ребро σχεση リンク 関係 关系 關係 边 連結`,
);

const fillers = words('of the di de del della des du der des van od w z');

const typeHeadings = words(
  'knotentyp knotenart objekttyp datensatzart nodetype entitytype elementtype record entity datensatz',
);
const edgeHeadings = words(
  'rel reltype linktype edgetype relationtype beziehungstyp beziehungsart verbindungsart verbindungstyp kantentyp kantenart relatietype',
);

/** The words of an attribute's name: "tipo_legame" and "tipoLegame" are "tipo legame". */
export const attributeWords = (name: string): string =>
  plainHeading(name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' '));

/** Whether a name consists of a word for "type" and any words of `subjects`. */
function isTypeOf(name: string, subjects: ReadonlySet<string>): boolean {
  const parts = name.split(' ').filter((word) => !fillers.has(word));
  const isTypeWord = parts.filter((word) => typeNames.has(word) && !subjects.has(word));
  return (
    isTypeWord.length > 0 &&
    parts.every((word) => typeNames.has(word) || subjects.has(word) || word === 'labels')
  );
}

/** Whether an attribute of nodes tells their type: "kind", "node_type", "tipo di nodo", "Knotentyp". */
export const isTypeAttribute = (name: string): boolean =>
  typeHeadings.has(attributeWords(name)) || isTypeOf(attributeWords(name), nodeNames);

/** Whether an attribute tells what a person does: "role", "ruolo", "Funktion". */
export const isRoleAttribute = (name: string): boolean => roleNames.has(attributeWords(name));

/** Headings of roles that often mean something else: a status is also a state, a position an order. */
const vagueRoleNames =
  'status, statut, academic status, career stage, posizione, posicion, positie, pozice, asema, stelle, stellung, 身分';

const roleNames: ReadonlySet<string> = new Set(
  [...(headingsByField['role'] ?? []), ...vagueRoleNames.split(', ')].map(plainHeading),
);

/** Whether an attribute of edges says what kind of relation they are: "relation", "tipo_legame", "Beziehung". */
export function isRelationAttribute(name: string): boolean {
  const plain = attributeWords(name);
  if (plain === 'label' || edgeHeadings.has(plain) || edgeNames.has(plain) || typeNames.has(plain))
    return true;
  return isTypeOf(plain, edgeNames);
}
