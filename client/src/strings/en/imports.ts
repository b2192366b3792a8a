const rows = (count: number): string => (count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`);

/** Import of members from a spreadsheet. */
export const imports = {
  lead: 'Register many companies at once from a CSV file. The file is checked first and nothing is changed until you say so.',
  upload: {
    title: 'Check a file',
    drop: 'Drop a CSV file here, or',
    dropNow: 'Let go to check this file',
    choose: 'Choose a file',
    hint: 'CSV in UTF-8, one company per row, the names of the columns in the first row. From a spreadsheet: “Save as” or “Download”, CSV.',
    template: 'Download the template',
    cluster: 'For which cluster?',
    clusterHint: 'The companies become members of this cluster, unless the file names their clusters itself.',
    clusterOfFile: 'As the file says',
    sending: (name: string) => `Sending ${name}`,
    checking: (name: string) => `Checking ${name}`,
    sent: (percent: number) => `${percent} % sent`,
    checked: (done: number, total: number) =>
      total > 0
        ? `${done.toLocaleString('en')} of ${total.toLocaleString('en')} rows`
        : `${rows(done)} so far`,
    cancel: 'Stop',
    cancelled: 'Stopped. Nothing was changed.',
    notOneFile: 'One file at a time, please.',
    notCsv: (name: string) =>
      `${name} is not a CSV file. In your spreadsheet, choose “Save as” or “Download” and CSV, then try again.`,
    empty: (name: string) => `${name} is empty.`,
    tooLarge: 'The file is too large. Split it into several files and check them one after the other.',
    notText: 'The server takes CSV files only. Save your spreadsheet as CSV (UTF-8), then try again.',
    refused: 'The file was not taken',
  },
  list: {
    title: 'Earlier imports',
    search: 'Search by the name of the file',
    empty: 'No file has been checked yet.',
    by: (who: string, when: string) => `${who}, ${when}`,
    rows,
    file: 'File',
    state: 'State',
  },
  states: {
    checking: 'Being checked',
    checked: 'Checked, nothing changed yet',
    refused: 'Refused',
    committing: 'Being registered',
    committed: 'Registered',
    cancelled: 'Cancelled',
    failed: 'Failed',
  },
  report: {
    back: 'All imports',
    title: (name: string) => `Report: ${name}`,
    total: 'rows read',
    accepted: 'ready to register',
    duplicates: 'already there',
    refused: 'refused',
    created: 'registered',
    merged: 'merged',
    skipped: 'skipped',
    sentence: (total: number, accepted: number, duplicates: number, refused: number) =>
      `${rows(total)}: ${accepted.toLocaleString('en')} ready, ${duplicates.toLocaleString('en')} already there, ${refused.toLocaleString('en')} refused.`,
    problemTitle: 'The whole file was refused; nothing was changed',
    failedTitle: 'The import stopped before its end',
    failedBody:
      'Rows that were registered before stay registered. Check the same file again: what is there already shows up as a duplicate.',
    cancelledTitle: 'This import was cancelled',
    cancelledBody: 'Rows that were registered before the cancel stay registered.',
    cancelledBefore: 'Nothing was changed.',
    ignored: (count: number) =>
      count === 1 ? 'One column is not read' : `${count.toLocaleString('en')} columns are not read`,
    ignoredHint: 'Their names are not those of the template. What they hold is left out.',
    tabs: 'Rows by outcome',
    outcomes: {
      refused: 'Refused',
      duplicate: 'Already there',
      accepted: 'Ready',
      created: 'Registered',
      merged: 'Merged',
      skipped: 'Skipped',
    },
    line: 'Line',
    column: 'Column',
    value: 'Value',
    reason: 'What is wrong',
    allowed: 'What is allowed',
    wholeRow: 'whole row',
    noValue: 'empty',
    company: 'Company',
    country: 'Country',
    notes: 'Notes',
    refusedHint:
      'Correct them in your spreadsheet, then check the file again: rows that are registered already show up as duplicates.',
    duplicatesHint:
      'Merge fills the empty fields of the company that is there; it never overwrites. Skip leaves it as it is. New registers a second company.',
    sameAs: (name: string, country: string) => `Seems the same as ${name}, ${country}`,
    sameAsLine: (line: number, name: string) => `Seems the same as line ${line} of this file, ${name}`,
    decide: (name: string, line: number) => `What to do with ${name}, line ${line}`,
    applyToAll: 'The same for all duplicates',
    applied: (decision: string) => `All duplicates: ${decision}.`,
    decisions: {
      merge: 'Merge',
      skip: 'Skip',
      new: 'Register as new',
    },
    noRows: 'No such rows.',
    searchRows: 'Search by the name of the company',
    byLine: 'Line of the file',
    byName: 'Name',
    again: 'Check another file',
    members: 'Go to the members',
  },
  commit: {
    action: (count: number) =>
      count === 1 ? 'Register 1 company' : `Register ${count.toLocaleString('en')} companies`,
    merge: (count: number) =>
      count === 1 ? 'Merge 1 company' : `Merge ${count.toLocaleString('en')} companies`,
    nothing: 'There is nothing to register in this file.',
    hint: (created: number, merged: number, skipped: number) =>
      `${created.toLocaleString('en')} new, ${merged.toLocaleString('en')} merged, ${skipped.toLocaleString('en')} skipped.`,
    discard: 'Discard this file',
    discarding: {
      title: 'Discard this file?',
      body: 'The report is closed and nothing is registered. You can check the file again at any time.',
      submit: 'Discard',
    },
    running: 'Registering the companies …',
    cancel: 'Stop registering',
    done: (created: number, merged: number, skipped: number) =>
      `Done: ${created.toLocaleString('en')} registered, ${merged.toLocaleString('en')} merged, ${skipped.toLocaleString('en')} skipped. Their suggestions are being worked out now.`,
  },
};
