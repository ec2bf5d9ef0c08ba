import type { Plugin } from 'vite';

/** From what gives way to what has the last word: the same way in which folders import each other. */
const layers = ['base', 'design', 'parts', 'app'];
const order = `@layer ${layers.join(', ')};`;

/**
 * Puts every style sheet into the cascade layer of its folder, so that the moment at which a part loads never decides
 * what it looks like. Within a layer specificity decides, as ever.
 */
export function styleLayers(): Plugin {
  return {
    name: 'ronda-style-layers',
    enforce: 'pre',
    transform(code, id) {
      const layer = layerOf(id);
      return layer === undefined ? undefined : { code: `${order}\n@layer ${layer} {\n${code}\n}\n`, map: null };
    },
  };
}

function layerOf(id: string): string | undefined {
  const path = /[\\/]client[\\/]src[\\/](.*\.css)$/.exec(id)?.[1]?.replaceAll('\\', '/');
  if (path === undefined) return undefined;
  if (path === 'design/tokens.css' || path === 'design/base.css') return 'base';
  if (path.startsWith('design/')) return 'design';
  return path.startsWith('app/') ? 'app' : 'parts';
}
