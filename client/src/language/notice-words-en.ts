/** What a notice itself says: the service worker says it too, and has no other phrases. */
export const noticeWordsEn = {
  newMessage: 'New message',
  /** Behind the last of several; `{n}` is how many came before it. */
  more: 'and {n} more',
  testTitle: 'Ronda',
  testText: 'Notifications reach this device.',
};
