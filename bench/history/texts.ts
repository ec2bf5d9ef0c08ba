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
  let state = seed;
  const random = () => {
    // A linear congruential generator (Numerical Recipes): reproducible is all it has to be.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const languages = [words.es, words.es, words.en, words.en, words.zh];
  return () => {
    const language = languages[Math.floor(random() * languages.length)] ?? words.en;
    const length = 3 + Math.floor(random() ** 3 * 38);
    return Array.from({ length }, () => language[Math.floor(random() * language.length)]).join(' ');
  };
}
