import type { noticeWordsEn } from './notice-words-en.ts';

export const noticeWordsEs: typeof noticeWordsEn = {
  newMessage: 'Mensaje nuevo',
  more: 'y {n} más',
  testTitle: 'Ronda',
  testText: 'Los avisos llegan a este dispositivo.',
};
