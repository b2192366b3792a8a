/** Members of a cluster. */
export const members = {
  lead: 'The companies that your cluster registered. You see their whole profile; everybody else sees the non-confidential part.',
  titleOf: (name: string) => `Members of ${name}`,
  filter: 'Find by name, city or solution',
  add: 'Add a member',
  import: 'Import a spreadsheet',
  company: 'Company',
  profile: 'Profile filled',
  suggestions: 'Suggestions',
  account: 'Account',
  actions: 'Actions',
  percent: (percent: number) => `${percent} %`,
  completeness: (name: string, percent: number) => `Profile of ${name}: ${percent} % filled`,
  suggestionCount: (count: number) => (count === 1 ? '1 partner' : `${count} partners`),
  accounts: {
    none: 'No account',
    invited: 'Invited',
    active: 'Active',
    closed: 'Closed',
  },
  withdrawn: 'Not taking part',
  open: 'Edit',
  /** What a button does, and for whom: for those who hear it without the row. */
  actionFor: (action: string, name: string) => `${action}: ${name}`,
  invite: 'Invite',
  inviteAgain: 'Invite again',
  withdraw: 'Withdraw',
  withdrawing: {
    title: (name: string) => `Withdraw ${name}?`,
    body: 'The company leaves Tandem: its profile and suggestions are removed, and it disappears from the lists of others at once. This cannot be undone.',
    submit: 'Withdraw the company',
    done: (name: string) => `${name} was withdrawn.`,
  },
  empty: {
    title: 'No members yet',
    body: 'Register your companies one by one, or all at once from a spreadsheet. Each then gets its suggestions within seconds, and you can invite it to take its profile over.',
  },
  noneFound: {
    title: 'No member fits this filter',
    action: 'Clear the filter',
  },
};
