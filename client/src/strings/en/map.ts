/** The map of Europe, whatever it shows. */
export const map = {
  withKeys: (title: string) =>
    `${title}. Tab leads to a country, the arrow keys to its neighbours, Enter chooses it.`,
  country: (name: string, what: string, mark: string | null) =>
    mark === null ? `${name}: ${what}` : `${name}: ${what}; ${mark}`,
  nothing: 'none',
  legend: 'What the shades mean',
  asTable: 'Read it as a table',
  none: 'None',
  range: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
};
