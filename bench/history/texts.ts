const words = {
  es: 'hola buenos días reunión mañana informe clase profesora examen tarea servidor réplica orden cola balanceador gracias siguiente pregunta respuesta laboratorio entrega viernes código prueba nota grupo año niño señal camión café sesión'.split(
    ' ',
  ),
  en: 'hello morning meeting tomorrow report class teacher exam homework server replica order queue balancer thanks next question answer laboratory hand-in Friday code test grade group year child signal truck coffee session'.split(
    ' ',
  ),
  zh: '你好 早上 会议 明天 报告 课程 老师 考试 作业 服务器 副本 顺序 队列 均衡器 谢谢 下一个 问题 回答 实验室 星期五'.split(
    ' ',
  ),
};

/** The same texts for the same seed: three languages, 3 to 40 words, few long ones. */
export function createTexts(seed: number): () => string {
  const random = createRandom(seed);
  const languages = [words.es, words.es, words.en, words.en, words.zh];
  return () => {
    const language = languages[Math.floor(random() * languages.length)] ?? words.en;
    const length = 3 + Math.floor(random() ** 3 * 38);
    return Array.from({ length }, () => language[Math.floor(random() * language.length)]).join(' ');
  };
}

const syllables = 'ba ce di fo gu la me ni por tar sen ion ado cla bre tri'.split(' ');
const rareWords = 300_000;

/** A word that few others say: the lower its rank, the more of them. Any number names one. */
export function rareWord(rank: number): string {
  let word = '';
  for (let rest = rank + 4_096; rest > 0; rest = Math.floor(rest / syllables.length))
    word += syllables[rest % syllables.length];
  return word;
}

/** The same, with as many different words as a million messages of people have: most of them are said a few times only. */
export function createRichTexts(seed: number): () => string {
  const nextText = createTexts(seed);
  const random = createRandom(seed + 1);
  const rare = () => rareWord(Math.floor(rareWords ** random()));
  return () => `${nextText()} ${rare()} ${rare()} ${rareWord(Math.floor(random() * rareWords))}`;
}

// A linear congruential generator (Numerical Recipes): reproducible is all it has to be.
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
