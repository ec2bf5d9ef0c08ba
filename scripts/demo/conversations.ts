import type { DemoFile } from './files/demo-files.ts';
import type { DemoName } from './people.ts';

type Said = {
  by: DemoName;
  /** Minutes after the message before it. */
  after: number;
  text: string;
  carries?: DemoFile[];
  reactions?: Record<string, DemoName[]>;
  /** In its thread, each so many minutes after the one before. */
  replies?: { by: DemoName; after: number; text: string }[];
};

type DemoChannel = {
  /** `general` is there already; a direct conversation has no name. */
  name?: string;
  topic?: string;
  private?: boolean;
  people: DemoName[];
  /** Minutes ago that the last message was said. */
  endedAgo: number;
  said: Said[];
  /** Who hasn't read the last so many. */
  unread?: Partial<Record<DemoName, number>>;
};

const classroom: DemoName[] = ['Marisol Vega', 'Teo Ruiz', 'Inés Calvo', 'Nico Paz', 'Lucía Ferrer'];
const team: DemoName[] = ['Marisol Vega', 'Priya Raman', 'Tom Okafor', 'Aiko Mori', 'Sam Whitlock'];
const day = 1_440;

export const demoChannels: DemoChannel[] = [
  {
    name: 'general',
    people: [...new Set([...classroom, ...team])],
    endedAgo: 190,
    said: [
      {
        by: 'Marisol Vega',
        after: 0,
        text: 'Bienvenidos a Ronda. Welcome, everyone! This channel speaks both languages.',
      },
      {
        by: 'Priya Raman',
        after: 35,
        text: 'Thank you for having us! The team sits in #releases and #design.',
        reactions: { '👋': ['Inés Calvo', 'Marisol Vega', 'Nico Paz'] },
      },
      { by: 'Nico Paz', after: 2 * day, text: 'El viernes no hay clase: es fiesta. El laboratorio se queda abierto.' },
      {
        by: 'Sam Whitlock',
        after: day,
        text: 'Cake in the kitchen, by the window. ¡Tarta para todos! 🍰',
        carries: ['cake.jpg'],
        reactions: { '🍰': ['Tom Okafor', 'Aiko Mori', 'Lucía Ferrer', 'Teo Ruiz'], '❤️': ['Marisol Vega'] },
      },
    ],
    unread: { 'Aiko Mori': 1, 'Teo Ruiz': 1 },
  },
  {
    name: 'sistemas-distribuidos',
    topic: 'Clase de los martes: réplicas, colas y turnos',
    people: classroom,
    endedAgo: 6,
    said: [
      {
        by: 'Marisol Vega',
        after: 0,
        text: '## Práctica 3: el turno rotatorio\n\nEntrega el **martes a las 10:00**. Por parejas, en un solo archivo.\n\n- [x] Leer el capítulo 4\n- [x] Reproducir el ejemplo de clase\n- [ ] Medir el reparto con tres réplicas\n- [ ] Matar una y explicar qué pasa',
        carries: ['practica-3.pdf'],
        reactions: { '👍': ['Teo Ruiz', 'Inés Calvo', 'Nico Paz'] },
      },
      { by: 'Teo Ruiz', after: 42, text: 'Una duda: si una réplica está lenta, ¿pierde su turno?' },
      {
        by: 'Marisol Vega',
        after: 9,
        text: 'Buena pregunta. No: **espera en su propia cola** y las demás siguen. Así el reparto queda exacto.\n\n> El orden de los turnos no depende de quién tarda más.',
        reactions: { '💡': ['Teo Ruiz', 'Lucía Ferrer'] },
      },
      { by: 'Inés Calvo', after: day, text: 'He medido 3 000 conexiones con el laboratorio casi vacío:' },
      {
        by: 'Inés Calvo',
        after: 1,
        text: '| réplica | conexiones | p99 |\n| --- | ---: | ---: |\n| chat-1 | 1000 | 12 ms |\n| chat-2 | 1000 | 11 ms |\n| chat-3 | 1000 | 14 ms |',
        reactions: { '👏': ['Marisol Vega', 'Nico Paz'], '🎯': ['Teo Ruiz'] },
      },
      { by: 'Nico Paz', after: 3, text: 'Mil clavadas en cada una. Qué elegancia.' },
      {
        by: 'Lucía Ferrer',
        after: 190,
        text: 'Para quien no lo vea claro, el corazón son cuatro líneas:\n\n```ts\nfunction next(turns: Replica[], cursor: number) {\n  const replica = turns[cursor % turns.length];\n  return { replica, cursor: cursor + 1 };\n}\n```',
      },
      {
        by: 'Teo Ruiz',
        after: 18,
        text: '¿Y si la que toca está caída?',
        replies: [
          { by: 'Nico Paz', after: 1, text: 'Eso mismo iba a preguntar.' },
          {
            by: 'Lucía Ferrer',
            after: 2,
            text: 'Probadlo: `kill -9` a una y mirad a quién le llega la siguiente conexión.',
          },
          { by: 'Inés Calvo', after: 20, text: 'Probado. Va a la siguiente y nadie se entera 👌' },
        ],
      },
      {
        by: 'Lucía Ferrer',
        after: 4,
        text: 'Le toca a la siguiente, y el cursor *no* vuelve atrás. La solución, si queréis comprobar la vuestra: ||se prueba con `kill -9` y se cuentan las conexiones||',
        reactions: { '👀': ['Teo Ruiz', 'Inés Calvo'] },
      },
      {
        by: 'Nico Paz',
        after: 12,
        text: 'La pizarra de hoy, antes de que la borren:',
        carries: ['ring.png', 'queue.png'],
      },
      {
        by: 'Marisol Vega',
        after: 55,
        text: 'Mañana lo hacemos en directo: traed el portátil y ganas de romper cosas. 🔧',
      },
      { by: 'Inés Calvo', after: 7, text: '¡Por fin! ¿Podemos matar dos a la vez?' },
      {
        by: 'Marisol Vega',
        after: 2,
        text: 'Las tres, si hace falta. No se perderá ni un mensaje.',
        reactions: { '🔥': ['Inés Calvo', 'Nico Paz', 'Teo Ruiz'] },
      },
    ],
    unread: { 'Nico Paz': 3, 'Teo Ruiz': 2 },
  },
  {
    name: 'apuntes',
    topic: 'Lo que conviene guardar',
    people: classroom,
    endedAgo: 5 * 60,
    said: [
      {
        by: 'Inés Calvo',
        after: 0,
        text: 'Resumen del tema 4, por si os sirve:\n\n1. Un solo registro ordena todo\n2. Primero se escucha, luego se lee\n3. Repetir no hace daño',
      },
      { by: 'Inés Calvo', after: 2, text: 'Y el timbre que suena con cada turno:', carries: ['timbre.wav'] },
      { by: 'Nico Paz', after: 240, text: 'Me has salvado la semana.', reactions: { '🙏': ['Inés Calvo'] } },
    ],
    unread: { 'Marisol Vega': 2 },
  },
  {
    name: 'profesorado',
    topic: 'Entre quienes dan clase',
    private: true,
    people: ['Marisol Vega', 'Lucía Ferrer'],
    endedAgo: 3 * 60,
    said: [
      {
        by: 'Lucía Ferrer',
        after: 0,
        text: 'El grupo B va muy bien. Inés podría ayudar en el laboratorio el año que viene.',
      },
      { by: 'Marisol Vega', after: 21, text: 'Lo mismo pensaba. Se lo propongo el martes.' },
    ],
  },
  {
    name: 'releases',
    topic: 'What goes out, and when',
    people: team,
    endedAgo: 14,
    said: [
      {
        by: 'Priya Raman',
        after: 0,
        text: '**2.4 goes out on Thursday.** Tom upgrades replica by replica; nobody should notice.',
      },
      {
        by: 'Tom Okafor',
        after: 26,
        text: 'Rehearsed it twice on the staging box. Drain, replace, next:\n\n```sh\nfor replica in chat-1 chat-2 chat-3; do\n  docker compose up -d --no-deps "$replica"\ndone\n```',
        reactions: { '🚀': ['Priya Raman', 'Sam Whitlock'] },
      },
      {
        by: 'Sam Whitlock',
        after: 11,
        text: 'Do I have to warn anybody about a maintenance window?',
        replies: [
          { by: 'Priya Raman', after: 1, text: 'Only the people who like to watch.' },
          { by: 'Aiko Mori', after: 3, text: 'I like to watch.' },
        ],
      },
      {
        by: 'Tom Okafor',
        after: 2,
        text: 'No window. People stay connected; at worst a page hops to another replica and says nothing.',
      },
      {
        by: 'Aiko Mori',
        after: day,
        text: 'The new empty states are in, before and after. The rest is on the board: https://example.org/board/empty-states',
        carries: ['before.png', 'after.png'],
      },
      {
        by: 'Priya Raman',
        after: 13,
        text: 'These are lovely. Ship them with 2.4?',
        reactions: { '😍': ['Sam Whitlock', 'Tom Okafor'] },
      },
      { by: 'Aiko Mori', after: 4, text: 'Please! I only need a second pair of eyes on the dark theme.' },
      { by: 'Tom Okafor', after: 6 * 60, text: 'First replica is on 2.4. Watching the queue for ten minutes.' },
      {
        by: 'Tom Okafor',
        after: 12,
        text: 'All three done. Requests failed: **0**. Events lost: **0**. I’m going for a walk.',
        reactions: { '🎉': ['Priya Raman', 'Aiko Mori', 'Sam Whitlock', 'Marisol Vega'], '🚶': ['Sam Whitlock'] },
      },
      { by: 'Priya Raman', after: 3, text: 'The quietest release we ever had. Thank you, Tom.' },
    ],
    unread: { 'Sam Whitlock': 3, 'Marisol Vega': 4 },
  },
  {
    name: 'design',
    topic: 'Paper, ink and three colours',
    people: team,
    endedAgo: 75,
    said: [
      { by: 'Aiko Mori', after: 0, text: 'Thinking about the unread line: it should be a whisper, not an alarm.' },
      { by: 'Priya Raman', after: 16, text: 'Agreed. It tells where I was, it doesn’t tell me off.' },
      {
        by: 'Sam Whitlock',
        after: 5,
        text: 'Support would like the date to stay visible while scrolling. People ask “when was that?” all day.',
      },
      {
        by: 'Aiko Mori',
        after: 2,
        text: 'Done: it stays on top, and a click on it jumps to any day.',
        reactions: { '🙌': ['Sam Whitlock', 'Priya Raman'] },
      },
    ],
    unread: { 'Tom Okafor': 4 },
  },
  {
    people: ['Priya Raman', 'Tom Okafor'],
    endedAgo: 9,
    said: [
      { by: 'Priya Raman', after: 0, text: 'Good walk?' },
      { by: 'Tom Okafor', after: 8, text: 'The best one. Nothing rang.', carries: ['evening-walk.jpg'] },
    ],
    unread: { 'Priya Raman': 1 },
  },
  {
    people: ['Marisol Vega', 'Inés Calvo'],
    endedAgo: 44,
    said: [
      { by: 'Marisol Vega', after: 0, text: 'Inés, ¿te quedas un momento el martes después de clase?' },
      { by: 'Inés Calvo', after: 6, text: 'Claro. ¿He hecho algo mal?' },
      { by: 'Marisol Vega', after: 1, text: 'Al contrario 🙂' },
    ],
    unread: { 'Inés Calvo': 1 },
  },
];
