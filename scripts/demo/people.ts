/** Who is in the demo: a class in Spanish and a team in English. The first one owns the workspace. */
export const demoPeople = [
  { name: 'Marisol Vega', about: 'Profesora de sistemas distribuidos', language: 'es', role: 'owner' },
  { name: 'Teo Ruiz', about: 'Segundo curso, grupo B', language: 'es', role: 'member' },
  { name: 'Inés Calvo', about: 'Segundo curso, grupo B', language: 'es', role: 'member' },
  { name: 'Nico Paz', about: 'Delegado del grupo', language: 'es', role: 'member' },
  { name: 'Lucía Ferrer', about: 'Ayudante de laboratorio', language: 'es', role: 'member' },
  { name: 'Priya Raman', about: 'Leads the mobile team', language: 'en', role: 'member' },
  { name: 'Tom Okafor', about: 'Backend, and on call this week', language: 'en', role: 'member' },
  { name: 'Aiko Mori', about: 'Design', language: 'en', role: 'member' },
  { name: 'Sam Whitlock', about: 'Support', language: 'en', role: 'member' },
] as const;

export type DemoName = (typeof demoPeople)[number]['name'];

/** Who says what they are up to; `hours` until it is over. */
export const demoStatuses: Partial<Record<DemoName, { emoji: string; text: string; hours?: number }>> = {
  'Lucía Ferrer': { emoji: '🧪', text: 'En el laboratorio hasta las seis', hours: 72 },
  'Nico Paz': { emoji: '📚', text: 'Preparando el examen' },
  'Tom Okafor': { emoji: '📟', text: 'On call' },
  'Aiko Mori': { emoji: '🎧', text: 'Focusing', hours: 72 },
};

/** Some show their initials only. */
export const demoFaceless: readonly DemoName[] = ['Teo Ruiz', 'Sam Whitlock'];
