import type { HtmlTagDescriptor, Plugin } from 'vite';

/** Tells `public/head-start.js` under which names the phrases of each language were built. */
export function phrasesAhead(): Plugin {
  return {
    name: 'ronda-phrases-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }): HtmlTagDescriptor[] {
        const files = Object.keys(bundle).flatMap((name) => {
          const language = /^assets\/(en|es)-(?!more-)[\w-]+\.js$/.exec(name)?.[1];
          return language === undefined ? [] : [[`data-${language}`, `/${name}`]];
        });
        return [{ tag: 'meta', attrs: { name: 'phrases', ...Object.fromEntries(files) }, injectTo: 'head-prepend' }];
      },
    },
  };
}
