/** What a kebab-case name is, and the nearest one to a text that is none. */

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MAX_LENGTH = 120;

/** Whether a text can be a message type: `file-download-request`. */
export const isMessageType = (text: string): boolean => text.length <= MAX_LENGTH && KEBAB.test(text);

/** Letters that no accent can be taken off. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** The kebab-case name nearest to a text, or `''` when nothing of it is left: `FileDownload_request` gives `file-download-request`. */
export const kebabCase = (text: string): string =>
  text
    .replace(/[ßæœøłđðþ]/giu, (letter) => SPELLED_OUT[letter.toLowerCase()] ?? letter)
    .normalize('NFKD')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
