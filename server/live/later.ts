import type { Live } from './live.ts';

/** The live side for those who are made before it: looked up when something is told. */
export function liveLater(of: () => Live): Live {
  return {
    notify: (...notice) => of().notify(...notice),
    notifyAll: (notices) => of().notifyAll(notices),
    progress: (...progress) => {
      of().progress(...progress);
    },
    progressToStaff: (progress) => {
      of().progressToStaff(progress);
    },
    presence: (news) => {
      of().presence(news);
    },
    showRoom: (room) => {
      of().showRoom(room);
    },
    isShown: (eventId) => of().isShown(eventId),
    endDisplay: (displayId) => {
      of().endDisplay(displayId);
    },
    disconnectAccount: (...which) => {
      of().disconnectAccount(...which);
    },
    disconnectSession: (...which) => {
      of().disconnectSession(...which);
    },
  };
}
