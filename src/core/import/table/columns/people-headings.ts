/** Words in headings that are about students, or about those who teach and lead. */
const studentWords =
  /\b(?:student|students|studierende|matrikel|matrikelnr|matrikelnummer|mtknr|versuch|candidate|candidato|thesis|mentee|advisor|adviser|supervisor|betreuer|betreuerin|matricula|matricola|studentnummer|albumu|etudiant|ogrenci|semester|semesters|semestr|fachsemester|studiengang|course|curso|section|cohort|lab|score|grade|sis|lms|enrolled|osobni cislo|personnummer|mitglied|member)\b/;
/** Words of languages without blanks. */
const joinedStudentWords =
  /学籍|学年|学生|指導教員|卒業|学号|年级|导师|毕业|학번|학년|학생|학적|지도교수|졸업|수강/u;
const teacherWords = /\b(?:lehrstuhl|chair|professor|fakultat|lecturer|office|academic rank|tenure)\b/;

/** Whether a heading is about students, or about those who teach and lead. */
export const isAboutPeople = (type: 'student' | 'faculty', heading: string): boolean =>
  type === 'student'
    ? studentWords.test(heading) || joinedStudentWords.test(heading)
    : teacherWords.test(heading);
