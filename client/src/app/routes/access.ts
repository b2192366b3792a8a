/** Roles that look after the register of SMEs. */
export const register = ['staff', 'cluster'] as const;
/** Roles that state needs. */
export const stating = ['demand', 'staff'] as const;
/** Roles that speak for an SME: its own, its cluster's, staff. */
export const speaksForSmes = ['staff', 'cluster', 'sme'] as const;
