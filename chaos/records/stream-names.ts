/** Gives each stream's name a small number, the same for the log and for every reader of a run. */
export type StreamNames = {
  numberOf(name: string): number;
  nameOf(number: number): string;
};

export function createStreamNames(): StreamNames {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    numberOf(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    },
    nameOf: (number) => names[number] ?? '',
  };
}
