const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Given names from many places; with the family names below they make some thirty thousand people, all made up. */
export const givenNames = words(`
  Aaliyah Adaeze Aiko Alejandro Alina Amara Amir Ananya Andrei Anika Antonio Arjun Astrid Ayumi Beatriz Bilal Bronwyn
  Caleb Camila Carmen Chiara Chidi Claire Cormac Dalia Daniela Darius Deepa Diego Dmitri Elena Elias Emeka Emiko Esme
  Esther Fatima Felix Fiona Gabriela Giulia Grace Hana Hassan Helena Hiro Ibrahim Imani Ines Ingrid Isaac Isla Ivana
  Jamal Jasmine Javier Jia Jonas Josephine Juan Julia Kai Kamala Karim Katya Keiko Kofi Lakshmi Lars Layla Leila Leo
  Lin Lucia Luca Maia Malik Marcus Mariam Marta Mateo Maya Mei Mila Min-jun Mira Mohammed Nadia Naomi Nia Nikhil Nina
  Noor Nora Olga Olivia Omar Oscar Owen Paloma Pavel Priya Quentin Rafael Rania Ravi Renata Rosa Ruth Sadia Samir
  Samuel Sanjay Sara Selene Simone Sofia Soren Stella Tahir Tamsin Tariq Theo Thuy Tobias Uma Valentina Vera Victor
  Wei Willa Xavier Ximena Yara Yasmin Yusuf Zainab Zoe Zuri
`);

export const familyNames = words(`
  Abara Abbasi Acheampong Adeyemi Aguilar Ahlgren Akintola Albrecht Alvarado Amankwah Andersson Arroyo Asante Ashworth
  Bagheri Banerjee Barrera Bauer Beaumont Bellini Bergstrom Bhatt Blackwood Bondarenko Boyle Brandt Calloway Campos
  Cardenas Castellano Chakraborty Chaudhry Chen Cho Clarke Contreras Cruz Dalgaard Danso Davenport Delacroix Desai
  Diallo Dimitrov Donovan Dubois Duarte Eklund Ellison Eriksen Espinoza Eze Falk Farouk Fernandes Ferraro Fitzgerald
  Flores Fontaine Fujimoto Gallardo Garrity Ghosh Gonzaga Grigoryan Guerrero Gupta Haddad Hakim Halvorsen Hargrove
  Hashimoto Hawkins Hedlund Herrera Hidalgo Hoang Holloway Hoshino Ibarra Idris Ikeda Ivanova Iyer Jankowski Jimenez
  Johansen Kaplan Karlsen Kavanagh Keller Khalil Kimura Kinsella Kobayashi Kowalski Krishnan Kruger Kumar Lagos Larkin
  Laurent Lefebvre Lindqvist Lozano Lund MacLeod Madaki Malhotra Marchetti Marin Marsh Mbeki McAllister Medina Mehta
  Mendes Mensah Mercado Mikkelsen Molina Moreau Morimoto Mutua Nair Nakagawa Navarro Ndiaye Nguyen Nilsson Novak Nwosu
  Obi Ochieng Okafor Olsen Onyango Orozco Ortega Osei Pacheco Padilla Park Patel Pereira Petrov Pham Popescu Prescott
  Quintero Rahman Ramaswamy Reyes Rinaldi Rosales Rossi Ruiz Sandoval Santos Sato Schaefer Serrano Shah Sharma Silva
  Soares Solberg Song Sorensen Stavros Suarez Sundaram Takahashi Tanaka Tavares Thapa Thornbury Tran Tremblay Ueda
  Valdez Varga Vasquez Vega Venter Vogel Wakefield Waller Wambui Watanabe Whitlock Winslow Wong Yamada Yilmaz Yoon
  Zamora Zhang Zielinski
`);
