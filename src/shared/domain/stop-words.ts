/** English and German words that say nothing about a subject, folded by `foldText`. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also although always am among an and any are as at be because been before being below between both but by can
cannot could did do does doing done down during each either else even ever every few first for from further get gets give given gives goes got had has
have having he her here hers him his how however i if in into is it its itself just keep keeps kept know known knows last least less let like made
make makes many may me might more most much must my need needs never next no nobody none nor not nothing now of off often on once one only or other
others our out over own per perhaps put rather said same say says see seen shall she should since so some somebody something still such take taken
takes than that the their them then there these they thing things this those though through till to together too two under until up upon us use used
uses very was way we well went were what when where whether which while who whom whose why will with within without would yet you your
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bereits bin bis bist da dabei damit danach dann
daran darauf darf das dass dazu dein dem den denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort du durch durfen
ein eine einem einen einer eines einige einmal er erst es etwa etwas euch fur ganz gegen gibt haben hat hatte hatten her hier hin hinter ich ihm ihn
ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist ja jede jedem jeden jeder jedes jedoch jener jetzt kann kein keine keinem keinen keiner
konnen konnte mal man manche mehr mein mich mir mit muss mussen nach nachdem nicht nichts nie noch nun nur ob oder ohne schon sehr sein seine seinem
seinen seiner seit selbst sich sie sind so sobald solche soll sollen sollte sondern sonst uber um und uns unser unter vom von vor wahrend war waren
warum was weil weiter welche welchem welchen welcher wenn wer werden wie wieder will wir wird wo wurde wurden zu zum zur zwar zwischen`.split(
    /\s+/,
  ),
);
