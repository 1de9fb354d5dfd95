/**
 * Texts of the templates in `shared/domain/repair-templates.ts`: the name of the repair, then its tasks. A bar separates the sentence of a task
 * from its end.
 */
export default {
  document_link: [
    'Document the link from “{{from}}” to “{{to}}”',
    'Write down what passes from “{{from}}” to “{{to}}”: contents, formats, dates and contacts. | The document names contents, formats, dates and contacts.',
    'Let {{successor}} use the document from “{{from}}” to “{{to}}” once without help. | Every question that came up is answered in the document.',
    'Attach the document to the link from “{{from}}” to “{{to}}” and set its documented share. | The link has a document and a documented share.',
  ],
  pair: [
    'Pair “{{from}}” with “{{to}}”',
    'Agree on a weekly hour of “{{from}}” and “{{to}}”. | The hour is in the calendars of both.',
    'Solve one shared problem of “{{from}}” and “{{to}}” together. | People of both have worked on the result.',
    'Record the contacts and the link between “{{from}}” and “{{to}}”. | The link has bearers and a bond.',
  ],
  add_bearer: [
    'Add a bearer to the link from “{{from}}” to “{{to}}”',
    'Introduce {{successor}} to the people at “{{from}}” and “{{to}}”. | {{successor}} has met the contacts at both ends.',
    'Let {{successor}} do the next two exchanges from “{{from}}” to “{{to}}”. | Both exchanges worked without {{holder}}.',
    'Record {{successor}} as a bearer of the link from “{{from}}” to “{{to}}”. | The link has at least two bearers who stay.',
  ],
  review_rota: [
    'Review the work of “{{team}}” in turns',
    'List which work of “{{team}}” one person reviews today. | The list is attached to the team.',
    'Agree on a rota in which two people of “{{team}}” know each piece of work. | Each piece of work has two names in the rota.',
    'Keep to the rota of “{{team}}” for a month and record the reviews as contacts. | The contacts of the month include all reviews.',
  ],
  mentor: [
    'Bring an experienced member to “{{team}}”',
    'Agree who joins “{{team}}”, and for how many terms. | A person has agreed to join.',
    'Introduce the new member to the links of “{{team}}”. | The new member has met the contacts of each link.',
    'Record the new member of “{{team}}” with the terms left. | The new member is listed in the team.',
  ],
  hand_over: [
    'Hand over the work of {{holder}}',
    'List what only {{holder}} does and knows. | The list is attached to {{holder}} as a document.',
    'Let {{successor}} do each item of the list once with {{holder}}. | {{successor}} has done every item of the list.',
    'Record {{successor}} as a bearer of the links of {{holder}}. | No link has {{holder}} as its only bearer.',
  ],
  cross_train: [
    'Teach “{{area}}” to a second person',
    'Choose a small piece of work in “{{area}}” for {{successor}}. | The piece of work has a description and a date.',
    'Let {{successor}} do this work in “{{area}}” with help from {{holder}}. | {{successor}} can explain the result without help.',
    'Record “{{area}}” as an area of expertise of {{successor}}. | Two people who stay have the area of expertise.',
  ],
  second_author: [
    'Add a second author to “{{area}}”',
    'Choose open issues in “{{area}}” that {{successor}} can solve. | The issues touch at least a third of the files.',
    'Let {{successor}} change files of “{{area}}” with {{holder}} as reviewer. | The changes by {{successor}} are merged.',
    'Scan “{{repository}}” again and compare the share of files without an author who stays. | The share after the change is stored in the repair.',
  ],
  archive: [
    'Archive “{{item}}”',
    'List which files, tests and instructions of “{{item}}” others still need. | Each user of the work has seen the list.',
    'Store these files of “{{item}}” in a place that stays readable. | The place is recorded as a document.',
    'Let {{successor}} repeat one result of “{{item}}” from the archive. | The result was repeated without help.',
  ],
  retire: [
    'Give up “{{item}}”',
    'Ask everyone who depends on “{{item}}” whether they still need it. | Each answer is recorded in a comment.',
    'Replace or end each use of “{{item}}”. | Nothing depends on it.',
    'Delete “{{item}}” in FRAMES. | The record is deleted or inactive.',
  ],
  holder: 'the person who knows it now',
  successor: 'a member who stays',
  issue: {
    why: 'Why',
    end: 'Done when',
    branch:
      'End the commit message with this line (the branch `{{branch}}` is enough if the server has a webhook of the repository):',
  },
  goesOn: 'The whole text is in the document of this repair.',
  facts: {
    terms: 'Terms left of {{name}}: {{count}}.',
    contacts: 'Contacts of {{holder}} and {{successor}}: {{count}}.',
    folder: 'Folder of “{{area}}”: {{folder}}.',
    files: 'Files to change: {{names}}.',
    bearers: 'Bearers of the link: {{names}}.',
    documented: 'Documented share of the link: {{count}} %.',
    members: 'Active members of “{{team}}”: {{count}}.',
    value: 'Value when planned: {{count}} %.',
  },
} as const;
