/** What of a message's files is looked for; of `messages AS m`, as JSON. */
export const searchedFiles = `(SELECT json_group_array(json_object('name', f.attachment ->> '$.name', 'kind', f.attachment ->> '$.kind'))
  FROM attachments AS a JOIN files AS f ON f.id = a.file WHERE a.message = m.id)`;

export type SearchedFile = { name: string; kind: string };

export function searchedFilesOf({ files }: { files: string }): SearchedFile[] {
  return files === '[]' ? [] : (JSON.parse(files) as SearchedFile[]);
}

/** All of a message that words are looked for in. */
export function searchedText({ text, files }: { text: string; files: string }): string {
  return [text, ...searchedFilesOf({ files }).map(({ name }) => name)].join('\n');
}
