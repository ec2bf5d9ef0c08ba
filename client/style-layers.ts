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
      const path = /[\\/]client[\\/]src[\\/](.*\.css)$/.exec(id)?.[1]?.replaceAll('\\', '/');
      return path === undefined ? undefined : { code: inLayer(path, code), map: null };
    },
  };
}

/** A style sheet in its layer; `path` is that within `client/src`. */
export function inLayer(path: string, code: string): string {
  return `${order}\n@layer ${layerOf(path)} {\n${code}\n}\n`;
}

function layerOf(path: string): string {
  if (path === 'design/tokens.css' || path === 'design/base.css') return 'base';
  if (path.startsWith('design/')) return 'design';
  return path.startsWith('app/') ? 'app' : 'parts';
}
