declare module 'virtual:emoji-table' {
  const table: import('./emoji.ts').EmojiRow[];
  export default table;
}
