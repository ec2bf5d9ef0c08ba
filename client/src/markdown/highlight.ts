import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';

/** Loaded with the first code block that comes into view: about 25 KB. */
const lowlight = createLowlight({
  ...{ bash, c, cpp, css, diff, go, java, javascript, json, python, rust, sql, typescript, xml, yaml },
});

type Root = ReturnType<typeof lowlight.highlight>;
export type Highlighted = Root['children'] | Extract<Root['children'][number], { type: 'element' }>['children'];

/** Nested pieces of the text with the names of what they are; undefined for a language that isn't known. */
export function highlight(text: string, language: string): Highlighted | undefined {
  const name = language.toLowerCase();
  return lowlight.registered(name) ? lowlight.highlight(name, text).children : undefined;
}
