import { foldText } from '#shared/domain/fold.ts';

/** Common given names of many languages, folded. Values with such words are more likely people than teams or places. */
const names = `aaliyah aaron abdul abdullah abigail ada adam adaeze adam adrian agnes agnieszka ahmad ahmed aiko aisha aiko akira alan alba albert
alejandra alejandro aleksandra aleksander alena alex alexander alexandra alexandre alexei alexey alexis ali alice alicia alina alisa allison alma
amanda amara amelia amelie amina amir amira amit amy ana anastasia anders andre andrea andreas andrei andres andrew andrzej andy angela angelica anika
anita anja anke ann anna annabel anne annette annika anouk antoine anton antonia antonio anya ariana arianna arjun arne arthur artur arturo asha ashley
astrid august aurora ava axel ayla ayse barbara bart bartosz bastian beate beatrice beatriz ben benedikt benjamin bent berit bernard bernd bettina bianca
bill birgit bjorn blanca bob bogdan boris brandon brenda brian bridget brigitte bruno camila camille carl carla carlo carlos carmen carol carolin carolina
caroline catherine cecilia celine cem chen chiara chloe chris christian christiane christina christine christof christoph christopher cindy claire clara
claude claudia clemens cleo cole colin connor constantin cora corinna craig cristian cristina cynthia dagmar daisuke damian dan dana daniel daniela daniele
danielle danilo dario daria dave david dawn debora deborah deniz dennis diana diego dieter dimitri dirk dmitri dmitry dominic dominik donald dora doris
dorothea douglas duncan dylan eduardo edward edwin eirik elaine elena eleni eleonora elias elif elin elisa elisabeth elise eliza elizabeth ella ellen elsa
elvira emil emilia emilie emily emine emma emre enrico eric erica erik erika erin ernst esra esther ethan eugene eva evan eve evelyn ewa fabian fabio fang
fatima fatma federica federico felicia felipe felix ferdinand fernanda fernando filip finn fiona florence florian francesca francesco francis francisco franck
francois frank franz frauke fred frederic frederik friederike friedrich fritz gabriel gabriela gabriele gabrielle gary geoffrey georg george georgia gerald
gerard gerd gerhard giacomo gian gianluca giorgia giorgio giovanni giulia giulio giuseppe gordon grace graham greg gregor gregory greta grzegorz guido
guillaume guillermo gustav hakan hamza han hana hanna hannah hannes hans harald haruka harry hasan hassan heather heidi heike heiko heinrich helen helena
helene helga helmut hendrik henri henrik henry herbert hermann hiroshi holger horst howard hubert hugo hui huseyin ian ibrahim ida ignacio igor ikram ilse
imke imran ines inga ingo ingrid inka irene irina iris isabel isabella isabelle ismail ivan ivana iwona jack jacob jacqueline jacques jakob jakub james jamal
jan jana jane janet janina janine jannik jaroslav jasmin jasmine jason javier jay jean jeanne jeff jeffrey jennifer jenny jens jeremy jerome jessica jia jim
jin jiri joachim joan joana joanna joao jochen joe joel johan johann johanna johannes john jon jonas jonathan jordan jordi jorg jorge jose josef joseph
josephine joshua joy juan juana judith juergen julia julian juliana juliane julie julien juliet julio julius juri jurgen justin justyna jutta kai kamal
kamil kamila karel karen karim karin karina karl karla karolina karsten katarina katarzyna kate katharina katherine kathleen kathrin kathy katja katrin
katya kay kazuki keiko keith kelly ken kenji kenneth kerstin kevin kim kira kirsten kjell klara klaus klara koji konrad konstantin kristian kristin kristina
krzysztof kumar kurt kyle lara larisa lars laura lauren laurent layla lea leah lee leif lena lennart leo leon leonard leonardo leonie leticia lev levin liam
lidia lilian lily lin linda linus lisa liu liv livia lorena lorenzo lothar louis louisa louise luc luca lucas lucia luciana lucie lucy ludwig luigi luis
luisa lukas lukasz luke luna lutz lydia lynn madeleine magdalena magnus maja malgorzata malik malin manfred manuel manuela mara marc marcel marcin marco
marcos marcus mareike margaret margarita margot maria mariam marian mariana marianne marie marija marina mario marion marisa marissa marius mark marko markus
marlene marta martha martin martina mary masha mateo mateusz mathias mathieu mathilde matteo matthew matthias maurice mauricio max maxim maxime maximilian
maya mehmet mei mel melanie melissa mercedes meryem mia michael michaela michal michel michele michelle miguel mika mikael mike mikhail milan milena min mina
ming miriam mirjam mirko mohamed mohammad mohammed moira mona monica monika monique moritz murat mustafa nadia nadine nadja naomi natalia natalie natasha
nathalie nathan navid neha neil nele niamh nicholas nick nicola nicolas nicole nico niels niklas niko nikola nikolai nikolas nils nina noah noel noemi noor
nora norbert nuno octavia ola olaf oleg olga oliver olivia olivier omar oscar oskar oskari otto owen pablo pamela paola paolo pascal patricia patrick paul
paula pauline pavel pawel pedro peer penelope per peter petra petr philip philipp philippe phillip pia pierre piet pieter piotr priya qing rachel rafael
rafal rahel rahul raina rainer raj ralf ralph ramon ramona rana raphael rasmus raul rebecca regina reiner renata renate rene rhea ricardo riccardo richard
rita rob robert roberta roberto robin rodrigo roger roland rolf roman ron ronald rosa rosalie rose ross roxana roy ruben rudolf rui ruth ryan sabine sabrina
sakura sally sam samantha samir samuel sandra sara sarah sascha scott sean sebastian selin selina serena serge sergei sergey sergio shane shannon sharon
shirin sibylle siegfried sigrid silke silvia simon simona simone sina slawomir sofia sofie sonia sonja sophia sophie soren stan stanislav stefan stefania
stefanie stefano steffen stella stephan stephane stephanie stephen steve steven stuart sue sunil susan susana susanne suzanne sven svenja svetlana sylvia
sylvie tadeusz taku tamara tanja tanya tara tariq tatiana ted teresa terry tess thea theo theodor theresa therese thiago thomas thorsten tibor till tim timo
timothy tina tobias todd tom tomas tomasz tommaso tony torben torsten tove tracy tristan udo ulf ulrich ulrike ursula ute uwe vadim valentin valentina
valeria valerie vanessa vasily vera verena veronica veronika victor victoria viktor viktoria vincent vincenzo viola violet virginia vito vivian vlad vladimir
volker waleed walter wanda wei wendy werner wibke wiebke wilhelm will william wladimir wolfgang xavier xiang xiao yan yang yara yasmin yasmine yi ying yoko
yosef youssef yuki yuri yusuf yvonne zahra zainab zbigniew zeynep zhang zoe zofia zuzana анна олег мария иван дмитрий сергей елена ольга наталья алексей андрей
aapo aditya ahmet ainhoa aino aitor ajay aleksandr alessandra alessandro alessia alexandru alfonso alfredo alicja alvaro amaia amalia ambre ambrus
ananya anastazja andras angel aniko anil anjali ankit annalena antal antti apolonia arkadiusz arnaud artem arvind balazs barnabas bea beata bela
benoit berkay bertalan bjarne blanka bogdana boglarka bogumil borbala borys boryslav botond bozena bram burak cansu caterina ceren cezary clement
corentin cornelia cosmin csaba csilla dagny damir danuta daryna davide dawid deepak deepika defne delphine denisa dilara divya dobromir domen
dominika dorota dragan dzmitry ebru ece eda eduard eduarda eero eeva eivind eliska elvan elzbieta emese engin eniko erdem erzsebet esin espen eszter
etienne ewelina fatih femke fenna ferenc filippo floris franciszek gabor gaelle gaetan gaurav gergely gergo gijs gizem gokhan goran gorka grazyna
guadalupe gulsen gunnar gyorgy gyula halina halvard hanneke hannu harsha hatice hedvig heikki helmi henning henryk hillevi hugues hulya iga iker
ildiko ilkka ilona imre ingunn ipek iratxe iryna istvan itziar ivo izabela jadwiga jagoda janos janusz jari jarmila jaroslaw javiera jelena jelle
jerzy jesper jitka joaquin jokin jolanta joost jorrit jorunn jouni jozef jozsef judit jukka juraj justus kaan kaisa kajetan kalina kalle karolis
karthik kaspar kasper katalin katalina kateryna katri kavya kemal kerem kinga kirsi kjetil koen koray kornel kornelia kristof kristyna krystian
krystyna ksawery ladislav lajos lakshmi laszlo lauri laurin leena lenka leszek levente libor linnea lotte lubomir lucjan ludmila ludovic luka mace
maciej maciek magda mahmoud maite majid manish manon marcelina marcell marek marit mariusz marketa markku martyna matei matej mateja mathis matteus
matti matus matyas meera mehdi merel mert merve mette mieczyslaw mihaela mihai mikko mikolaj milada milos milosz minna mirela miroslav miroslaw
mladen morten nadezda nandini nandor nataliia natalija natan nazli neeraj nejc niina nikhil nikita nikol nikolett nikolina nisha noortje nur nuray
oddvar oksana olek oleksandr oleksii ondrej onur orsolya otilia ottavia outi oystein ozan ozge ozlem paivi pekka pelin pertti petteri pinar pooja
pradeep pranav przemyslaw radek radomir radoslaw ragnhild rajesh rakesh ramazan ramesh ravi reka remi renaud riikka rohan roksana roxane rozalia
ruzena ryszard sachin sami sandeep sander sanjay sanna sanne sarolta satu sebastien sedat sema seppo serhii serkan sevgi shreya sibel siddharth
siebe sigurd sinan sjoerd slavka sneha solveig stanislaw stein stijn suleyman sunita suresh swati sylwia szabolcs szilvia szymon tamas tanvi tapio
taras teemu tereza teun tiago tihana tiina tijmen timea timur tine tobiasz tolga tomaz tomi tommi toni tormod trygve tugba tulay tuomas tymon ufuk
ugur umit umut unai urszula vaclav vaclava varun vasile vegard vendula veronique vijay vikram viktorija ville vilmos vinod vit vitezslav vlasta
vojtech volkan volodymyr waldemar weronika wieslaw wietske wiktor wiktoria wilma witold wlodzimierz wojciech xavi ximena xiomara yagmur yann
yaroslav yasemin yavuz yulia yuliia zbynek zdenek zdenka zehra zofie zoltan zsofia zsolt zsuzsanna zuzanna zygmunt алексеи андреи артем богдан
валерия вера виктор виктория владимир галина григории григорий дарья дмитрии евгении игорь ирина ксения любовь людмила максим микола михаил надежда
наталія никита николаи николай оксана олександр олена павел петро полина светлана сергеи софия софья тарас татьяна юлия юрии іван ірина`;

const folded: ReadonlySet<string> = new Set(names.split(/\s+/).map(foldText));

export const isGivenName = (word: string): boolean => folded.has(foldText(word));
