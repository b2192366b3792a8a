/** The client's own line icons, drawn on a 24 x 24 grid. */
const drawings = {
  partners: 'M4 4h9v9H4zM11 11h9v9h-9z',
  profile: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  companies: 'M4 20V6l8-3v17M12 9l8 2.5V20M3 20h18M7 9h2M7 13h2M15 14h2M15 17h2M7 17h2',
  clusters:
    'M12 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM5 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM19 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM10.8 7.3 6.3 16M13.2 7.3 17.7 16M7.5 18.5h9',
  members:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5M15.5 4.4a3.5 3.5 0 0 1 0 6.3M18 15c1.9.8 3.1 2.3 3.5 4.5',
  needs: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z',
  overview: 'M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z',
  weights:
    'M5 4v6M5 14v6M12 4v10M12 18v2M19 4v2M19 10v10M3 12a2 2 0 1 0 4 0 2 2 0 1 0-4 0M10 16a2 2 0 1 0 4 0 2 2 0 1 0-4 0M17 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  imports: 'M12 3v12M7.5 10.5 12 15l4.5-4.5M4 16v3.5h16V16',
  runs: 'M4 12a8 8 0 0 1 13.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.6L4 15.5M4 20v-4.5h4.5',
  jobs: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  accounts:
    'M3 6h18v12H3zM8.5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.5 15.5c.5-1.5 1.6-2.2 3-2.2s2.5.7 3 2.2M14.5 10h4M14.5 13.5h4',
  invitations: 'M3 5.5h18v13H3zM3.5 6l8.5 7 8.5-7',
  more: 'M4.5 12h1M11.5 12h1M18.5 12h1',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  check: 'M5 12.5 10 17.5 19.5 7',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  warning: 'M12 4 2.5 20h19zM12 10v4.5M12 17.3h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.7h.01',
  signOut: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  edit: 'M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4',
  news: 'M4 10v4h3l7 4V6l-7 4zM17.5 9.5a4 4 0 0 1 0 5M20 7a8 8 0 0 1 0 10',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5',
  questions: 'M4 5h16v11h-8l-5 4v-4H4zM10 9.2a2 2 0 1 1 2.4 2.3c-.3.1-.4.3-.4.6M12 13.8h.01',
  practices: 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9c.4.3.5.7.5 1.1h6c0-.4.1-.8.5-1.1A6 6 0 0 0 12 3z',
  reports: 'M6 3h9l4 4v14H6zM14.5 3v4.5H19M9 12h6.5M9 16h4.5',
  outreach: 'M5 8h10v12H5zM9 8V4h10v12h-4',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6',
} as const;
export type IconName = keyof typeof drawings;

/** A picture beside words that say the same: hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  );
}

/** The mark of the product: two shapes that hold each other. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="logo-one" x="2.5" y="2.5" width="17" height="17" rx="6" />
      <rect class="logo-two" x="12.5" y="12.5" width="17" height="17" rx="6" />
      <path class="logo-one" d="M19.5 9.5v4a6 6 0 0 1-6 6h-4" />
    </svg>
  );
}
