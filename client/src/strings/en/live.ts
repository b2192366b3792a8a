/** The state of the live line, as it stands in the head of every page. */
export const live = {
  states: {
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
  },
  sentences: {
    connecting: 'Connecting to Tandem.',
    live: 'Changes appear on this page as they happen.',
    reconnecting: 'The line to Tandem was lost and is being opened again. What you missed comes with it.',
    offline:
      'Your device has no network. What you see is the last known state; the rest comes when you are back.',
  },
};
