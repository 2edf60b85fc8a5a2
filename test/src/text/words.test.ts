/** Words in every case that a target needs. */
import { expect, it } from 'vitest';
import { camelCase, constantCase, pascalCase, sentenceCase, snakeCase, splitWords } from '../../../src/text/words.js';

const words = splitWords('file-download-request');

it('splits a message type into its words', () => {
  expect(words).toEqual(['file', 'download', 'request']);
  expect(splitWords('close')).toEqual(['close']);
});

it('joins words in every case', () => {
  expect(camelCase(words)).toBe('fileDownloadRequest');
  expect(pascalCase(words)).toBe('FileDownloadRequest');
  expect(snakeCase(words)).toBe('file_download_request');
  expect(constantCase(words)).toBe('FILE_DOWNLOAD_REQUEST');
  expect(sentenceCase(words)).toBe('File download request');
});

it('keeps digits where they are', () => {
  expect(camelCase(['model', 'v2', '3d'])).toBe('modelV23d');
  expect(pascalCase(['s3', 'upload'])).toBe('S3Upload');
});
