/** Bounds that both sides check; the page names them before the server has to refuse. */

/** UTF-16 units, as a browser's `maxlength` and `String.length` count. */
export const messageTextLimit = 4_000;
export const channelNameLimit = 60;
export const channelTopicLimit = 250;
export const channelDescriptionLimit = 1_000;
/** People in one direct conversation, oneself among them. */
export const directPeopleLimit = 9;
/** People added to a channel at once. */
export const addPeopleLimit = 50;
export const sectionNameLimit = 40;
export const sectionsLimit = 30;
export const memberNameLimit = 40;
/** What somebody says of themselves. */
export const pronounsLimit = 30;
export const personTitleLimit = 60;
export const personAboutLimit = 300;
export const statusTextLimit = 80;
export const workspaceNameLimit = 60;
export const passwordMinimum = 8;
export const passwordLimit = 256;
export const inviteUsesLimit = 10_000;

/** Different emoji on one message. */
export const reactionsLimit = 40;

/** Of a channel. */
export const pinsLimit = 100;
/** Of one member. */
export const savedLimit = 1_000;

/** Of a picture that somebody sends to be theirs; a page sends far less. */
export const avatarBytesLimit = 2_097_152;

/** Of one member, on the server; the oldest goes. */
export const draftsLimit = 200;
/** Longer ones stay on the device where they are written. */
export const draftTextLimit = 2 * messageTextLimit;

/** Messages in one page of history. */
export const pageLimit = 100;

/** Results of one search. */
export const searchPageLimit = 50;
/** Names in one filter of a search. */
export const searchNamesLimit = 20;

/** People in one page of a list. */
export const peoplePageLimit = 50;

/** Bytes of one WebSocket frame from a client; a longer one closes the connection with 1009. */
export const frameBytesLimit = 65_536;

/** Files of one message. */
export const attachmentsLimit = 10;
/** UTF-16 units of a file's name; a longer one is shortened, and keeps its ending. */
export const fileNameLimit = 120;

/** Of one member: words that call them, and the times of the week in which nothing does. */
export const keywordsLimit = 20;
export const keywordLengthLimit = 40;
export const quietHoursLimit = 7;
/** Devices of one member that notices are pushed to; beyond them the one that was last heard of longest ago gives way. */
export const pushDevicesLimit = 10;
