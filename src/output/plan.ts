/** Compares rendered files with the disk and says what writing would do. Pure. */

export type FileState = 'created' | 'updated' | 'deleted' | 'unchanged' | 'orphan' | 'missing';
