/** Kebab-case to words, and words to any case. */

/** `file-download-request` gives `['file', 'download', 'request']`. */
export const splitWords = (kebab: string): readonly string[] => kebab.split('-');

/** `fileDownloadRequest` */
export const camelCase = (words: readonly string[]): string =>
  words.map((word, index) => (index === 0 ? word : capitalize(word))).join('');

/** `FileDownloadRequest` */
export const pascalCase = (words: readonly string[]): string => words.map(capitalize).join('');

/** `file_download_request` */
export const snakeCase = (words: readonly string[]): string => words.join('_');

/** `FILE_DOWNLOAD_REQUEST` */
export const constantCase = (words: readonly string[]): string => words.join('_').toUpperCase();

/** `File download request` */
export const sentenceCase = (words: readonly string[]): string => capitalize(words.join(' '));

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
