/** What stands where the name of somebody was who is erased. */
export const ERASED_NAME = 'Erased person';
