/** The template's user-data as the instance gets it: `values` for its parameters, resources and conditions. */
export function renderUserData(template: string, values: Record<string, string>): string {
  const lines = template.split('\n');
  const first = lines.findIndex((line) => line.trim() === '#cloud-config');
  const indent = lines[first]?.search(/\S/) ?? 0;
  const length = lines.slice(first).findIndex((line) => line.trim() !== '' && line.search(/\S/) < indent);
  if (first < 0 || length < 0) throw new Error('The template has no user-data.');
  const text = lines.slice(first, first + length).map((line) => line.slice(indent));
  return `${text.join('\n')}\n`.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The user-data needs a value for ${name}.`);
    return value;
  });
}
